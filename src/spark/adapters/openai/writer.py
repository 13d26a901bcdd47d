"""The writer that asks a language model."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence
from typing import Any

from ...errors import UpstreamBroken, UpstreamCutShort, UpstreamError
from ...language import language_of, language_to_answer
from ...models import (
    Brief,
    CharacterProfile,
    Conversation,
    Delta,
    Language,
    Message,
    Provenance,
    StoryOutline,
    Turn,
    UserIdea,
    Written,
)
from ...ports import Listening
from ...screenplay import Scene, Screenplay
from . import briefs, chats
from .calls import ENGINE, Attempt, Calls, Chat, TextModels, together
from .completion import Completion
from .deadline import Deadline
from .failures import of_finish
from .forms import (
    BRIEF,
    CAST,
    IDEA,
    OUTLINE,
    SCREENPLAY,
    TURN,
    Answer,
    CastAnswer,
    Form,
    TurnAnswer,
)
from .memory import Memory
from .passages import passages
from .prompts import prompts
from .records import distinct, outline_of, problem_with_cast, profiles_of
from .repair import Unreadable
from .reply import GrowingReply
from .scenes import ScenesCheck, joined, scenes_of, untold

Check = Callable[[Any], str | None]


class OpenAIWriter:
    """A `Writer` on any service that speaks OpenAI's chat completions.

    A turn of the interview is one call: the model says its words to the person first and the idea
    after them, and the words are passed on while the rest is still being said.
    """

    name = ENGINE

    def __init__(self, calls: Calls, conversations: TextModels, memory: Memory | None) -> None:
        """Without a `memory` the same request is asked again."""
        self._calls, self._models, self._memory = calls, conversations, memory

    @property
    def model(self) -> str:
        """The model it asks first, and whose it is."""
        return f"{self._calls.models[0]} @ {self._calls.service.host}"

    def converse(
        self,
        conversation: Conversation,
        message: str,
        whole: bool = False,
        listening: Listening | None = None,
    ) -> Generator[Delta | Turn, None, None]:
        """Answer `message`, word by word as the model says it, then give the whole turn."""
        language = language_to_answer(message, conversation.brief.language)
        chat = chats.interview(conversation, message, language)
        position = len(conversation.messages)
        for attempt in self._calls.begin(listening):
            said = None
            with attempt:
                said = yield from self._turn(attempt, chat, language, whole)
            if said:
                brief = briefs.update(conversation.brief, said, message, position, language)
                provenance = attempt.tally.provenance()
                yield Turn(reply=said.reply, brief=brief, provenance=provenance)
                return

    def structure(self, messages: Sequence[Message]) -> Written[Brief]:
        """The idea that a conversation holds, read by the model."""
        said = [message.content for message in messages if message.role == "user"]
        language = language_of(said[-1]) if said else "zh"
        if not said:
            return Written(Brief(), self._calls.nothing())
        chat = chats.record(messages, language)
        written = self._answered(BRIEF, chat, language, _whatever)
        return Written(briefs.whole(written.value, messages, language), written.provenance)

    def outline(
        self, idea: UserIdea, notes: Mapping[str, str], fresh: bool = False
    ) -> Written[StoryOutline]:
        """A story told from `idea` by the model."""
        language = chats.language_of_idea(idea)
        chat = chats.story(idea, notes, language)
        written = self._remembered(OUTLINE, chat, language, _whatever, fresh)
        return Written(outline_of(written.value, idea), written.provenance)

    def cast(
        self,
        idea: UserIdea,
        outline: StoryOutline | None,
        notes: Mapping[str, str],
        fresh: bool = False,
    ) -> Written[list[CharacterProfile]]:
        """One profile per character of `idea`, all of them in one call, so that they fit."""
        names, language = distinct(idea.basic_characters), chats.language_of_idea(idea)
        named = idea.model_copy(update={"basic_characters": names})
        chat = chats.sheets(named, outline, notes, language)

        def check(answer: CastAnswer) -> str | None:
            return problem_with_cast(answer, names, prompts(language)["wrong_cast"])

        written = self._remembered(CAST, chat, language, check, fresh)
        return Written(profiles_of(written.value, names), written.provenance)

    def screenplay(
        self,
        outline: StoryOutline,
        profiles: Sequence[CharacterProfile],
        fresh: bool = False,
    ) -> Written[Screenplay]:
        """The narrative in scenes: passage after passage, each in a call, all by one deadline.

        Each passage is remembered by itself: where time runs out on a long story, asking once
        more goes on from there.
        """
        language, names = language_of(outline.narrative_text), [p.name for p in profiles]
        deadline = self._calls.deadline()
        scenes: list[Scene] = []
        made: list[Provenance] = []
        for passage in passages(outline.narrative_text, language):
            chat = chats.scenes(passage, names, scenes[-1] if scenes else None, language)
            check = ScenesCheck(passage, names, prompts(language))
            try:
                written = self._remembered(SCREENPLAY, chat, language, check, fresh, deadline)
            except UpstreamError as error:
                error.spent = _spent([*made, *([error.spent] if error.spent else [])])
                raise
            told = scenes_of(written.value, names, prompts(language)["somewhere"])
            scenes = joined(scenes, told)
            made.append(written.provenance)
        if not made:
            scenes = untold(outline.title, prompts(language)["somewhere"])
        provenance = together(made) if made else self._calls.nothing()
        return Written(Screenplay(language=language, scenes=scenes), provenance)

    def check(self) -> None:
        """Raise `UpstreamUnavailable` while the service is being left alone."""
        self._calls.check()

    def warm_up(self) -> None:
        """Load the SDK and open nothing yet."""
        self._calls.clients.warm_up()

    def _turn(
        self, attempt: Attempt, chat: Chat, language: Language, whole: bool
    ) -> Generator[Delta, None, TurnAnswer]:
        """What the model says to the last message; what was shown of it counts."""
        reply, completion = GrowingReply(), Completion()
        try:
            for words in self._models.ask(attempt, TURN.name, TURN.schema, chat, completion):
                fresh = "" if whole else reply.add(words)
                if fresh or not words:
                    begun = None if attempt.is_shown else attempt.tally.provenance()
                    attempt.is_shown = attempt.is_shown or bool(fresh)
                    yield Delta(text=fresh, provenance=begun)
            answer = _read(TURN, completion)
        except (Unreadable, UpstreamBroken) as problem:
            if reply.is_complete and reply.shown and attempt.is_heard:
                rest = chats.rest_of_turn(chat, reply.shown, language)
                update = yield from self._read_again(attempt, IDEA, rest, _whatever)
                return TurnAnswer(reply=reply.shown, **dict(update))
            if isinstance(problem, UpstreamBroken):
                raise
            if reply.shown:
                raise _failure(completion) from problem
            again = _again(chat, completion, problem, language)
            answer = yield from self._read_again(attempt, TURN, again, _whatever)
        if last := reply.rest_of(answer.reply):
            yield Delta(text=last)
        return answer.model_copy(update={"reply": reply.shown + last})

    def _remembered(
        self,
        form: Form[Answer],
        chat: Chat,
        language: Language,
        check: Check,
        fresh: bool,
        deadline: Deadline | None = None,
    ) -> Written[Answer]:
        """The answer to `chat`: the one given before, unless a fresh one is wanted."""
        if self._memory and not fresh:
            recalled = self._memory.recall([form.name, chat], form.shape)
            if recalled:
                return recalled
        written = self._answered(form, chat, language, check, deadline)
        if self._memory:
            self._memory.keep([form.name, chat], written.provenance.model, written.value)
        return written

    def _answered(
        self,
        form: Form[Answer],
        chat: Chat,
        language: Language,
        check: Check,
        deadline: Deadline | None = None,
    ) -> Written[Answer]:
        """The answer to `chat`; one that cannot be read is asked for once more."""
        for attempt in self._calls.begin(deadline=deadline):
            with attempt:
                completion = Completion()
                for _ in self._models.ask(attempt, form.name, form.schema, chat, completion):
                    pass
                try:
                    answer = _read(form, completion, check)
                except Unreadable as problem:
                    again = _again(chat, completion, problem, language)
                    answer = _drained(self._read_again(attempt, form, again, check))
                return Written(answer, attempt.tally.provenance())
        raise UpstreamError()  # `begin` has raised what went wrong

    def _read_again(
        self, attempt: Attempt, form: Form[Answer], chat: Chat, check: Check
    ) -> Generator[Delta, None, Answer]:
        """The answer to a question that was put once before, and will not be put again."""
        completion = Completion()
        for words in self._models.ask(attempt, form.name, form.schema, chat, completion):
            if not words:
                yield Delta(text="")
        try:
            return _read(form, completion, check)
        except Unreadable as problem:
            failure = _failure(completion)
            raise (UpstreamError() if isinstance(failure, UpstreamBroken) else failure) from problem


def _spent(made: Sequence[Provenance]) -> Provenance | None:
    """What calls took, where any was made."""
    return together(made) if any(one.attempts for one in made) else None


def _whatever(_: object) -> None:
    """Any answer of the right shape will do."""


def _read(form: Form[Answer], completion: Completion, check: Check = _whatever) -> Answer:
    """The answer in a completion. Raises `Unreadable`, or the failure that ended it."""
    failure = of_finish(completion.finish or "")
    if failure and not isinstance(failure, UpstreamCutShort):
        raise failure
    try:
        return form.read(completion.text, check)
    except Unreadable:
        if not completion.finish and not completion.is_done:
            raise UpstreamBroken() from None
        raise


def _failure(completion: Completion) -> UpstreamError:
    """Why a completion cannot be read."""
    return of_finish(completion.finish or "") or UpstreamError()


def _again(chat: Chat, completion: Completion, problem: Unreadable, language: Language) -> Chat:
    if completion.finish == "length":
        return chats.shorter(chat, language)
    return chats.corrected(chat, completion.text, problem.told, language)


def _drained(answers: Generator[Delta, None, Answer]) -> Answer:
    while True:
        try:
            next(answers)
        except StopIteration as end:
            answer: Answer = end.value
            return answer

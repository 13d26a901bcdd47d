"""Good answers, composed from the conversation by the engine that needs no model."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from src.spark.adapters.offline.writer import OfflineWriter
from src.spark.language import language_of
from src.spark.models import (
    Brief,
    CharacterProfile,
    Conversation,
    IdeaDraft,
    Message,
    StoryOutline,
    Turn,
    UserIdea,
)

Utterances = tuple[tuple[str, str], ...]
"""Roles and contents, in their order."""

CANNED_MESSAGE = "我想拍一个三分钟的科幻短片：宇航员林夏收到来自深空的信号，飞向它的源头"
CANNED_TURN = json.dumps(
    {
        "reply": "很棒的想法！林夏一个人飞向信号的源头，光是这个画面就很动人。她在那里会遇见谁？",
        "idea": {
            "theme": "来自深空的信号",
            "genre": "科幻",
            "characters": [{"name": "林夏", "note": "宇航员"}],
            "plot": ["林夏收到来自深空的信号", "她飞向信号的源头"],
            "audience": None,
            "duration_seconds": 180,
            "visual_style": None,
            "mood": None,
        },
        "said": [
            {"element": "theme", "quote": "来自深空的信号"},
            {"element": "genre", "quote": "科幻短片"},
            {"element": "characters", "quote": "宇航员林夏"},
            {"element": "plot", "quote": "宇航员林夏收到来自深空的信号，飞向它的源头"},
            {"element": "duration", "quote": "三分钟"},
        ],
        "waived": [],
    },
    ensure_ascii=False,
)
"""A good answer to `CANNED_MESSAGE`."""

_WRITER = OfflineWriter()
_FORMAT = re.compile(r'<format name="(\w+)"')
_ABOUT_FORM = re.compile(r"<format|<error|validation|schema|json (object|对象)", re.IGNORECASE)
_MOST_TURNS = 20_000
_turns: dict[Utterances, Turn] = {}


class _Known(NamedTuple):
    """What is known of an idea before the latest message."""

    idea: IdeaDraft
    notes: dict[str, str]


def format_of(body: Mapping[str, Any]) -> str:
    """Which form of answer a request asks for; "" where it is plain words."""
    wanted = body.get("response_format") or {}
    if wanted.get("type") == "json_schema":
        return str(wanted.get("json_schema", {}).get("name", ""))
    first = utterances_of(body)[:1]
    found = _FORMAT.search(first[0][1]) if first else None
    return found[1] if found else ""


def utterances_of(body: Mapping[str, Any]) -> Utterances:
    """The messages of a request, as roles and texts."""
    return tuple((str(m["role"]), _text(m.get("content"))) for m in body.get("messages", []))


def asks_to_mend(form: str, utterances: Utterances) -> bool:
    """Whether the last message speaks of an answer that was no good."""
    said = _without_system(utterances)
    if _as_said(said[-1][1]) != said[-1][1]:
        return True
    if form in ("turn", "idea"):
        return _mendings(form, said) > 0
    return form in _COMPOSERS and len(said) > 1


def echo_of(utterances: Utterances) -> str:
    """A turn whose reply is what was said last."""
    return json.dumps({**json.loads(CANNED_TURN), "reply": utterances[-1][1]}, ensure_ascii=False)


def warm_up() -> None:
    """Load what the first composing would otherwise wait for."""
    _WRITER.warm_up()


@functools.lru_cache(4096)
def compose(form: str, utterances: Utterances) -> str:
    """A good answer as JSON. Raises `ValueError` where the request holds no task for it."""
    if form not in _COMPOSERS:
        return "好的。" if language_of(utterances[-1][1]) == "zh" else "All right."
    return json.dumps(_COMPOSERS[form](utterances), ensure_ascii=False)


def _compose_turn(utterances: Utterances) -> dict[str, Any]:
    said = _without_system(utterances)
    talk = said[: len(said) - 2 * _mendings("turn", said)]
    turn = _turn_after(talk, _known(utterances))
    return {"reply": turn.reply, **_growth(turn.brief, len(talk) - 1)}


def _compose_idea(utterances: Utterances) -> dict[str, Any]:
    said = _without_system(utterances)
    talk = said[: len(said) - 2 * (_mendings("idea", said) + 1)]
    return _growth(_turn_after(talk, _known(utterances)).brief, len(talk) - 1)


def _compose_brief(utterances: Utterances) -> dict[str, Any]:
    messages = [Message(**m) for m in _task(utterances, "messages")["messages"]]
    brief: Brief = _value(_WRITER.structure(messages))
    sources = [
        {"element": element, "message": source.message, "quote": source.text}
        for element, source in brief.sources.items()
    ]
    return {"idea": _idea(brief), "sources": sources}


def _compose_outline(utterances: Utterances) -> dict[str, Any]:
    task = _task(utterances, "idea")
    idea = UserIdea.model_validate(task["idea"])
    outline: StoryOutline = _value(_WRITER.outline(idea, task.get("notes") or {}))
    return {
        "title": outline.title,
        "summary": outline.summary,
        "narrative_text": outline.narrative_text,
        "estimated_duration": outline.estimated_duration or idea.duration_preference or 180,
    }


def _compose_cast(utterances: Utterances) -> dict[str, Any]:
    task = _task(utterances, "idea")
    outline = task.get("outline")
    profiles: list[CharacterProfile] = _value(
        _WRITER.cast(
            UserIdea.model_validate(task["idea"]),
            StoryOutline.model_validate(outline) if outline else None,
            task.get("notes") or {},
        )
    )
    return {"characters": [_sheet(profile) for profile in profiles]}


def _compose_screenplay(utterances: Utterances) -> dict[str, Any]:
    task = _task(utterances, "narrative")
    paragraphs = filter(str.strip, task["narrative"].split("\n"))
    return {"scenes": [_scene(paragraph, task.get("people") or []) for paragraph in paragraphs]}


def _scene(paragraph: str, names: list[str]) -> dict[str, Any]:
    """A paragraph as a scene: what is quoted is said by who was named last before it."""
    elements: list[dict[str, str]] = []
    speaker = ""
    for said in re.split(r"(“[^”]+”)", paragraph):
        named = [name for name in names if name in said and not said.startswith("“")]
        speaker = max(named, key=said.rfind, default=speaker)
        if said.startswith("“") and speaker:
            elements.append({"speaker": speaker, "manner": "", "text": said[1:-1]})
        elif said.strip():
            elements.append({"speaker": "", "manner": "", "text": said.strip()})
    place = "某处" if language_of(paragraph) == "zh" else "somewhere"
    return {"setting": "int", "place": place, "hour": None, "elements": elements}


_COMPOSERS: dict[str, Callable[[Utterances], dict[str, Any]]] = {
    "turn": _compose_turn,
    "idea": _compose_idea,
    "brief": _compose_brief,
    "outline": _compose_outline,
    "cast": _compose_cast,
    "screenplay": _compose_screenplay,
}
FORMS = frozenset(_COMPOSERS)


def _turn_after(talk: Utterances, known: _Known | None) -> Turn:
    """The answer to the last message of a talk, each message before it taken in its turn.

    What is `known` counts for more than what was said: it may have been changed by hand, and the
    beginning of a long talk may be missing.
    """
    if len(_turns) > _MOST_TURNS:
        _turns.clear()
    brief, latest = Brief(), len(talk) - 1
    for position, (role, text) in enumerate(talk[:latest]):
        if role == "user":
            brief = _remembered_turn(talk[:position], brief, text).brief
    if not talk or talk[latest][0] != "user":
        raise ValueError("the last word is not the person's")
    text = _as_said(talk[latest][1])
    if known and known.idea != brief.idea:
        brief = brief.model_copy(update={"idea": known.idea, "notes": known.notes})
        return _answered(talk[:latest], brief, text)
    return _remembered_turn(talk[:latest], brief, text)


def _remembered_turn(before: Utterances, brief: Brief, text: str) -> Turn:
    so_far = (*before, ("user", text))
    if so_far not in _turns:
        _turns[so_far] = _answered(before, brief, text)
    return _turns[so_far]


def _answered(before: Utterances, brief: Brief, message: str) -> Turn:
    messages = [Message(role=role, content=text) for role, text in before]  # type: ignore[arg-type]
    conversation = Conversation(session_id="standin", messages=messages, brief=brief)
    *_, turn = _WRITER.converse(conversation, message)
    assert isinstance(turn, Turn)
    return turn


def _known(utterances: Utterances) -> _Known | None:
    """The idea so far, where the system message tells it."""
    if utterances[0][0] != "system":
        return None
    for told in _objects(utterances[0][1]):
        if isinstance(told.get("duration_seconds", ""), int | None) and "plot" in told:
            characters = told.get("characters") or []
            idea = IdeaDraft(
                theme=told.get("theme"),
                genre=told.get("genre"),
                basic_characters=[character["name"] for character in characters],
                plot_points=told.get("plot") or [],
                target_audience=told.get("audience"),
                duration_preference=told["duration_seconds"],
                visual_style=told.get("visual_style"),
                mood=told.get("mood"),
            )
            notes = {c["name"]: c["note"] for c in characters if c.get("note")}
            return _Known(idea, notes)
    return None


def _growth(brief: Brief, latest: int) -> dict[str, Any]:
    """The idea as it stands, and what the message at `latest` brought to it."""
    said = [
        {"element": element, "quote": source.text}
        for element, source in brief.sources.items()
        if source.message == latest
    ]
    return {"idea": _idea(brief), "said": said, "waived": list(brief.waived)}


def _idea(brief: Brief) -> dict[str, Any]:
    idea = brief.idea
    characters = [{"name": n, "note": brief.notes.get(n, "")} for n in idea.basic_characters]
    return {
        "theme": idea.theme,
        "genre": idea.genre,
        "characters": characters or None,
        "plot": idea.plot_points or None,
        "audience": idea.target_audience,
        "duration_seconds": idea.duration_preference,
        "visual_style": idea.visual_style,
        "mood": idea.mood,
    }


def _sheet(profile: CharacterProfile) -> dict[str, Any]:
    fields = ("name", "role", "appearance", "personality", "backstory", "motivations")
    bonds = [{"name": name, "text": text} for name, text in profile.relationships.items()]
    look = getattr(profile, "visual_description", None) or profile.appearance
    return {
        **{name: getattr(profile, name) for name in fields},
        "relationships": bonds,
        "visual_description": look,
        "visual_consistency_tags": profile.visual_consistency_tags,
    }


def _mendings(form: str, said: Utterances) -> int:
    """How often an answer was sent back, counted from the end.

    That shows in the answer, which was a form and not words to a person, or in the message, which
    speaks of the form as no person would. The form "idea" is always asked for by such a message.
    """
    shown = _at_the_end(said, lambda answer, _: "{" in answer)
    spoken_of = _at_the_end(said, lambda _, message: bool(_ABOUT_FORM.search(message)))
    return max(shown, spoken_of - (form == "idea"))


def _at_the_end(said: Utterances, fits: Callable[[str, str], bool]) -> int:
    """How many pairs of answer and message, counted from the end, fit one after the other."""
    count = 0
    while len(said) > 2 * count + 2 and fits(said[-2 * count - 2][1], said[-2 * count - 1][1]):
        count += 1
    return count


def _as_said(message: str) -> str:
    """A message without a last paragraph that speaks of the form."""
    before, gap, last = message.rpartition("\n\n")
    return before if gap and _ABOUT_FORM.search(last) else message


def _without_system(utterances: Utterances) -> Utterances:
    return tuple((role, text) for role, text in utterances if role != "system")


def _task(utterances: Utterances, key: str) -> dict[str, Any]:
    """The JSON object with `key` that the first user message holds."""
    first = next((text for role, text in utterances if role == "user"), "")
    for found in _objects(first):
        if key in found:
            return found
    raise ValueError(f"the first user message holds no JSON object with {key!r}")


def _objects(text: str) -> Iterator[dict[str, Any]]:
    decoder = json.JSONDecoder()
    for brace in re.finditer(r"\{", text):
        try:
            yield decoder.raw_decode(text, brace.start())[0]
        except ValueError:
            continue


def _text(content: Any) -> str:
    """The text of a message, sent as a string or in parts."""
    if isinstance(content, list):
        return "".join(part.get("text", "") for part in content)
    return content or ""


def _value(written: Any) -> Any:
    """What was written, with or without a record around it of who wrote it."""
    return getattr(written, "value", written)

"""Stand-ins for the engines: they queue answers, raise exceptions, keep the calls."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from src.spark.adapters.offline.illustrator import OfflineIllustrator
from src.spark.models import Delta, Turn, Written
from src.spark.pictures import Picture

from .samples import FAKED


class Queue:
    """What both fakes share: the next answer, raised where it is an exception."""

    name = "fake"
    model = "fake-1"

    def __init__(self, *answers: Any) -> None:
        self.answers, self.calls = list(answers), []

    def next(self, *call: Any) -> Any:
        self.calls.append(call)
        answer = self.answers.pop(0)
        if isinstance(answer, BaseException):
            raise answer
        return answer

    def check(self) -> None:
        """There is nothing that could fail."""


class FakeWriter(Queue):
    """A `Writer`. A list as an answer to `converse` is passed on part by part."""

    def converse(
        self, conversation: Any, message: str, whole: bool = False, listening: Any = None
    ) -> Iterator[Delta | Turn]:
        answer = self.next(conversation, message)
        for part in answer if isinstance(answer, list) else [answer]:
            if isinstance(part, BaseException):
                raise part
            yield part

    def structure(self, messages: Any) -> Any:
        return Written(self.next(messages), FAKED)

    def warm_up(self) -> None:
        """There is nothing to load."""

    def outline(self, idea: Any, notes: Any, fresh: bool = False) -> Any:
        return Written(self.next(idea, notes), FAKED)

    def cast(self, idea: Any, outline: Any, notes: Any, fresh: bool = False) -> Any:
        return Written(self.next(idea, outline, notes), FAKED)

    def screenplay(self, outline: Any, profiles: Any, fresh: bool = False) -> Any:
        return Written(self.next(outline, list(profiles)), FAKED)


class FakeIllustrator(Queue):
    """An `Illustrator`. Where nothing is queued each picture holds the words it was drawn from."""

    def __init__(self, *answers: Any) -> None:
        super().__init__(*answers)
        self.previous: list[bytes | None] = []

    def portrait(
        self, profile: Any, idea: Any, feedback: Any, previous: bytes | None = None
    ) -> Picture:
        self.previous.append(previous)
        if self.answers:
            return self.next(profile, idea, list(feedback))
        self.calls.append((profile, idea, list(feedback)))
        drawn = f"{profile.name} {list(feedback)}"
        return Picture(drawn.encode(), "image/png", drawn, FAKED)


class RememberingIllustrator(OfflineIllustrator):
    """The offline one, which draws no picture twice in a process.

    What pictures look like, and that the same one is drawn again, is tested without it.
    """

    drawn: ClassVar[dict[Any, Picture]] = {}

    def portrait(
        self, profile: Any, idea: Any, feedback: Any, previous: bytes | None = None
    ) -> Picture:
        asked = profile.model_dump_json(), idea and idea.model_dump_json(), *feedback, previous
        if asked not in self.drawn:
            self.drawn[asked] = super().portrait(profile, idea, feedback, previous)
        return self.drawn[asked]


class FakeShelf:
    """A `Shelf` that loses nothing."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def get(self, key: str) -> bytes | None:
        return self.kept.get(key)

    def put(self, key: str, value: bytes) -> None:
        self.kept[key] = value

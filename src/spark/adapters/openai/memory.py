"""Answers that were paid for once and can be given again to the very same request."""

from __future__ import annotations

import hashlib
from typing import Any, TypeVar

import orjson
from pydantic import BaseModel, ValidationError

from ...models import Provenance, Written
from ...ports import Shelf
from .calls import ENGINE

Answer = TypeVar("Answer", bound=BaseModel)


class _Kept(BaseModel):
    model: str
    answer: dict[str, Any]


class Memory:
    """Remembers whole answers, by everything that they depend on."""

    def __init__(self, shelf: Shelf, host: str, depends: object) -> None:
        """`depends` is what beside the request makes one answer differ from another."""
        self._shelf, self._host, self._depends = shelf, host, depends

    def recall(self, request: object, shape: type[Answer]) -> Written[Answer] | None:
        """The answer to `request`, if it is remembered; it costs nothing now.

        What was remembered before the shape changed is forgotten.
        """
        value = self._shelf.get(self._key(request))
        if value is None:
            return None
        try:
            kept = _Kept.model_validate_json(value)
            answer = shape.model_validate(kept.answer)
        except ValidationError:
            return None
        provenance = Provenance(
            engine=ENGINE,
            provider=self._host,
            model=kept.model,
            seconds=0,
            tokens_in=0,
            tokens_out=0,
            attempts=0,
            cached=True,
        )
        return Written(answer, provenance)

    def keep(self, request: object, model: str, answer: BaseModel) -> None:
        """Remember the answer that `model` gave."""
        kept = _Kept(model=model, answer=answer.model_dump())
        self._shelf.put(self._key(request), kept.model_dump_json().encode())

    def _key(self, request: object) -> str:
        return hashlib.sha256(orjson.dumps([self._depends, request])).hexdigest()

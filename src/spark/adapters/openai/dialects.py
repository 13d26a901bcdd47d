"""How a service wants to be asked for JSON: learned once and remembered."""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

from pydantic import BaseModel, ValidationError

from ...ports import Shelf

Format = Literal["json_schema", "json_object", "prompt"]

_PLAINER: dict[Format, Format] = {"json_schema": "json_object", "json_object": "prompt"}


class Dialect(NamedTuple):
    """What a service takes."""

    format: Format = "json_schema"
    usage: bool = True
    """Whether it takes `stream_options`, which make it report its tokens."""

    def plainer(self, complaint: str) -> Dialect | None:
        """What to try where it did not take this; `None` where there is nothing plainer."""
        if self.usage and "stream_options" in complaint:
            return self._replace(usage=False)
        if self.format in _PLAINER:
            return self._replace(format=_PLAINER[self.format])
        return self._replace(usage=False) if self.usage else None

    def options(self, name: str, schema: dict[str, Any]) -> dict[str, Any]:
        """What a request carries beside its messages."""
        options: dict[str, Any] = {"stream_options": {"include_usage": True}} if self.usage else {}
        if self.format == "json_schema":
            described = {"name": name, "schema": schema, "strict": True}
            options["response_format"] = {"type": "json_schema", "json_schema": described}
        elif self.format == "json_object":
            options["response_format"] = {"type": "json_object"}
        return options


class _Kept(BaseModel):
    format: Format
    usage: bool


class Dialects:
    """The dialect of each model of a service."""

    def __init__(self, address: str, shelf: Shelf, set_format: Format | None = None) -> None:
        """`set_format`, where given, is the only one that is tried."""
        self._address, self._shelf, self._set = address, shelf, set_format
        self._known: dict[str, Dialect] = {}

    def of(self, model: str) -> Dialect:
        """What is known of how to ask `model`."""
        if model not in self._known:
            self._known[model] = self._kept(model)
        return self._known[model]

    def plainer(self, dialect: Dialect, complaint: str) -> Dialect | None:
        """What to try next; the format stays where it was set by name."""
        following = dialect.plainer(complaint)
        if following and self._set and following.format != self._set:
            return dialect._replace(usage=False) if dialect.usage else None
        return following

    def learn(self, model: str, dialect: Dialect) -> None:
        """Remember what `model` took."""
        if self._known.get(model) != dialect:
            self._known[model] = dialect
            kept = _Kept(format=dialect.format, usage=dialect.usage)
            self._shelf.put(self._key(model), kept.model_dump_json().encode())

    def _kept(self, model: str) -> Dialect:
        value = self._shelf.get(self._key(model))
        try:
            kept = _Kept.model_validate_json(value or b"")
        except ValidationError:  # nothing, or what an older version kept
            return Dialect(self._set or "json_schema")
        return Dialect(self._set or kept.format, kept.usage)

    def _key(self, model: str) -> str:
        return f"dialect {self._address} {model}"

"""How a line of the log looks: as text for a person, or as JSON for what gathers logs.

gunicorn's master formats its lines here too, so this module loads next to nothing: what the
master has loaded, a reload of the workers would not load anew.
"""

from __future__ import annotations

import json
import logging
import re
import sys
import time
from collections.abc import Mapping
from typing import Any

import orjson

from ..context import PROJECT_ID, REQUEST_ID, SESSION_ID, TRACE

_FORMAT = "%(asctime)s - %(name)s - %(levelname)s - [%(request_id)s] %(message)s"
_SUBJECTS = {"request_id": REQUEST_ID, "session": SESSION_ID, "project": PROJECT_ID}
_CONTROL = re.compile(r"[\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")
"""What orjson leaves as it is, though some take it for the end of a line or for a command."""


def formatter(kind: str) -> logging.Formatter:
    """What makes the lines of `LOG_FORMAT`."""
    return JsonLines() if kind == "json" else TextLines()


class _Lines(logging.Formatter):
    """Formats a record once for all handlers."""

    moment_format = ""
    clock = staticmethod(time.gmtime)
    _latest = (0, "")

    def format(self, record: logging.LogRecord) -> str:
        line: str | None = getattr(record, "spark_line", None)
        if line is None:
            line = record.spark_line = self.line(record)
        return line

    def line(self, record: logging.LogRecord) -> str:
        """The line of a record."""
        raise NotImplementedError

    def second(self, record: logging.LogRecord) -> str:
        """The record's moment but for its thousandths, which alone are made anew each time."""
        second, shown = self._latest
        if second != int(record.created):
            second = int(record.created)
            shown = time.strftime(self.moment_format, self.clock(second))
            self._latest = (second, shown)
        return shown


class TextLines(_Lines):
    """A record on one line, but for a traceback."""

    moment_format = "%Y-%m-%d %H:%M:%S"
    clock = staticmethod(time.localtime)

    def __init__(self) -> None:
        super().__init__(_FORMAT)

    def line(self, record: logging.LogRecord) -> str:
        """The line of a record, and its traceback."""
        record.request_id = REQUEST_ID.get()
        return logging.Formatter.format(self, record)

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802
        """The line without a traceback."""
        if not record.message.isprintable():  # it could forge a line
            record.message = record.message.encode("unicode_escape").decode()
        return super().formatMessage(record)

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:  # noqa: N802
        """The moment of the record, as clocks here show it."""
        return f"{self.second(record)},{int(record.msecs):03d}"


class JsonLines(_Lines):
    """A record as one JSON object, tracebacks and all. What is not known is left out."""

    moment_format = "%Y-%m-%dT%H:%M:%S"

    def line(self, record: logging.LogRecord) -> str:
        """The line of a record."""
        told: dict[str, Any] = {
            "time": f"{self.second(record)}.{int(record.msecs):03d}+00:00",
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        for name, variable in _SUBJECTS.items():
            if (value := variable.get()) not in ("", "-"):
                told[name] = value
        if trace := TRACE.get():
            told["trace_id"], told["span_id"] = trace
        told.update(getattr(record, "spark_fields", {}))
        if record.exc_info:
            told["exception"] = self.formatException(record.exc_info)
        if record.stack_info:
            told["stack"] = record.stack_info
        return _json(told)


def _json(told: Mapping[str, Any]) -> str:
    try:
        line = orjson.dumps(told).decode()
    except orjson.JSONEncodeError:  # half of a character, from a name that is no UTF-8
        return json.dumps(told, default=str)
    if not line.isprintable():
        line = _CONTROL.sub(lambda found: f"\\u{ord(found[0]):04x}", line)
    return line


def console(lines: logging.Formatter) -> logging.Handler:
    """The console, as ours: `configure_logs` puts another in its place."""
    handler = logging.StreamHandler(sys.stderr)
    handler.of_spark = True  # type: ignore[attr-defined]
    handler.setFormatter(lines)
    return handler

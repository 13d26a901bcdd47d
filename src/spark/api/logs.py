"""Logs to the console and to a rotating file, one line a request."""

from __future__ import annotations

import logging
import os
import re
import secrets
import sys
import time
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock
from flask import Flask, Response, request

from ..context import REQUEST_ID
from .config import Config

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

_MOST_BYTES, _OLD_FILES = 10 * 1024 * 1024, 5
_FOLLOW_SECONDS = 1.0
_FORMAT = "%(asctime)s - %(name)s - %(levelname)s - [%(request_id)s] %(message)s"
_REQUEST_ID = re.compile(r"[A-Za-z0-9._:-]{1,128}", re.ASCII)

_log = logging.getLogger("spark.requests")


class SharedRotatingFileHandler(RotatingFileHandler):
    """A rotating log file that several processes may write.

    The standard handler loses lines when two processes rotate at once. Here one rotates under a
    lock, and the others follow to the new file.
    """

    _looked_at = 0.0

    def emit(self, record: logging.LogRecord) -> None:
        """Write a line, to the file that has had the name within the last second."""
        if record.created - self._looked_at > _FOLLOW_SECONDS:
            self._looked_at = record.created
            if self._was_moved():
                self.close()
                self.stream = self._open()
        super().emit(record)

    def shouldRollover(self, record: logging.LogRecord) -> bool:  # noqa: N802
        """Whether the file is full, by its own position, which costs next to nothing to ask."""
        return self.stream is not None and self.stream.tell() >= self.maxBytes

    def doRollover(self) -> None:  # noqa: N802, the standard library's name
        """Rotate, unless another process just did."""
        with FileLock(f"{self.baseFilename}.lock"):
            if self._was_moved():
                self.close()
                self.stream = self._open()
            else:
                super().doRollover()

    def _was_moved(self) -> bool:
        try:
            there = os.stat(self.baseFilename)
        except FileNotFoundError:
            return True
        mine = os.fstat(self.stream.fileno()) if self.stream else None
        return mine is None or (mine.st_ino, mine.st_dev) != (there.st_ino, there.st_dev)


class _LineFormatter(logging.Formatter):
    """Formats a record once for all handlers, on one line but for a traceback."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802
        if not record.message.isprintable():  # it could forge a line
            record.message = record.message.encode("unicode_escape").decode()
        return super().formatMessage(record)

    _latest = (0, "")

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:  # noqa: N802
        """The moment of the record; only its thousandths are made anew each time."""
        second, shown = self._latest
        if second != int(record.created):
            second = int(record.created)
            shown = time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(second))
            self._latest = (second, shown)
        return f"{shown},{int(record.msecs):03d}"

    def format(self, record: logging.LogRecord) -> str:
        line: str | None = getattr(record, "spark_line", None)
        if line is None:
            record.request_id = REQUEST_ID.get()
            line = record.spark_line = super().format(record)
        return line


def configure_logs(settings: Config) -> None:
    """Send everything of our own and of the libraries' to the console and the file.

    Done again for every app a process makes; the last one's settings hold.
    """
    root = logging.getLogger()
    for handler in [h for h in root.handlers if getattr(h, "of_spark", False)]:
        root.removeHandler(handler)
        handler.close()
    handlers: list[logging.Handler] = [logging.StreamHandler(sys.stderr)]
    if settings.log_file:
        handlers.append(_file_handler(settings.log_file))
    formatter = _LineFormatter(_FORMAT)
    for handler in handlers:
        handler.of_spark = True  # type: ignore[attr-defined]
        handler.setFormatter(formatter)
        root.addHandler(handler)
    root.setLevel(settings.LOG_LEVEL)
    # What our lines do not show need not be found out for each of them.
    logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False
    logging._srcfile = None  # as the logging HOWTO advises
    # The development server's own request lines would double ours, with the query in them.
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    logging.getLogger("filelock").setLevel(logging.WARNING)


def begin_request(environ: WSGIEnvironment) -> None:
    """Give a request its id and its starting time, before anything of it can fail."""
    given = environ.get("HTTP_X_REQUEST_ID", "")
    request_id = given if _REQUEST_ID.fullmatch(given) else secrets.token_hex(16)
    environ["spark.request_id"], environ["spark.started"] = request_id, time.perf_counter()
    REQUEST_ID.set(request_id)


def request_id() -> str:
    """The request's id: the caller's where it is one, else ours."""
    return str(request.environ["spark.request_id"])


def register_request_log(app: Flask) -> None:
    """Write a line for every request. Never its query, its body or its cookies."""

    @app.after_request
    def finish(response: Response) -> Response:
        environ, path = request.environ, request.path

        def tell() -> None:
            milliseconds = (time.perf_counter() - environ["spark.started"]) * 1000
            method, status = environ["REQUEST_METHOD"], response.status_code
            _log.info("%s %s %d %.1f ms", method, path, status, milliseconds)

        if response.is_streamed:
            response.call_on_close(tell)
        else:
            tell()
        return response


def _file_handler(path: Path) -> logging.Handler:
    path.parent.mkdir(parents=True, exist_ok=True)
    return SharedRotatingFileHandler(path, "a", _MOST_BYTES, _OLD_FILES, encoding="utf-8")

"""gunicorn's own log, in the shape of ours."""

from __future__ import annotations

import logging
import os

from gunicorn.config import Config
from gunicorn.glogging import Logger

from .lines import console, formatter


class ServerLog(Logger):
    """What gunicorn says goes the way of all other lines, unless it has a file of its own.

    In the master that is the console, in a worker whatever its app has set up. Requests have our
    lines already.
    """

    def setup(self, cfg: Config) -> None:
        """Take the handlers that gunicorn would use and hand its lines on instead."""
        super().setup(cfg)  # type: ignore[no-untyped-call]
        if cfg.errorlog != "-":
            return
        for handler in list(self.error_log.handlers):
            self.error_log.removeHandler(handler)
        self.error_log.propagate = True
        root = logging.getLogger()
        if not root.handlers:
            root.addHandler(console(formatter(os.environ.get("LOG_FORMAT") or "json")))
            root.setLevel(logging.INFO)

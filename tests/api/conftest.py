from __future__ import annotations

from dataclasses import replace

import pytest


@pytest.fixture
def replaced(app):
    """Put other services in the app's place, and let failures become answers as in production."""

    def put(**services):
        app.config["PROPAGATE_EXCEPTIONS"] = False
        app.extensions["spark"] = replace(app.extensions["spark"], **services)

    return put


class Failing:
    """A service that raises, whatever it is asked."""

    def __init__(self, error):
        self._error = error

    def __getattr__(self, name):
        def fail(*args, **kwargs):
            raise self._error

        return fail


@pytest.fixture
def failing():
    return Failing

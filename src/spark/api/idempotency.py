"""`Idempotency-Key`: a request sent again under its key is answered again, not carried out again.

Every POST takes the header, without a word in its route. Two do not: `/api/content/validate`
keeps nothing and spends nothing, so that doing it again takes less than remembering it; and a file
that is imported again finds its projects there, and its rule says what becomes of them.

A key belongs to the caller's session. Without a cookie it belongs to everyone who has none, and
to the session that the answer begins, so that a repetition is known with its cookie and without.
What is said in a conversation is never everyone's: there a key without a cookie belongs to the
new session alone.
"""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, closing
from typing import Any, cast

from flask import Response, make_response, request, session
from flask.typing import ResponseReturnValue

from ..errors import FieldProblem, InvalidInput, StorageUnavailable
from ..ports import Receipt
from .http import UPLOADS, operation_path, services

HEADER, REPLAYED = "Idempotency-Key", "Idempotent-Replayed"
KEY = "[!-~]{1,255}"
"""What a key looks like: visible ASCII."""

_WITHOUT_KEYS = {"/api/content/validate", *UPLOADS}
_OF_ONE_SESSION = ("/api/chat/", "/api/content/structure")
_EVERYONE = "*"
_KEPT_HEADERS = ("Content-Type", "Location", "ETag")
_DONE = b"event: done\n"

_MALFORMED = FieldProblem(
    HEADER, "必须是 1–255 个可见的 ASCII 字符。", "Must be 1–255 visible ASCII characters."
)

_log = logging.getLogger("spark.idempotency")


def takes_key(method: str, path: str) -> bool:
    """Whether the operation at `path`, which has no version in it, heeds the header."""
    return method == "POST" and path not in _WITHOUT_KEYS


def once(carry_out: Callable[[], ResponseReturnValue]) -> ResponseReturnValue:
    """The answer of `carry_out`; or the first one, where the request was answered before.

    What failed was not answered: it is carried out again. Raises `InvalidInput` for a malformed
    key, `KeyReused`, `RequestRunning`, and `StorageUnavailable` where nobody can tell what was
    answered before.
    """
    key = request.headers.get(HEADER)
    if key is None or request.url_rule is None or not takes_key(request.method, operation_path()):
        return carry_out()
    if not re.fullmatch(KEY, key):
        raise InvalidInput(_MALFORMED)
    return _answer(key, carry_out)


def _answer(key: str, carry_out: Callable[[], ResponseReturnValue]) -> Response:
    receipts, asked = services().receipts, _fingerprint()
    names = _names(key)
    with ExitStack() as held:
        for name in names:
            held.enter_context(receipts.hold(name))
            if receipt := receipts.find(name, asked):
                return _again(receipt)
        response = make_response(carry_out())
        if not 200 <= response.status_code < 300:
            return response
        begun = _names(key) - names
        names |= begun

        def keep(body: bytes) -> None:
            given = response.headers
            headers = {name: given[name] for name in _KEPT_HEADERS if name in given}
            try:
                for name in names:
                    receipts.keep(name, asked, Receipt(response.status_code, headers, body))
            except StorageUnavailable as error:  # what is done is done, and has its answer
                _log.warning("a repetition will not be known", exc_info=error)

        if response.is_streamed:
            for name in begun:  # its caller hears of it before the stream ends
                held.enter_context(receipts.hold(name))
            chunks = response.iter_encoded()
            held.enter_context(closing(cast(Any, response.response)))
            handed_on = held.pop_all()
            response.response = _recorded(chunks, keep, handed_on)
            response.call_on_close(handed_on.close)  # where it was never begun
        else:
            keep(response.get_data())
    return response


def _names(key: str) -> set[str]:
    """What the caller's key is called in the store: at most one name."""
    if caller := session.get("id"):
        return {f"{caller} {key}"}
    return set() if operation_path().startswith(_OF_ONE_SESSION) else {f"{_EVERYONE} {key}"}


def _fingerprint() -> str:
    """What makes a request the same one."""
    head = repr((request.method, request.path, request.query_string))
    return hashlib.sha256(f"{head}\n".encode() + request.get_data()).hexdigest()


def _again(receipt: Receipt) -> Response:
    return Response(receipt.body, receipt.status, {**receipt.headers, REPLAYED: "true"})


def _recorded(
    chunks: Iterable[bytes], keep: Callable[[bytes], None], held: ExitStack
) -> Iterator[bytes]:
    """Pass a stream on as it comes, and let go of what is `held` with its end.

    Its last event says that the work is done: it is kept before anybody hears of that, or a
    connection that breaks then would have the work done twice.
    """
    told = []
    with held:
        for chunk in chunks:
            told.append(chunk)
            if chunk.startswith(_DONE):
                keep(b"".join(told))
            yield chunk

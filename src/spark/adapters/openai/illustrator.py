"""The illustrator that asks an image model."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from io import BytesIO
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

import orjson

from ...errors import UpstreamError, UpstreamModelUnknown
from ...models import CharacterProfile, UserIdea
from ...pictures import Picture
from ...ports import Shelf
from .addresses import is_public
from .calls import ENGINE, Attempt, Calls
from .continuity import edit_prompt, portrait_prompt
from .failures import Garbled, UnsupportedRequest, of_event, of_status

if TYPE_CHECKING:
    import httpx2

_MOST_REDIRECTS = 4
_MOST_BYTES = 40 * 1024 * 1024
_TYPES = {"PNG": "image/png", "JPEG": "image/jpeg", "WEBP": "image/webp"}
_NO = b"no"
_NO_EDITS = re.compile(r"not (?:be )?support|unsupported (?:endpoint|operation)|not allowed", re.I)


class OpenAIIllustrator:
    """An `Illustrator` on any service that speaks OpenAI's images interface.

    The bytes are fetched at once, wherever the service put them: its addresses do not last.
    """

    name = ENGINE

    def __init__(self, calls: Calls, shelf: Shelf, options: dict[str, Any]) -> None:
        """`options`, such as `size`, go with every request as they are."""
        self._calls, self._shelf, self._options = calls, shelf, options

    @property
    def model(self) -> str:
        """The model it asks, and whose it is."""
        return f"{self._calls.models[0]} @ {self._calls.service.host}"

    def portrait(
        self,
        profile: CharacterProfile,
        idea: UserIdea | None,
        feedback: Sequence[str],
        previous: bytes | None = None,
    ) -> Picture:
        """A portrait: the previous one edited where the service can, else one made anew."""
        whole = portrait_prompt(profile, idea, feedback)
        wish = feedback[-1] if feedback else ""
        for attempt in self._calls.begin():
            with attempt:
                if previous and wish and self._can_edit(attempt.model):
                    prompt = edit_prompt(profile, wish)
                    try:
                        return self._picture(attempt, prompt, self._edit(attempt, prompt, previous))
                    except (UnsupportedRequest, UpstreamModelUnknown) as error:
                        picture = self._picture(attempt, whole, self._generate(attempt, whole))
                        if _never_edits(error):
                            self._shelf.put(self._edits(attempt.model), _NO)
                        return picture
                return self._picture(attempt, whole, self._generate(attempt, whole))
        raise UpstreamError()  # `begin` has raised what went wrong

    def check(self) -> None:
        """Raise `UpstreamUnavailable` while the service is being left alone."""
        self._calls.check()

    def _picture(self, attempt: Attempt, prompt: str, data: bytes) -> Picture:
        return Picture(data, _mime_type(data), prompt, attempt.tally.provenance())

    def _generate(self, attempt: Attempt, prompt: str) -> bytes:
        images = self._calls.clients.sdk.images.with_streaming_response
        return self._made(attempt, images.generate, prompt=prompt)

    def _edit(self, attempt: Attempt, prompt: str, previous: bytes) -> bytes:
        images = self._calls.clients.sdk.images.with_streaming_response
        mime_type = _mime_type(previous)
        file = (f"portrait.{mime_type.partition('/')[2]}", previous, mime_type)
        return self._made(attempt, images.edit, prompt=prompt, image=file)

    def _made(self, attempt: Attempt, call: Callable[..., Any], **asked: Any) -> bytes:
        """The bytes of the one picture that a call makes."""
        attempt.tally.attempts += 1
        body = {"model": attempt.model, "n": 1, **asked}
        request = call(
            **body,
            extra_body=self._options or None,
            extra_headers=attempt.headers,
            timeout=self._timeout(attempt),
        )
        with self._sent(attempt, request) as response:
            answer = self._calls.reception.body(
                response.http_response, _MOST_BYTES, attempt.deadline
            )
        picture = _picture_in(answer, attempt)
        if b64 := picture.get("b64_json"):
            return _decoded(b64)
        return self._fetched(attempt, picture.get("url"))

    def _fetched(self, attempt: Attempt, told: object) -> bytes:
        """What is at the address that a service gave; it need not be ours to keep for long."""
        if not isinstance(told, str):
            raise Garbled()
        if told.startswith("data:"):
            return _decoded(told.partition(",")[2])
        address = told
        for _ in range(_MOST_REDIRECTS):
            if not self._may_ask(address):
                raise Garbled()
            timeout = self._timeout(attempt)
            stream = self._calls.clients.http.stream("GET", address, timeout=timeout)
            with self._sent(attempt, stream) as response:
                if response.status_code == 200:
                    return self._calls.reception.body(response, _MOST_BYTES, attempt.deadline)
                if not response.has_redirect_location:
                    raise of_status(max(response.status_code, 500), response.headers, None)
                address = urljoin(address, response.headers["location"])
        raise Garbled()

    def _may_ask(self, address: str) -> bool:
        """Whether an address is out in the world, or on the machine of the service itself."""
        return urlsplit(address).hostname == self._calls.service.hostname or is_public(address)

    def _timeout(self, attempt: Attempt) -> httpx2.Timeout:
        import httpx2

        service, left = self._calls.service, attempt.deadline.left
        # An image service is silent until the picture is there: the deadline is its only limit.
        return httpx2.Timeout(left, connect=min(service.connect, left))

    @contextmanager
    def _sent(self, attempt: Attempt, request: AbstractContextManager[Any]) -> Iterator[Any]:
        with self._calls.sending(attempt):
            response = request.__enter__()
        try:
            yield response
        finally:
            request.__exit__(None, None, None)

    def _can_edit(self, model: str) -> bool:
        return self._shelf.get(self._edits(model)) != _NO

    def _edits(self, model: str) -> str:
        return f"edits {self._calls.service.address} {model}"


def _never_edits(error: UpstreamError) -> bool:
    """Whether a refusal is one of all edits, and not of this picture or these words."""
    return not isinstance(error, UnsupportedRequest) or bool(_NO_EDITS.search(error.complaint))


def _picture_in(answer: bytes, attempt: Attempt) -> dict[str, Any]:
    """The picture that an answer tells of, and what it took."""
    try:
        told = orjson.loads(answer)
        if error := told.get("error"):
            raise of_event(error)
        usage = told.get("usage") or {}
        attempt.took(usage.get("input_tokens"), usage.get("output_tokens"))
        picture: dict[str, Any] = told["data"][0]
        picture.get("url")
    except (orjson.JSONDecodeError, AttributeError, KeyError, IndexError, TypeError) as error:
        raise Garbled() from error
    return picture


def _decoded(b64: str) -> bytes:
    try:
        return base64.b64decode(b64, validate=True)
    except (binascii.Error, ValueError, TypeError) as error:
        raise Garbled() from error


def _mime_type(data: bytes) -> str:
    """What kind of picture this is. Raises `Garbled` where it is none that we serve."""
    from PIL import Image

    try:
        with Image.open(BytesIO(data)) as image:
            image.verify()
            return _TYPES[str(image.format)]
    except (OSError, SyntaxError, ValueError, KeyError, Image.DecompressionBombError) as error:
        raise Garbled() from error

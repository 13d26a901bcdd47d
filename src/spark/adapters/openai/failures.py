"""What can go wrong with a model's service, in our own words.

The codes are those of OpenAI's error bodies; other services use some of them, so the HTTP status
decides and the code makes it finer.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from contextlib import contextmanager
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

from ...errors import (
    UpstreamBroken,
    UpstreamBusy,
    UpstreamCutShort,
    UpstreamError,
    UpstreamModelUnknown,
    UpstreamQuota,
    UpstreamRefused,
    UpstreamTimeout,
    UpstreamUnauthorized,
    UpstreamUnavailable,
)
from ...models import now

if TYPE_CHECKING:
    import httpx2

_QUOTA = re.compile(r"insufficient_quota|insufficient.?balance|arrearage|billing|credit", re.I)
_REFUSED = re.compile(
    r"content_policy|content_filter|moderation|data_?inspection|sensitive|safety|risk", re.I
)
_UNKNOWN_MODEL = re.compile(r"model", re.I)


class UnsupportedRequest(UpstreamError):
    """The service does not take something of how we asked."""

    complaint = ""
    """Its own words: to learn from, never to show."""


class Garbled(UpstreamError):
    """The service answered with something that is no answer of its kind at all."""


def may_pass(error: UpstreamError) -> bool:
    """Whether the same call may well succeed in a moment."""
    if isinstance(error, UpstreamQuota):
        return False
    return isinstance(error, UpstreamUnavailable | UpstreamTimeout | UpstreamBroken | Garbled)


def is_final(error: UpstreamError) -> bool:
    """Whether no other model of the service could do better."""
    return isinstance(error, UpstreamUnauthorized | UpstreamRefused)


def blames_service(error: UpstreamError) -> bool:
    """Whether the service itself is in a bad way, rather than our request."""
    return may_pass(error) and not isinstance(error, UpstreamBusy)


@contextmanager
def foreign_errors() -> Iterator[None]:
    """Turn what the SDK and the HTTP library raise into our own."""
    import httpx2
    import openai

    try:
        yield
    except openai.APIStatusError as error:
        raise of_status(error.status_code, error.response.headers, error.body) from _bare(error)
    except (openai.APITimeoutError, httpx2.TimeoutException) as error:
        raise UpstreamTimeout() from _bare(error)
    except (httpx2.ConnectError, httpx2.ProxyError) as error:
        raise UpstreamUnavailable() from _bare(error)
    except openai.APIConnectionError as error:
        raise UpstreamUnavailable() from _bare(error)
    except (httpx2.HTTPError, httpx2.StreamError, httpx2.InvalidURL) as error:
        raise UpstreamBroken() from _bare(error)
    except (openai.OpenAIError, json.JSONDecodeError) as error:
        raise Garbled() from _bare(error)


def of_status(status: int, headers: httpx2.Headers | Any, body: object) -> UpstreamError:
    """Our failure for an answer with an error status."""
    said = _said(body)
    if status in (401, 403) and not _REFUSED.search(said):
        # A key that may not use this model may well use another.
        return UpstreamModelUnknown() if "model_not_found" in said else UpstreamUnauthorized()
    if status == 429 or status == 402:
        # OpenAI's words about a mere rate limit speak of billing too.
        if status == 402 or (_QUOTA.search(said) and "rate_limit_exceeded" not in said):
            return UpstreamQuota()
        return UpstreamBusy(retry_after=retry_after(headers))
    if status == 404 and _UNKNOWN_MODEL.search(said):
        return UpstreamModelUnknown()
    if status in (408, 504):
        return UpstreamTimeout()
    if status >= 500:
        return UpstreamUnavailable(retry_after=retry_after(headers))
    return _of_bad_request(said)


def of_event(error: object) -> UpstreamError:
    """Our failure for an error that a stream tells of."""
    said = _said({"error": error})
    if _REFUSED.search(said):
        return UpstreamRefused()
    if _QUOTA.search(said):
        return UpstreamQuota()
    return UpstreamBroken()


def of_finish(reason: str) -> UpstreamError | None:
    """Our failure for the way an answer ended, where it is one."""
    if reason == "content_filter":
        return UpstreamRefused()
    return UpstreamCutShort() if reason == "length" else None


def retry_after(headers: Any) -> float | None:
    """The seconds that a service asks us to wait: RFC 9110, 10.2.3, and OpenAI's milliseconds."""
    milliseconds, said = headers.get("retry-after-ms"), headers.get("retry-after")
    try:
        seconds = float(milliseconds) / 1000 if milliseconds else float(said)
    except (TypeError, ValueError):
        try:
            seconds = (parsedate_to_datetime(said) - now()).total_seconds()
        except (TypeError, ValueError):
            return None
    return max(0.0, seconds) if math.isfinite(seconds) else None


def _of_bad_request(said: str) -> UpstreamError:
    if _REFUSED.search(said):
        return UpstreamRefused()
    if "model_not_found" in said or "model_not_exist" in said:
        return UpstreamModelUnknown()
    unsupported = UnsupportedRequest()
    unsupported.complaint = said
    return unsupported


def _said(body: object) -> str:
    """The code and the words of an error body; nothing of it goes any further."""
    error = body.get("error", body) if isinstance(body, dict) else body
    return json.dumps(error, ensure_ascii=False, default=str)[:4000]


def _bare(error: Exception) -> Exception:
    """What of a foreign error may be logged: its kind, for its words may repeat our key."""
    return ForeignError(type(error).__name__, getattr(error, "status_code", None))


class ForeignError(Exception):
    """Stands for an exception of the SDK or the HTTP library."""

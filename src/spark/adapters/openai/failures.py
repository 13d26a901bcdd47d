"""What can go wrong with a model's service, in our own words.

The codes are those of OpenAI's error bodies; other services use some of them, so the HTTP status
decides and the code makes it finer.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
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
from .deadline import OutOfTime

if TYPE_CHECKING:
    import httpx2

_QUOTA = re.compile(
    r"insufficient[ _](?:user_)?(?:quota|balance|funds|credits?)|exceeded[ _]current[ _]quota"
    r"|balance is (?:insufficient|too low)|billing_(?:hard_limit|not_active)"
    r"|(?:out of|no|any) credits|arrear|AccountOverdue|FreeTierOnly|欠费|余额不足",
    re.I,
)
_THROTTLED = re.compile(
    r"rate[ _-]?limit|throttling|too many requests|per minute|token-limit|retry in", re.I
)
"""Some services put a limit per minute into the words of an account that is used up."""

_REFUSED = re.compile(
    r"content[ _]?(?:policy|filter|management policy|exists risk)|data_?inspection_?failed"
    r"|high risk|moderation_blocked|(?:requires|flagged by|failed) moderation|flagged as"
    r"|(?<!case[- ])sensitive[ _]?(?:content|words)|new_sensitive|inappropriate content"
    r"|(?:our|due to|by the) safety|safety (?:system|filter|polic|reason)|responsible_?ai"
    r"|prohibited_content|敏感|违规",
    re.I,
)
_UNKNOWN_MODEL = re.compile(
    r"model[ _]?not[ _]?(?:found|exists?)|model.{0,120}?(?:does not exist|not found)"
    r"|not a valid model|(?:invalid|unknown) model|InvalidEndpoint|模型不存在",
    re.I | re.S,
)
_TOO_LONG = re.compile(
    r"context[ _](?:length|window)|maximum context|(?:prompt|input) is too long|input length", re.I
)
_OF_FORMAT = re.compile(r"response_format|schema|stream_options", re.I)


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
    return may_pass(error) and not isinstance(error, UpstreamBusy | OutOfTime)


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
    if status == 402 or (_is_quota(said) and status in (400, 403, 429)):
        return UpstreamQuota()
    if status in (401, 403) and not _REFUSED.search(said):
        # A key that may not use this model may well use another.
        return UpstreamModelUnknown() if "model_not_found" in said else UpstreamUnauthorized()
    if status == 429:
        return UpstreamBusy(retry_after=retry_after(headers))
    if status == 404:
        return UpstreamModelUnknown()
    if status in (408, 504):
        return UpstreamTimeout()
    if status in (405, 501):
        return _unsupported("this is not supported")
    if status == 413:
        return UpstreamError()
    if status >= 500:
        return UpstreamUnavailable(retry_after=retry_after(headers))
    return _of_bad_request(said)


def of_event(error: object) -> UpstreamError:
    """Our failure for an error that a stream tells of."""
    said = _said({"error": error})
    if _REFUSED.search(said):
        return UpstreamRefused()
    if _is_quota(said):
        return UpstreamQuota()
    return UpstreamBusy() if _THROTTLED.search(said) else UpstreamBroken()


def of_finish(reason: str) -> UpstreamError | None:
    """Our failure for the way an answer ended, where it is one."""
    if reason == "content_filter":
        return UpstreamRefused()
    return UpstreamCutShort() if reason == "length" else None


def retry_after(headers: Any) -> float | None:
    """The seconds that a service asks us to wait: RFC 9110, 10.2.3, and OpenAI's milliseconds."""
    milliseconds, said = headers.get("retry-after-ms"), headers.get("retry-after")
    for number, unit in ((milliseconds, 1000), (said, 1)):
        with suppress(TypeError, ValueError):
            return _finite(float(number) / unit)
    with suppress(TypeError, ValueError, OverflowError):
        return _finite((parsedate_to_datetime(said) - now()).total_seconds())
    return None


def _finite(seconds: float) -> float | None:
    return max(0.0, seconds) if math.isfinite(seconds) else None


def _is_quota(said: str) -> bool:
    return bool(_QUOTA.search(said)) and not _THROTTLED.search(said)


def _of_bad_request(said: str) -> UpstreamError:
    if _REFUSED.search(said):
        return UpstreamRefused()
    if not _OF_FORMAT.search(said):
        if _UNKNOWN_MODEL.search(said):
            return UpstreamModelUnknown()
        if _TOO_LONG.search(said):
            return UpstreamError()
    return _unsupported(said)


def _unsupported(said: str) -> UnsupportedRequest:
    unsupported = UnsupportedRequest()
    unsupported.complaint = said
    return unsupported


def _said(body: object) -> str:
    """The code and the words of an error body; nothing of it goes any further."""
    error = body.get("error", body) if isinstance(body, dict) else body
    return json.dumps(error, ensure_ascii=False, default=str)[:4000]


def _bare(error: Exception) -> Exception:
    """What of a foreign error may be logged: its kind, for its words may repeat our key."""
    status = getattr(error, "status_code", None)
    return ForeignError(f"{type(error).__name__} {status}" if status else type(error).__name__)


class ForeignError(Exception):
    """Stands for an exception of the SDK or the HTTP library."""

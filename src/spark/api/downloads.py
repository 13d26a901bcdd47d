"""Files as answers."""

from __future__ import annotations

import re
from unicodedata import combining, normalize
from urllib.parse import quote

from flask import Response

from ..renditions import Rendition

_ATTRIBUTE = "!#$&+-.^_`|~"
"""What RFC 8187 lets stand beside letters and digits."""
_NOT_PLAIN = re.compile(r"[^A-Za-z0-9 !#$&'()+,.=@^_`{}~-]+")


def download(rendition: Rendition) -> Response:
    """A file to be saved under its name."""
    response = Response(rendition.data, content_type=_content_type(rendition.media_type))
    response.headers["Content-Disposition"] = disposition(rendition.file_name)
    return response


def disposition(name: str) -> str:
    """The `Content-Disposition` (RFC 6266) of a file to be saved under `name`.

    Old clients read the plain name, in which only ASCII stands; all others the encoded one.
    """
    stem, _, extension = name.rpartition(".")
    letters = (sign for sign in normalize("NFKD", stem) if not combining(sign))
    plain = " ".join(_NOT_PLAIN.sub(" ", "".join(letters)).split()).strip(". ") or "project"
    encoded = quote(name, safe=_ATTRIBUTE)
    return f"attachment; filename=\"{plain}.{extension}\"; filename*=UTF-8''{encoded}"


def _content_type(media_type: str) -> str:
    """Texts say how they are encoded."""
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type

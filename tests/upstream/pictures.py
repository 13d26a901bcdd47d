"""Pictures: small, valid, and of a colour that their words decide."""

from __future__ import annotations

import base64
import hashlib
import re
import struct
import time
import zlib
from typing import Any

from .exchange import Exchange
from .troubles import HTML, PAGE, invalid, refuse, send_value
from .wire import Answer

_SIDE = 64
_NO_BASE64 = "this is !!! not base64"
_BLOCK = bytes(65536)
_DRAWN = re.compile(r"/files/([0-9a-f]{64})\.png")


async def draw(exchange: Exchange, answer: Answer) -> None:
    """Answer a request for a picture, or for a change of one."""
    faults = exchange.scenario.faults
    asked = exchange.body if exchange.kind == "image" else exchange.fields
    if not isinstance(asked, dict) or not asked.get("prompt"):
        return refuse(exchange, answer, invalid("A picture needs a prompt.", "prompt"))
    originals = [exchange.files[name] for name in sorted(exchange.files)]
    if exchange.kind == "edit" and not originals:
        return refuse(exchange, answer, invalid("An edit needs an image.", "image"))
    digest = hashlib.sha256(b"\0".join([str(asked["prompt"]).encode(), *originals])).hexdigest()
    usage = {"input_tokens": len(str(asked["prompt"])) // 3, "output_tokens": 272}
    value: dict[str, Any] = {
        "created": int(time.time()),
        "data": [_entry(exchange, digest)] * int(asked.get("n") or 1),
        "usage": {**usage, "total_tokens": sum(usage.values())},
    }
    for fault, fields in {"no_usage": ["usage"], "no_choices": ["data"]}.items():
        value = {k: v for k, v in value.items() if fault not in faults or k not in fields}
    return await send_value(exchange, answer, value)


async def serve_file(exchange: Exchange, answer: Answer) -> None:
    """Answer a request for a picture that was linked to."""
    drawn = _DRAWN.fullmatch(exchange.path)
    if drawn:
        answer.send(200, {"Content-Type": "image/png"}, picture(drawn[1]))
    elif exchange.path == "/files/page.html":
        answer.send(200, HTML, PAGE)
    elif exchange.path == "/files/endless.png":
        answer.begin(200, {"Content-Type": "image/png"})
        answer.chunk(picture("0" * 64)[:33])
        await answer.pour(_BLOCK)
    else:
        answer.send(404, HTML, PAGE)


def picture(digest: str) -> bytes:
    """A PNG of one colour, the one that a hash begins with."""
    row = b"\0" + bytes.fromhex(digest[:6]) * _SIDE
    header = struct.pack(">2I5B", _SIDE, _SIDE, 8, 2, 0, 0, 0)
    chunks = {b"IHDR": header, b"IDAT": zlib.compress(row * _SIDE), b"IEND": b""}
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks.items()
    )


def _entry(exchange: Exchange, digest: str) -> dict[str, str]:
    """The picture as it is handed over: encoded, or as a link."""
    scenario, faults = exchange.scenario, exchange.scenario.faults
    files = f"http://{exchange.headers.get('host', '')}/files"
    if "huge" in faults:
        return {"url": f"{files}/endless.png"}
    if "dead_link" in faults:
        return {"url": f"{files}/gone.png"}
    if "bad_b64" in faults:
        return {"b64_json": _NO_BASE64}
    if scenario.as_url:
        no_picture = "not_an_image" in faults
        return {"url": f"{files}/page.html" if no_picture else f"{files}/{digest}.png"}
    data = PAGE if "not_an_image" in faults else picture(digest)
    return {"b64_json": base64.b64encode(data).decode()}

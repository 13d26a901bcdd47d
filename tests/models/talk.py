"""What the tests of this folder say to the API."""

from __future__ import annotations

import json
from typing import Any

from ..samples import INTERVIEWS, SEED_IDEA

HELLO = {language: messages[0] for language, messages in INTERVIEWS.items()}
ENGLISH_IDEA = {
    "theme": "a signal from deep space",
    "genre": "sci-fi",
    "basic_characters": ["Mia", "Bolt"],
    "plot_points": ["Mia picks up a signal", "she flies to its source", "she meets its senders"],
}
IDEAS = {"zh": SEED_IDEA, "en": ENGLISH_IDEA}


def send(client, message, language="zh", **fields):
    """The answer to a message."""
    body = {"message": message, **fields}
    return client.post("/api/chat/send", json=body, headers={"Accept-Language": language})


def stream(client, message, language="zh"):
    """The events that answer a message, as (name, data) pairs."""
    response = client.post(
        "/api/chat/stream", json={"message": message}, headers={"Accept-Language": language}
    )
    assert response.status_code == 200
    assert response.mimetype == "text/event-stream"
    return events(response.get_data(as_text=True))


def events(text: str) -> list[tuple[str, dict[str, Any]]]:
    """The events in the text of a stream, without its comments."""
    blocks = [block for block in text.strip().split("\n\n") if block.startswith("event: ")]
    pairs = (block.split("\n", 1) for block in blocks)
    return [(n.removeprefix("event: "), json.loads(d.removeprefix("data: "))) for n, d in pairs]


def words(told) -> str:
    """The words that a stream's events showed."""
    return "".join(data["text"] for name, data in told if name == "delta")


def story(client, language="zh", **fields):
    """A story from an idea."""
    return _generate(client, "story", language, fields)


def cast(client, language="zh", **fields):
    """The characters of an idea, without pictures unless they are asked for."""
    return _generate(client, "characters", language, {"generate_images": False, **fields})


def _generate(client, part, language, fields):
    body = {"user_idea": IDEAS[language], **fields}
    headers = {"Accept-Language": language}
    return client.post(f"/api/content/{part}/generate", json=body, headers=headers)


def history(client) -> list[tuple[str, str]]:
    """Everything said so far, as (role, content) pairs."""
    told = client.get("/api/chat/history").json["history"]
    return [(message["role"], message["content"]) for message in told]


def latest(exchange) -> str:
    """The last words of a request to the model."""
    return exchange.body["messages"][-1]["content"]

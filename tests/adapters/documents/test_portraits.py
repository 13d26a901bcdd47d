"""Portraits on their way to a page, and what is loaded before the first."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from src.spark.adapters.documents.portraits import printed

from .manuscripts import a_picture

LOADED = """
import sys
from src.spark.adapters.documents import presses
from tests.adapters.documents.manuscripts import a_manuscript
presses.warm_up()
before = set(sys.modules)
for name in ("html", "docx"):
    presses.presses()[name].set(a_manuscript())
libraries = {"docx", "jinja2", "lxml.etree", "fontTools.subset", "PIL.Image"}
print(*libraries - before)
print(*(n for n in set(sys.modules) - before if n.startswith(("docx", "jinja2", "lxml"))))
"""


def test_a_portrait_is_made_ready_once_for_all_who_ask():
    portrait = a_picture()
    asked = [replace(portrait, address=f"/{number}") for number in range(8)]
    with ThreadPoolExecutor(8) as pool:
        prints = list(pool.map(printed, asked))
    assert prints[0].data[:3] == b"\xff\xd8\xff"
    assert all(made is prints[0] for made in prints)


def test_what_is_another_picture_is_another_print():
    assert printed(a_picture()) is not printed(a_picture(kind="JPEG"))


def test_a_warm_server_has_loaded_what_the_first_documents_need():
    command = [sys.executable, "-B", "-c", LOADED]
    result = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    assert result.stdout.split() == []

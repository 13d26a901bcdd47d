"""What every part of the staging of Chinese needs to know of its words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, cached_property
from typing import Any

from ..vocabulary import read

CLAUSE = re.compile(r"[，,、；;：:。！？!?…\n—]")
REACH = 200
NUMBER = r"[一二两三四五六七八九十百千几半数多\d]+"
QUANTITY = re.compile(
    rf"^(?:这|那|另|某|同)?(?:{NUMBER}|整)?(?:家|座|间|条|片|艘|个|所|处|栋|幢|辆|架|节|道|扇|块|棵|只|位|名)(?=.)"
)


def longest_first(items: Iterable[str]) -> str:
    """A pattern of words in which the longest one that fits is found."""
    return "|".join(map(re.escape, sorted(set(items), key=len, reverse=True)))


@cache
def _listed(section: str, name: str) -> frozenset[str]:
    return frozenset(read("staging_zh")[section][name].split())


def is_heard(inner: str) -> bool:
    """Whether a quotation holds anything that could be heard."""
    return any(sign.isalnum() for sign in inner) or bool(re.search(r"[？！?!…—]", inner))


class ChineseWords:
    """The vocabulary."""

    @cached_property
    def _words(self) -> dict[str, Any]:
        return read("staging_zh")

    def _list(self, section: str, name: str) -> frozenset[str]:
        return _listed(section, name)

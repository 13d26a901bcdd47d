"""How often the offline writer understands an interview, per element and language.

    python -m benchmarks.interview [--wrong] [FILE …]

Labels and rules: `benchmarks/interviews/README.md`.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from src.spark.adapters.offline.writer import OfflineWriter
from src.spark.models import FIELD_OF, OPTIONAL, REQUIRED, Element, IdeaDraft, Message

SETS = Path(__file__).parent / "interviews"
AIMS = {**dict.fromkeys(REQUIRED, 0.95), **dict.fromkeys(OPTIONAL, 0.9)}


class Verdict(NamedTuple):
    """Whether one element was understood, and how many characters were invented."""

    right: bool
    invented: int = 0


def agrees(value: str, forms: Iterable[str]) -> bool:
    """Whether `value` holds one of `forms` or stands in one of them."""
    folded = value.casefold()
    return any(form.casefold() in folded or folded in form.casefold() for form in forms)


def judge(element: Element, label: Any, idea: IdeaDraft) -> Verdict:
    """Hold what the writer understood of one element against its label."""
    value = idea.value(element)
    if element == "characters":
        return judge_characters(label or [], idea.basic_characters)
    if element == "plot":
        return Verdict(judge_plot(label or [], idea.plot_points))
    if label is None or value is None:
        return Verdict(label is None and value is None)
    if element == "duration":
        return Verdict(value == label)
    return Verdict(agrees(str(value), label))


def judge_characters(labels: list[list[str]], values: list[str]) -> Verdict:
    """Right when labels and values match one to one; values nothing matches are invented."""
    holder: dict[int, int] = {}

    def place(value: int, tried: set[int]) -> bool:
        for label in range(len(labels)):
            if label in tried or not agrees(values[value], labels[label]):
                continue
            tried.add(label)
            if label not in holder or place(holder[label], tried):
                holder[label] = value
                return True
        return False

    placed = sum(place(value, set()) for value in range(len(values)))
    return Verdict(placed == len(values) == len(labels), len(values) - placed)


def judge_plot(events: list[list[str]], points: list[str]) -> bool:
    """Right when the points tell every event, in order, and nothing else."""
    at = -1
    told = set()
    for point in points:
        fits = [
            i
            for i, words in enumerate(events)
            if any(w.casefold() in point.casefold() for w in words)
        ]
        later = [i for i in fits if i >= at]
        if not later:
            return False
        told.update(fits)
        at = later[0]
    return len(told) == len(events)


def understand(writer: OfflineWriter, turns: list[str]) -> IdeaDraft:
    """The idea after the last of `turns`."""
    return writer.structure([Message(role="user", content=turn) for turn in turns]).value.idea


def main() -> None:
    """Print, for each language and element, how often the writer was right."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--wrong", action="store_true", help="print what was misunderstood")
    arguments = parser.parse_args()
    writer = OfflineWriter()
    right: Counter[tuple[str, str]] = Counter()
    scored: Counter[tuple[str, str]] = Counter()
    invented: Counter[str] = Counter()
    interviews: Counter[str] = Counter()
    for path in arguments.files or sorted(SETS.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            interview = json.loads(line)
            language = interview["language"]
            interviews[language] += 1
            idea = understand(writer, interview["turns"])
            for element, label in interview["expect"].items():
                verdict = judge(element, label, idea)
                right[language, element] += verdict.right
                scored[language, element] += 1
                invented[language] += verdict.invented
                if arguments.wrong and not verdict.right:
                    print(
                        f"{interview['id']} {element}: said {label}, took {idea.value(element)!r}"
                    )
    print_table(right, scored, invented, interviews)


def print_table(
    right: Counter[tuple[str, str]],
    scored: Counter[tuple[str, str]],
    invented: Counter[str],
    interviews: Counter[str],
) -> None:
    """The table: a row an element, a column a language."""
    languages = sorted(interviews)
    print("element       aim " + "".join(f"{lang:>18}" for lang in languages))
    for element in FIELD_OF:
        cells = ""
        for language in languages:
            n, of = right[language, element], scored[language, element]
            cells += f"{n:>7}/{of:<3} = {n / of:.2f}" if of else f"{'-':>18}"
        print(f"{element:<13} {AIMS[element]:.2f}{cells}")
    print("invented characters".ljust(18) + "".join(f"{invented[lang]:>18}" for lang in languages))
    print("interviews".ljust(18) + "".join(f"{interviews[lang]:>18}" for lang in languages))


if __name__ == "__main__":
    main()

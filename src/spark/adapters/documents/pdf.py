"""The treatment as a PDF, set by Typst."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from ...errors import SparkError
from ...renditions import Manuscript
from . import typesetter
from .portraits import printed
from .treatment import Sheet, Treatment

_TEMPLATE = Path(__file__).with_name("treatment.typ")
_FONT = Path(__file__).parents[2] / "assets" / "NotoSansCJKsc-Regular-subset.otf"
_FAMILIES = ["Noto Sans CJK SC", typesetter.FAMILY]
"""Ours, and what the typesetter draws for signs that no font has; any font of the system may give
those it has."""
_LONGEST = 120.0
"""Seconds for one document; one of 1,600 pages took 8."""
_AT_ONCE = threading.Semaphore(2)
"""Typst keeps all cores at work on one document: more at once would only take more memory."""


class PdfPress:
    """A `Press` for PDF."""

    def set(self, manuscript: Manuscript) -> bytes:
        """The treatment as A4 pages, tagged, with its fonts; pictures nobody can read are left out.

        A4 in either language: a language is no country, and most who write English print on it.
        """
        told = Treatment.of(manuscript)
        with _AT_ONCE, TemporaryDirectory(prefix="spark-pdf-") as folder:
            data = json.dumps(_data(told, Path(folder)), ensure_ascii=False)
            Path(folder, "treatment.json").write_text(data, encoding="utf-8")
            return _typeset(folder, manuscript.project.updated_at)


def _typeset(folder: str, moment: datetime) -> bytes:
    # Without -P the modules beside the command would hide those of Python that have their names.
    command = [sys.executable, "-P", typesetter.__file__, str(_TEMPLATE), folder, str(_FONT)]
    try:
        subprocess.run(
            [*command, str(int(moment.timestamp()))],
            check=True,
            capture_output=True,
            timeout=_LONGEST,
        )
    except subprocess.SubprocessError as error:
        said: bytes = getattr(error, "stderr", None) or b""
        error.add_note(said.decode(errors="replace")[-4000:])
        raise SparkError from error
    return Path(folder, typesetter.RESULT).read_bytes()


def _data(told: Treatment, folder: Path) -> dict[str, Any]:
    """What the template reads; the pictures are laid down beside it."""
    paths = [folder / f"{place}.jpg" for place in range(len(told.sheets))]
    with ThreadPoolExecutor(2) as pool:
        portraits = list(pool.map(_portrait, told.sheets, paths))
    sheets = [
        {**asdict(sheet), "portrait": portrait}
        for sheet, portrait in zip(told.sheets, portraits, strict=True)
    ]
    return {**asdict(told), "sheets": sheets, "fonts": _FAMILIES}


def _portrait(sheet: Sheet, path: Path) -> dict[str, Any] | None:
    made = printed(sheet.portrait) if sheet.portrait else None
    if not made:
        return None
    path.write_bytes(made.data)
    return {"path": path.name, "ratio": made.width / made.height, "alt": sheet.name}

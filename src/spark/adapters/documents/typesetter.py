"""Sets one document with Typst, in a process of its own: a command for `pdf.py`, imported by none.

What Typst remembers of the last ten documents, up to gigabytes, goes with the process, and so does
a text that makes it panic, overflow its stack or never end.
"""

from __future__ import annotations

import sys
from pathlib import Path

RESULT = "treatment.pdf"


def main(template: str, folder: str, fonts: str, timestamp: str) -> None:
    """Set `template`, which reads what lies in `folder`, and leave the PDF there."""
    import typst

    data = typst.compile(
        Path(template).read_bytes(),
        root=folder,
        font_paths=typst.Fonts(font_paths=[fonts]),
        timestamp=int(timestamp),
    )
    Path(folder, RESULT).write_bytes(data)


if __name__ == "__main__":
    main(*sys.argv[1:])

"""SVG → PNG for documents that cannot hold drawings, made by the same compiler as the PDF."""

import json
from collections.abc import Sequence

import typst

from dashboard.report.schriften import schriften

AUFLOESUNG = 220.0  # dots per inch: sharp in print, and small enough for forty charts in one file
VORLAGE = b"""
#set page(width: auto, height: auto, margin: 0pt)
#for svg in json(bytes(sys.inputs.bilder)) { page(image(bytes(svg), format: "svg")) }
"""


def als_png(svgs: Sequence[str]) -> list[bytes]:
    """Return each drawing as a PNG in its own size."""
    if not svgs:
        return []
    pages = typst.compile(
        VORLAGE,
        format="png",
        ppi=AUFLOESUNG,
        font_paths=schriften(),
        sys_inputs={"bilder": json.dumps(list(svgs), ensure_ascii=False)},
    )
    return [bytes(page) for page in (pages if isinstance(pages, list) else [pages])]

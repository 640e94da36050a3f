"""Reports → PDF: PDF/UA-1 and PDF/A-2a as the compiler checks them, same content, same bytes."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC
from pathlib import Path
from typing import Any

import typst

from dashboard import texts, theme
from dashboard.report.schriften import qr_svg, schriften
from etl.errors import SozialmonitorError
from indicators.report.dokument import Bericht, Block, Schaubild, Wegweiser

VORLAGE = "bericht.typ"
ZU_LANG = "PASST NICHT: "  # how the template says that a chapter is longer than its page
FARBEN = {
    "tinte": theme.TINTE,
    "grau": theme.GRAU,
    "linie": theme.LINIE,
    "flaeche": theme.FLAECHE,
    "akzent": theme.AKZENT,
}


def pdf(berichte: Sequence[Bericht], titel: str = "") -> bytes:
    """Return one or several reports as one PDF.

    titel: of the whole, where there are several
    Raises:  SozialmonitorError if a text is too long for its place
    """
    first = berichte[0]
    made = first.erzeugt
    draft = " (Entwurf)" if first.entwurf else ""
    data = {
        "titel": titel or f"{first.art}: {first.titel}",
        "verfasser": f"{texts.name()} {texts.kreis_name()}",
        "stand": f"Datenstand {first.stand}{draft}",
        "tag": [made.year, made.month, made.day],
        "farben": FARBEN,
        "berichte": [_als_daten(b) for b in berichte],
    }
    try:
        compiled = typst.compile(
            (Path(__file__).parent / VORLAGE).read_bytes(),
            format="pdf",
            font_paths=schriften(),
            sys_inputs={"daten": json.dumps(data, ensure_ascii=False)},
            pdf_standards=["ua-1", "a-2a"],  # for every reader, and for the archive
            timestamp=int(made.replace(tzinfo=UTC).timestamp()),
        )
    except typst.TypstError as error:
        _, found, chapter = error.message.partition(ZU_LANG)
        if not found:
            raise
        raise SozialmonitorError.at(
            chapter.strip(),
            "Dieser Teil passt nicht auf die eine Seite, die er haben darf.",
            "Titel, Kurztitel oder Begründung in der Agenda oder im Katalog kürzen.",
        ) from error
    return bytes(compiled)


def _als_daten(bericht: Bericht) -> dict[str, Any]:
    data = asdict(bericht)
    data.pop("erzeugt")
    data["bloecke"] = [_block(block) for block in bericht.bloecke]
    return data


def _block(block: Block) -> dict[str, Any]:
    data: dict[str, Any] = {"was": type(block).__name__, **asdict(block)}
    if isinstance(block, Schaubild | Wegweiser):
        data["code"] = qr_svg(block.adresse)
        data["kurz"] = block.adresse.partition("://")[2]
    return data

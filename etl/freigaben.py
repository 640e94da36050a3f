"""Signed notes beside data/raw: what a check found is accepted, or a delivery may be published.

A note holds for one file only: the next file of the same source is checked, and waits, anew.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import Field

from etl.befund import Befund
from etl.lieferungen import Lieferung
from etl.yamlfile import Strict, load_yaml

FOLDER = "freigaben"
Pruefung = Literal[
    "summe", "sprung", "ausreisser", "monat", "verschiebung", "kopie", "unmoeglich", "revision",
    "ersetzt", "umfang", "veroeffentlichung",
]  # fmt: skip
BERLIN = ZoneInfo("Europe/Berlin")


class Freigabe(Strict):
    """Who accepts which findings of which file, or its publication, when and why.

    sha256: the fingerprint of the file or its first twelve characters or more
    """

    quelle: str
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{12,64}$")]
    pruefungen: Annotated[tuple[Pruefung, ...], Field(min_length=1)]
    funktion: Annotated[str, Field(min_length=3)]
    datum: date
    grund: Annotated[str, Field(min_length=10)]

    def gilt(self, quelle: str, sha256: str, pruefung: str) -> bool:
        """Say whether the note accepts a finding of that kind for this very file."""
        return (
            quelle == self.quelle and sha256.startswith(self.sha256) and pruefung in self.pruefungen
        )


def load_freigaben(raw: Path) -> list[Freigabe]:
    """Return all notes in the folder `freigaben` beside `raw`.

    Raises:  DefinitionError naming file, line, field and remedy
    """
    return [load_yaml(path, Freigabe) for path in sorted((raw.parent / FOLDER).glob("*.yaml"))]


def vermerke(
    befunde: Iterable[Befund], freigaben: Sequence[Freigabe], prints: Mapping[str, str]
) -> Iterator[Befund]:
    """Yield the findings; an accepted one says by whom, when and why, and is a hint only.

    prints: the fingerprint of every delivered file by the id of its source
    """
    for befund in befunde:
        print_ = prints.get(befund.quelle, "")
        note = next((f for f in freigaben if f.gilt(befund.quelle, print_, befund.art)), None)
        if note is None:
            yield befund
            continue
        text = (
            f"{befund.text} Freigegeben am {note.datum:%d.%m.%Y} durch {note.funktion}:"
            f" {note.grund.rstrip('.')}."
        )
        yield Befund(befund.art, "hinweis", befund.quelle, text)
    for note in freigaben:
        if not prints.get(note.quelle, "").startswith(note.sha256):
            text = f"Die Freigabe vom {note.datum:%d.%m.%Y} gilt nicht mehr: Die Datei ist eine andere."
            yield Befund("freigabe", "hinweis", note.quelle, text)


def wartet(lieferung: Lieferung, freigaben: Sequence[Freigabe], heute: date | None = None) -> str:
    """Return what a delivery waits for before the public may see it; nothing if it need not wait.

    Open official data need nobody's Freigabe. An internal delivery always does: that of the office
    named in `freigabe`, or else of the one responsible. A note counts if just this office signed it.
    """
    today = heute or datetime.now(BERLIN).date()
    rule, quelle = lieferung.quelle.freigabe, lieferung.quelle
    if rule is None and not lieferung.intern:
        return ""
    office = rule.durch if rule else quelle.verantwortlich
    signed = any(
        note.gilt(quelle.quelle, lieferung.sha256, "veroeffentlichung")
        and note.funktion.casefold() == office.casefold()
        and note.datum <= today
        for note in freigaben
    )
    parts = [] if signed else [f"wartet auf Freigabe durch {office}"]
    if rule and rule.fruehestens and rule.fruehestens > today:
        parts.append(f"gesperrt bis zum {rule.fruehestens:%d.%m.%Y}")
    return ", ".join(parts)

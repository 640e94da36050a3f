"""What a report consists of: blocks of plain values that PDF and DOCX draw alike."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Ueberschrift:
    """A heading; `ebene` 1 begins a chapter, 2 and 3 stand below it.

    eine_seite: what follows up to the next chapter must fit on one page
    """

    text: str
    ebene: int
    neue_seite: bool = False
    eine_seite: bool = False


@dataclass(frozen=True, slots=True)
class Absatz:
    """A paragraph; art: text, satz (the one to read first), leise (a remark).

    haelt: stays on the page of what follows, as the introduction of a chart does
    """

    text: str
    art: str = "text"
    haelt: bool = False


@dataclass(frozen=True, slots=True)
class Liste:
    """Points, each with a word in front that is set in bold, or none; haelt: as of a paragraph."""

    punkte: tuple[tuple[str, str], ...]
    haelt: bool = False


@dataclass(frozen=True, slots=True)
class Tabelle:
    """A table of text; its title is its caption and its head is repeated on every page.

    breiten: share of each column in the width; rechts: places of the columns with numbers
    A cell may have several lines; the first line of a first cell that has is its title.
    dicht: narrow rows, kept together on one page
    """

    titel: str
    kopf: tuple[str, ...]
    zeilen: tuple[tuple[str, ...], ...]
    breiten: tuple[float, ...]
    rechts: tuple[int, ...] = ()
    dicht: bool = False


@dataclass(frozen=True, slots=True)
class Schaubild:
    """An indicator: its question, newest value and statement, its chart and the way to its page.

    svg: the chart, empty where there is none; satz: its sentence and text alternative
    """

    titel: str
    wert: str
    einheit: str
    zeilen: tuple[str, ...]
    wo: str
    aussage: str
    erklaerung: str
    svg: str
    satz: str
    adresse: str


@dataclass(frozen=True, slots=True)
class Bild:
    """A small drawing with the sentence that says the same."""

    svg: str
    satz: str


@dataclass(frozen=True, slots=True)
class Reihe:
    """An indicator of a place in one row: value, comparison, course, and place among the others."""

    titel: str
    stand: str
    wert: str
    einheit: str
    zeilen: tuple[str, ...]
    verlauf: Bild
    richtung: str
    lage: Bild


@dataclass(frozen=True, slots=True)
class Wegweiser:
    """The way to a page of the dashboard, to be typed or photographed."""

    text: str
    adresse: str


@dataclass(frozen=True, slots=True)
class Kasten:
    """Points in a frame that somebody completes by hand, such as a draft resolution."""

    titel: str
    punkte: tuple[str, ...]


Block = Ueberschrift | Absatz | Liste | Tabelle | Schaubild | Reihe | Wegweiser | Kasten


@dataclass(frozen=True, slots=True)
class Bericht:
    """One report: what stands on its title page or at its head, and its blocks.

    kurz: a report of few pages, without title page and contents
    kennung: what its file is called
    """

    kennung: str
    titel: str
    art: str
    untertitel: str
    angaben: tuple[tuple[str, str], ...]
    stand: str
    erzeugt: datetime
    entwurf: bool
    bloecke: tuple[Block, ...]
    kurz: bool = False

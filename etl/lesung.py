"""What the readers of single tables share: places, areas and times, each spelling resolved once."""

import csv
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path

from etl.errors import DeliveryError, Mangel
from etl.gebiete import Gebiete, GebieteError
from etl.mandant import mandant
from etl.symbols import Druck, lies_druck
from etl.tafel import Tafel, buchstaben, entziffert, tafel_aus_text
from etl.zeit import Zeit, erkenne_zeit, parse_zeit
from etl.zellen import Zelle

SONSTIGE = "sonstige"
BUND = re.compile(
    r"(deutschland|bund|bundesgebiet|bundesrepublik deutschland)( insgesamt)?", re.IGNORECASE
)
FREMD = re.compile(r"'?(?!0?8)(\d{2,12})(?=[ .,]|$)")  # the key of another Land
FAKTOREN = (  # printed unit → single units
    (re.compile(r"^\s*(in )?(1[. ]?000|tsd\b|tausend)", re.IGNORECASE), 1000.0),
    (re.compile(r"^\s*(in )?(mill?\b|mio\b|million)", re.IGNORECASE), 1_000_000.0),
    (re.compile(r"^\s*(in )?(mrd\b|milliard)", re.IGNORECASE), 1_000_000_000.0),
)
JAHRE = re.compile(r"(\d{4}) bis (\d{4})")
ZEIT_ABHILFE = (
    "Den Zeitpunkt als 31.12.2022, 2022, Juni 2024 oder 2022/23 schreiben oder in form angeben."
)
ZEICHEN_ABHILFE = (
    "Die Zelle mit der Originaldatei vergleichen; ein Zeichen, das nur dieser Herausgeber kennt,"
    " in form unter symbole nennen."
)


@dataclass(frozen=True, slots=True)
class Stelle:
    """A cell of a file, as people look it up: line and column count from 1."""

    blatt: str
    zeile: int
    spalte: int = 0

    def in_file(self, datei: str) -> str:
        """Return »zahlen.csv:12, Spalte 3« or »mappe.xlsx, Blatt »Daten«, Zelle C12«."""
        if not self.blatt:
            return f"{datei}:{self.zeile}" + (f", Spalte {self.spalte}" if self.spalte else "")
        cell = (
            f"Zelle {buchstaben(self.spalte)}{self.zeile}" if self.spalte else f"Zeile {self.zeile}"
        )
        return f"{datei}, Blatt »{self.blatt}«, {cell}"


@cache
def faktor(einheit: str) -> float:
    """Return what one printed unit is worth: »Tsd. EUR« 1000, »Mill. EUR« a million, else 1."""
    return next((value for form, value in FAKTOREN if form.match(einheit)), 1.0)


def merkmale(found: Mapping[str, str]) -> str:
    """Return characteristics as the JSON that stands in `zellen`."""
    return _json(tuple(sorted((name, word) for name, word in found.items() if word)))


@lru_cache(maxsize=4096)
def _json(pairs: tuple[tuple[str, str], ...]) -> str:
    return json.dumps(dict(pairs), ensure_ascii=False)


def erste_zeilen(kopf: bytes, pfad: Path) -> Tafel | None:
    """Return the whole lines at the beginning of a CSV as cells; nothing if it is none."""
    whole = kopf[: kopf.rfind(b"\n") + 1] or kopf
    try:
        return tafel_aus_text(entziffert(whole, pfad.name), pfad.name)
    except DeliveryError:
        return None


@cache
def _ebenen() -> dict[str, str]:
    with (mandant().gebiete / "gebiete.csv").open(encoding="utf-8", newline="") as file:
        return {row["gebiet"]: row["ebene"] for row in csv.DictReader(file, delimiter=";")}


@dataclass
class Lesung:
    """One file being read."""

    pfad: Path
    gebiete: Gebiete
    tabelle: str = ""
    symbole: Mapping[str, str] = field(default_factory=dict)
    dezimal: str = ","
    _drucke: dict[tuple[str, str], Druck] = field(default_factory=dict)
    _orte: dict[str, tuple[str, str]] = field(default_factory=dict)
    _zeiten: dict[tuple[str, str, str], Zeit] = field(default_factory=dict)

    @property
    def ebenen(self) -> dict[str, str]:
        """Return the level of every key."""
        return _ebenen()

    def fehler(self, stelle: Stelle | None, problem: str, abhilfe: str) -> DeliveryError:
        """Build the refusal for a place of this file."""
        ort = stelle.in_file(self.pfad.name) if stelle else self.pfad.name
        return DeliveryError([Mangel(ort, problem, abhilfe)])

    def gebiet(self, text: str, stelle: Stelle) -> tuple[str, str]:
        """Return key and level of an area; one that is not ours keeps its printed key.

        Raises:  DeliveryError for an unknown key below our Kreis, or an empty one
        """
        if text not in self._orte:
            self._orte[text] = self._gebiet(text, stelle)
        return self._orte[text]

    def _gebiet(self, text: str, stelle: Stelle) -> tuple[str, str]:
        word = " ".join(text.split())
        if not word:
            raise self.fehler(
                stelle,
                "Hier fehlt das Gebiet.",
                "Den amtlichen Schlüssel aus der Quelle nachtragen.",
            )
        if BUND.fullmatch(word):
            return "DG", self.ebenen["DG"]
        foreign = FREMD.match(word)
        if foreign:
            return foreign[1], SONSTIGE
        try:
            key = self.gebiete.canonical(word)
        except GebieteError as error:
            if re.match(rf"'?0?{mandant().kreis[1:]}\d", word.replace(" ", "")):
                raise self.fehler(stelle, str(error), error.remedy) from error
            digits = re.match(r"'?(\d{1,12})(?=\D|$)", word)
            return (digits[1] if digits else word), SONSTIGE
        return key, self.ebenen[key]

    def zeit(
        self, text: str, stelle: Stelle | None, hinweis: str = "", zeitbezug: str = ""
    ) -> Zeit:
        """Return the period that a text means; `zeitbezug` overrides what the text looks like.

        Raises:  DeliveryError for what is no period
        """
        if not text.strip():
            raise self.fehler(
                stelle, "Hier fehlt der Zeitpunkt: von wann sind die Zahlen?", ZEIT_ABHILFE
            )
        name = (text, hinweis, zeitbezug)
        if name not in self._zeiten:
            try:
                zeit = erkenne_zeit(JAHRE.sub(r"\1-\2", text), hinweis)
                if zeitbezug and zeit.zeitbezug != zeitbezug:
                    first = zeitbezug == "monat" and zeit.text.endswith("-01")
                    zeit = parse_zeit(zeit.text[:-3] if first else zeit.text, zeitbezug)
            except ValueError as error:
                raise self.fehler(stelle, f"{error}.", ZEIT_ABHILFE) from error
            self._zeiten[name] = zeit
        return self._zeiten[name]

    def druck(self, text: str, stelle: Stelle, dezimal: str = "") -> Druck:
        """Return what a printed cell says.

        Raises:  DeliveryError for a sign that nobody has explained
        """
        dezimal = dezimal or self.dezimal
        druck = self._drucke.get((text, dezimal))
        if druck is None:
            druck = self._druck(text.strip(), stelle, dezimal)
            self._drucke[text, dezimal] = druck
        return druck

    def _druck(self, word: str, stelle: Stelle, dezimal: str) -> Druck:
        if word in self.symbole:
            return Druck(None, self.symbole[word], "endgueltig")
        try:
            return lies_druck(word, dezimal)
        except ValueError as error:
            raise self.fehler(stelle, f"{error}.", ZEICHEN_ABHILFE) from error

    def zelle(
        self,
        stelle: Stelle,
        inhalt: str,
        einheit: str,
        ort: tuple[str, str],
        zeit: Zeit,
        angaben: str,
        druck: Druck,
        roh: str,
    ) -> Zelle:
        """Build one cell out of what its headings say."""
        return Zelle(
            self.tabelle,
            inhalt,
            einheit,
            faktor(einheit),
            *ort,
            zeit.text,
            zeit.zeitbezug,
            zeit.von,
            zeit.bis,
            angaben,
            druck.wert,
            druck.status,
            druck.guete,
            roh,
            stelle.blatt,
            stelle.zeile,
            stelle.spalte,
        )

"""Does a GENESIS file hold what was asked for? A filter with a typo brings the unfiltered table."""

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path

from etl.fetch.abruf import Abruf
from etl.fetch.fehler import FetchError, TemporaryError

GEPACKT = 4_000_000_000  # bytes after unpacking
GEZEIGT = 5
JAHR = re.compile(r"(\d{4})")
ZEITSPALTEN = ("time", "Zeit")
PAARE = (  # columns of code and value of a characteristic, as they are and as they were before 2024
    (re.compile(r"(\d)_variable_code"), "{}_variable_attribute_code"),
    (re.compile(r"(\d)_Merkmal_Code"), "{}_Auspraegung_Code"),
)
INHALT = "value_variable_code"
SUMME = frozenset({"", "INSGESAMT", "LB-INS"})  # codes of a total
FILTER = "Der Filter hat nicht gewirkt; den Block abruf prüfen. Die Antwort wurde nicht übernommen."


@dataclass(slots=True)
class Inhalt:
    """What stands in a file: rows, times, and the codes of every characteristic."""

    zeilen: int = 0
    zeiten: set[str] = field(default_factory=set)
    codes: dict[str, set[str]] = field(default_factory=dict)
    inhalte: set[str] = field(default_factory=set)


def pruefe(
    ort: str,
    datei: Path,
    abruf: Abruf,
    jahre: tuple[int, int],
    tabelle_ab: int | None,
    geheim: Iterable[str],
) -> Inhalt:
    """Refuse a file that does not hold what was asked for.

    ort:        where it came from, for the message
    jahre:      first and last year asked for
    tabelle_ab: first year the table has according to its description
    geheim:     user and password, which must not be in it
    Raises:     TemporaryError if it is cut off, FetchError for anything else
    """
    inhalt = _lies(ort, datei, tuple(geheim))
    if not inhalt.zeilen:
        raise FetchError.at(
            ort, "Die Tabelle kam ohne eine einzige Zeile.", "Den Block abruf prüfen."
        )
    _pruefe_zeiten(ort, inhalt.zeiten, jahre, tabelle_ab)
    _pruefe_gebiete(ort, inhalt.codes.get(abruf.regionalmerkmal or "", set()), abruf)
    for merkmal, erlaubt in abruf.merkmale.items():
        da = inhalt.codes.get(merkmal, set())
        _pruefe_codes(ort, merkmal, da - SUMME, erlaubt, da)
    if abruf.inhalte and inhalt.inhalte:
        _pruefe_codes(ort, "inhalte", inhalt.inhalte, abruf.inhalte, inhalt.inhalte)
    return inhalt


def _pruefe_zeiten(
    ort: str, zeiten: set[str], jahre: tuple[int, int], tabelle_ab: int | None
) -> None:
    von, bis = jahre
    da = {int(found[1]) for zeit in zeiten if (found := JAHR.match(zeit))}
    fremd = sorted(jahr for jahr in da if not von <= jahr <= bis)
    if fremd or len(da) == 0:
        raise FetchError.at(
            ort, f"Gefragt war {von} bis {bis}, gekommen ist {_liste(map(str, fremd))}.", FILTER
        )
    if len(zeiten) == 1 and von < bis and tabelle_ab is not None and tabelle_ab < min(da):
        raise FetchError.at(
            ort,
            f"Gefragt war {von} bis {bis}, gekommen ist nur {min(zeiten)}; die Tabelle beginnt"
            f" {tabelle_ab}.",
            "Hat die Tabelle nur diesen Zeitpunkt, im Block abruf »von« und »bis« darauf setzen.",
        )


def _pruefe_gebiete(ort: str, da: set[str], abruf: Abruf) -> None:
    fremd = sorted(c for c in da if not any(fnmatchcase(c, m) for m in abruf.gebiete))
    if fremd:
        raise FetchError.at(
            ort,
            f"Unter {abruf.regionalmerkmal} kamen Gebiete, nach denen nicht gefragt war:"
            f" {_liste(fremd)}.",
            FILTER,
        )
    fehlt = [m for m in abruf.gebiete if not any(fnmatchcase(c, m) for c in da)]
    if fehlt:
        raise FetchError.at(
            ort,
            f"Unter {abruf.regionalmerkmal} fehlt: {_liste(fehlt)}.",
            "Regionalmerkmal und Gebiete im Block abruf prüfen.",
        )


def _pruefe_codes(
    ort: str, name: str, codes: set[str], erlaubt: Sequence[str], da: set[str]
) -> None:
    fremd = sorted(codes - set(erlaubt))
    if fremd or not da:
        gekommen = _liste(fremd) if da else "nichts"
        raise FetchError.at(
            ort, f"{name}: gefragt war {_liste(erlaubt)}, gekommen ist auch {gekommen}.", FILTER
        )


def _liste(words: Iterable[str]) -> str:
    alle = list(words)
    rest = len(alle) - GEZEIGT
    return ", ".join(alle[:GEZEIGT]) + (f" und {rest} weitere" if rest > 0 else "") or "nichts"


def _lies(ort: str, datei: Path, geheim: Sequence[str]) -> Inhalt:
    try:
        with zeilen(ort, datei) as text:
            return _zaehle(ort, csv.reader(_ohne_geheimes(ort, text, geheim), delimiter=";"))
    except (zipfile.BadZipFile, EOFError, zipfile.LargeZipFile) as error:
        raise TemporaryError.weil(ort, f"Das Archiv ist beschädigt ({error}).") from None
    except (UnicodeDecodeError, csv.Error) as error:
        raise FetchError.at(
            ort, f"Die Tabelle ist kein lesbares CSV ({error}).", "Den Abruf wiederholen."
        ) from None


def zeilen(ort: str, datei: Path) -> io.TextIOWrapper:
    """Open the one CSV in an archive as text.

    Raises:  FetchError if the archive holds anything else, zipfile.BadZipFile
    """
    archiv = zipfile.ZipFile(datei)
    teile = archiv.infolist()
    if len(teile) != 1 or not teile[0].filename.lower().endswith(".csv"):
        raise FetchError.at(
            ort,
            f"Das Archiv enthält {_liste(teil.filename for teil in teile)} statt einer CSV-Datei.",
            "Prüfen, ob der Herausgeber seine Ausgabe geändert hat.",
        )
    if teile[0].file_size > GEPACKT:
        raise FetchError.at(
            ort, "Die Tabelle ist entpackt größer als 4 GB.", "Den Abruf mit gebiete verkleinern."
        )
    return io.TextIOWrapper(archiv.open(teile[0]), encoding="utf-8-sig", newline="")


def _ohne_geheimes(ort: str, text: Iterable[str], geheim: Sequence[str]) -> Iterator[str]:
    for zeile in text:
        if any(wort in zeile for wort in geheim):
            raise FetchError.at(
                ort,
                "In der Tabelle steht Ihr Benutzername oder Kennwort.",
                "Dem Herausgeber melden; die Datei wurde nicht gespeichert.",
            )
        yield zeile


def _zaehle(ort: str, rows: Iterator[list[str]]) -> Inhalt:
    kopf = {name: i for i, name in enumerate(next(rows, []))}
    zeit = next((kopf[name] for name in ZEITSPALTEN if name in kopf), None)
    paare = [
        (spalte, kopf[wert.format(found[1])])
        for muster, wert in PAARE
        for name, spalte in kopf.items()
        if (found := muster.fullmatch(name)) and wert.format(found[1]) in kopf
    ]
    if zeit is None or not paare:
        raise FetchError.at(
            ort,
            "Die Datei hat nicht die Spalten einer Flat-File-CSV (ffcsv).",
            "Prüfen, ob der Herausgeber seine Ausgabe geändert hat.",
        )
    inhalt = Inhalt()
    messwert = kopf.get(INHALT)
    for row in rows:
        if not row:
            continue
        if len(row) != len(kopf):
            raise TemporaryError.weil(ort, f"Zeile {inhalt.zeilen + 2} ist unvollständig.")
        inhalt.zeilen += 1
        inhalt.zeiten.add(row[zeit])
        for merkmal, code in paare:
            inhalt.codes.setdefault(row[merkmal], set()).add(row[code])
        if messwert is not None:
            inhalt.inhalte.add(row[messwert])
    return inhalt

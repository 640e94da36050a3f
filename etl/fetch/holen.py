"""One fetch from beginning to end: ask, check, store, note down."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from filelock import FileLock, Timeout

from etl.errors import SozialmonitorError
from etl.fetch.ablage import ABGELEHNT, Ablage, Fund
from etl.fetch.abruf import Abruf
from etl.fetch.auftrag import Zettel
from etl.fetch.dienste import DIENSTE, Dienst
from etl.fetch.fehler import FetchError
from etl.fetch.genesis import Genesis
from etl.fetch.leitung import Leitung, Uhr
from etl.fetch.protokoll import Eintrag, schreibe
from etl.fetch.tabelle import Tabelle
from etl.fetch.wegweiser import Wegweiser, anfrage_text
from etl.fetch.zugang import Zugang, zugang

OFFEN = (
    "Vom Herausgeber selbst offen veröffentlicht und unter dessen eigener Geheimhaltung abgerufen."
)

Konto = Callable[[Dienst], Zugang]


@dataclass(frozen=True, slots=True)
class Ort:
    """Where things lie: deliveries, and the warehouse with log and notes; and what time it is."""

    raw: Path
    warehouse: Path
    uhr: Uhr = field(default_factory=Uhr)

    @property
    def notizen(self) -> Path:
        """Return the folder of locks and of the notes about running orders."""
        return self.warehouse / "abruf"


def hole(
    quelle: str, abruf: Abruf, ort: Ort, seit: date | None = None, konto: Konto = zugang
) -> Eintrag:
    """Fetch one source; whatever happens is noted down, and the old data stay where they are.

    seit: only what is newer than this day; left out, than the latest retrieval
    Raises:  FetchError if the same source is being fetched right now
    """
    ort.notizen.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(ort.notizen / f"quelle-{quelle}.lock", timeout=0):
            eintrag = _versuche(quelle, abruf, ort, seit, konto)
    except Timeout:
        raise FetchError.at(
            quelle, "Diese Quelle wird gerade schon abgerufen.", "Warten, bis der Abruf fertig ist."
        ) from None
    schreibe(ort.warehouse, eintrag)
    return eintrag


def lehne_ab(eintrag: Eintrag, ort: Ort, grund: str) -> Eintrag:
    """Set a new delivery aside that the refresh has refused, and note down why."""
    ordner = ort.raw / eintrag.datei
    beiseite = Ablage(ordner.parent, eintrag.quelle).stelle_zurueck(ordner, ABGELEHNT)
    abgelehnt = Eintrag(
        eintrag.quelle,
        ort.uhr.jetzt(),
        "abgelehnt",
        beiseite.relative_to(ort.raw).as_posix(),
        grund,
        eintrag.hinweise,
    )
    schreibe(ort.warehouse, abgelehnt)
    return abgelehnt


def uebernimm(abgerufen: Sequence[Eintrag], ort: Ort, refresh: Callable[[], None]) -> list[Eintrag]:
    """Refresh with new deliveries; one that is refused is set aside, so that the others get in.

    Returns: what was set aside
    Raises:  SozialmonitorError of the refresh if none of these deliveries is to blame
    """
    neu = [eintrag for eintrag in abgerufen if eintrag.ergebnis == "neu"]
    abgelehnt: list[Eintrag] = []
    while True:
        try:
            refresh()
        except SozialmonitorError as error:
            schuldig = [e for e in neu if _handelt_von(error, Path(e.datei).name)]
            if not schuldig:
                raise
            abgelehnt += [lehne_ab(eintrag, ort, str(error)) for eintrag in schuldig]
            neu = [eintrag for eintrag in neu if eintrag not in schuldig]
        else:
            return abgelehnt


def _handelt_von(error: SozialmonitorError, name: str) -> bool:
    wort = re.compile(rf"(?<![a-z0-9_]){re.escape(name)}(?![0-9])")
    return any(wort.search(mangel.ort) for mangel in error.maengel)


def _versuche(quelle: str, abruf: Abruf, ort: Ort, seit: date | None, konto: Konto) -> Eintrag:
    dienst = DIENSTE[abruf.dienst]
    ablage = Ablage(ort.raw / dienst.ordner, quelle)
    try:
        account = konto(dienst)
        ablage.beginne()
        with Leitung(dienst, ort.notizen, ort.uhr) as leitung:
            if abruf.dienst == "wegweiser":
                ziel, hinweise = _wegweiser(leitung, abruf, ort, ablage, seit)
            else:
                genesis = Genesis(leitung, account, ablage.entwurf)
                tabelle = Tabelle(genesis, abruf, Zettel(ort.notizen / f"auftrag-{quelle}.json"))
                ziel, hinweise = _genesis(tabelle, ort, ablage, seit)
    except SozialmonitorError as error:
        return Eintrag(quelle, ort.uhr.jetzt(), "gescheitert", grund=str(error))
    except OSError as error:
        grund = f"{ablage.ordner}\n  Hier lässt sich nichts ablegen: {error.strerror}.\n  → Rechte und freien Platz prüfen."
        return Eintrag(quelle, ort.uhr.jetzt(), "gescheitert", grund=grund)
    finally:
        ablage.verwirf()
    datei = ziel.relative_to(ort.raw).as_posix() if ziel else ""
    return Eintrag(
        quelle, ort.uhr.jetzt(), "neu" if ziel else "unveraendert", datei, hinweise=hinweise
    )


def _genesis(
    tabelle: Tabelle, ort: Ort, ablage: Ablage, seit: date | None
) -> tuple[Path | None, tuple[str, ...]]:
    fund = tabelle.hole(seit or ablage.letzter_stand(tabelle.anfrage()))
    if fund is None:
        return None, ()
    ziel = ablage.lege_ab(fund, _angaben(fund, tabelle.abruf, tabelle.abruf.tabelle, ort))
    return ziel, (*fund.hinweise, *tabelle.raeume_auf())


def _wegweiser(
    leitung: Leitung, abruf: Abruf, ort: Ort, ablage: Ablage, seit: date | None
) -> tuple[Path | None, tuple[str, ...]]:
    """Fetch from Wegweiser Kommune unless the service has the version that is known already."""
    dienst = Wegweiser(leitung, ablage.entwurf)
    heute = ort.uhr.jetzt().date()
    version = dienst.version()
    bekannt = seit or ablage.letzter_stand(anfrage_text(abruf))
    if version is not None and bekannt is not None and version <= bekannt:
        return None, ()
    fund = dienst.hole(abruf, version or heute, heute.year)
    tabelle = ", ".join(abruf.indikatoren)
    return ablage.lege_ab(fund, _angaben(fund, abruf, tabelle, ort)), fund.hinweise


def _angaben(fund: Fund, abruf: Abruf, tabelle: str, ort: Ort) -> dict[str, object]:
    """Return what the description of a delivery says: publisher, request, time; never an account."""
    dienst = DIENSTE[abruf.dienst]
    return {
        "herausgeber": dienst.herausgeber,
        "tabelle": tabelle,
        "titel": abruf.titel,
        "lizenz": dienst.lizenz,
        "ursprung": f"Abruf am {ort.uhr.jetzt():%d.%m.%Y %H:%M} UTC von {dienst.adresse}:"
        f" {fund.anfrage}",
        "verantwortlich": abruf.verantwortlich,
        "rhythmus": abruf.rhythmus,
        "rang": abruf.rang,
        "geheimhaltung": {"ausnahme": OFFEN},
    }

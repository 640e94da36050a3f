"""What keeps the figures up to date: fetch, schedule, status."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import typer
from rich.console import Console
from rich.table import Table

from dashboard import freigabe
from dashboard.format import zeitpunkt
from dashboard.tasks import refresh
from etl import laeufe, veroeffentlichungen
from etl.errors import SozialmonitorError, UnknownError, suggestion
from etl.fetch import protokoll
from etl.fetch.abruf import Abruf
from etl.fetch.protokoll import Eintrag
from etl.messgroessen import load_messgroessen
from etl.rhythmus import naechste_lieferung
from etl.sources import load_zuordnungen
from indicators.gezeigt import ENTWURF
from indicators.records import Quelle
from indicators.service import Service

REFUSED = 1
ABGEBROCHEN = (
    "abgebrochen, bevor er fertig war; der Datenstand davor gilt, der nächste Lauf räumt auf"
)


@dataclass(frozen=True, slots=True)
class Ordner:
    """Deliveries, warehouse, and the internal deliveries, without which a refresh would drop them."""

    raw: Path
    warehouse: Path
    intern: Path | None = None

    def refresh(self) -> None:
        """Build and swap in a new Datenstand."""
        refresh(self.raw, self.warehouse, self.intern)


def fetch(quelle: str, seit: date | None, ordner: Ordner) -> None:
    """Fetch one source and refresh if there is something new; without success the exit code is 1."""
    from etl.fetch.holen import Ort, hole, uebernimm  # brings httpx, which nothing else needs

    abrufe = _abrufe()
    if quelle not in abrufe:
        raise UnknownError.at(
            f"fetch {quelle}",
            "Für diese Quelle ist kein Abruf beschrieben.",
            suggestion(quelle, abrufe, f"Abrufbar sind: {', '.join(abrufe) or 'keine'}."),
        )
    ort = Ort(ordner.raw, ordner.warehouse)
    eintrag = hole(quelle, abrufe[quelle], ort, seit)
    _melde(eintrag)
    abgelehnt = []
    if eintrag.ergebnis == "neu":
        abgelehnt = uebernimm([eintrag], ort, ordner.refresh)
        _melde(*abgelehnt)
    if eintrag.veraltet or abgelehnt:
        raise typer.Exit(REFUSED)


def _abrufe() -> Mapping[str, Abruf]:
    """Return what can be fetched: the block `abruf` of every source that has one."""
    quellen = load_zuordnungen(load_messgroessen())
    return {id_: quelle.abruf for id_, quelle in quellen.items() if quelle.abruf}


def _melde(*eintraege: Eintrag) -> None:
    for eintrag in eintraege:
        words = {
            "neu": f"neu unter {eintrag.datei}",
            "unveraendert": "nichts Neues",
            "gescheitert": f"nicht abgerufen, der bisherige Stand bleibt:\n{eintrag.grund}",
            "abgelehnt": f"abgelehnt und nach {eintrag.datei} beiseitegelegt:\n{eintrag.grund}",
        }
        typer.echo(f"{eintrag.quelle}: {words[eintrag.ergebnis]}", err=eintrag.veraltet)
        for hinweis in eintrag.hinweise:
            typer.echo(f"  {hinweis}")


def aktualisiere(ordner: Ordner) -> None:
    """Fetch every source whose turn it is, refresh, and release what may be; a failure is only told.

    The first release is a person's decision: before it, nothing leaves this machine by itself.
    """
    from etl.fetch.holen import Ort, hole, uebernimm

    ort = Ort(ordner.raw, ordner.warehouse)
    try:
        abrufe = _abrufe()
        takte = {quelle: abruf.pruefen for quelle, abruf in abrufe.items()}
        eintraege = [
            hole(quelle, abrufe[quelle], ort)
            for quelle in protokoll.faellig(takte, ordner.warehouse, datetime.now(UTC))
        ]
        _melde(*eintraege)
        _melde(*uebernimm(eintraege, ort, ordner.refresh))
        if veroeffentlichungen.lade(ordner.warehouse):
            freigabe.veroeffentliche(ordner.warehouse)
    except SozialmonitorError as error:
        typer.echo(str(error), err=True)


def schedule(rhythmus: str, ordner: Ordner) -> None:
    """Run fetch and refresh by a cron-like rhythm until the process is ended.

    Which sources are fetched in a run is up to the rhythm that each of them declares.
    """
    from apscheduler.schedulers.blocking import BlockingScheduler
    from apscheduler.triggers.cron import CronTrigger

    try:
        trigger = CronTrigger.from_crontab(rhythmus)
    except ValueError as error:
        raise SozialmonitorError.at(
            f"--rhythmus {rhythmus}",
            f"Das ist kein Rhythmus: {error}.",
            "Fünf Felder wie in cron: Minute Stunde Tag Monat Wochentag, zum Beispiel »0 4 * * *«.",
        ) from error
    scheduler = BlockingScheduler()
    scheduler.add_job(
        aktualisiere,
        trigger,
        args=(ordner,),
        coalesce=True,
        max_instances=1,
        misfire_grace_time=3600,
    )
    now = datetime.now(UTC).astimezone()
    upcoming = trigger.get_next_fire_time(None, now)
    typer.echo(f"Nächste Aktualisierung: {upcoming:%d.%m.%Y %H:%M} – beenden mit Strg+C")
    scheduler.start()


def status(warehouse: Path, *, as_json: bool) -> None:
    """Tell the last run, the Stand of every source with the next one to expect, and the fetches."""
    runs = laeufe.alle(warehouse)
    offen = laeufe.unfertig(warehouse)
    if offen and not as_json:
        build, running = offen
        typer.echo(f"Lauf {build}: {'läuft gerade' if running else ABGEBROCHEN}")
    quellen = Service(warehouse, ENTWURF).quellen()
    erwartet = {q.id: naechste_lieferung(q.stand, q.rhythmus) for q in quellen}
    abrufe = list(protokoll.letzte(warehouse).values())
    aktuell = protokoll.letzte_gelungene(warehouse)
    if as_json:
        report = {
            "laeufe": runs[-10:],
            "unfertig": {"build": offen[0], "laeuft": offen[1]} if offen else None,
            **_lage_als_dict(warehouse, quellen, erwartet, abrufe),
        }
        typer.echo(json.dumps(report, ensure_ascii=False, indent=2))
        return
    if runs:
        last = runs[-1]
        when = zeitpunkt(datetime.fromisoformat(str(last["beendet"])))
        typer.echo(f"Letzter Lauf {when}: {last['fehler'] or 'erfolgreich'}")
    shown = veroeffentlichungen.aktuelle(warehouse)
    since = f"{shown.id}, seit {_tag(shown.freigegeben)}" if shown else "noch keine"
    typer.echo(f"Veröffentlichung: {since}")
    freigabe.melde_wartende({q.id: q.wartet for q in quellen if q.wartet})
    table = Table("Quelle", "Stand", "Rhythmus", "Nächste ab", "Zeilen")
    for q in quellen:
        table.add_row(q.id, f"{q.stand:%d.%m.%Y}", q.rhythmus, _tag(erwartet[q.id]), str(q.zeilen))
    Console().print(table)
    if abrufe:
        Console().print(_abruftabelle(abrufe, aktuell))


def _lage_als_dict(
    warehouse: Path,
    quellen: Sequence[Quelle],
    erwartet: Mapping[str, date | None],
    abrufe: Sequence[Eintrag],
) -> dict[str, list[dict[str, object]]]:
    """Return releases, sources and fetches as `status --json` names them."""
    return {
        "veroeffentlichungen": [
            {
                "id": v.id,
                "freigegeben": v.freigegeben.isoformat(),
                "zurueckgezogen": v.zurueckgezogen.isoformat() if v.zurueckgezogen else None,
                "grund": v.grund,
            }
            for v in veroeffentlichungen.lade(warehouse)
        ],
        "quellen": [
            {
                "quelle": q.id,
                "stand": q.stand.isoformat(),
                "rhythmus": q.rhythmus,
                "naechste": day.isoformat() if (day := erwartet[q.id]) else None,
                "zeilen": q.zeilen,
                "wartet": q.wartet,
            }
            for q in quellen
        ],
        "abrufe": [
            {
                "quelle": e.quelle,
                "abgerufen": e.beendet.isoformat(),
                "ergebnis": e.ergebnis,
                "veraltet": e.veraltet,
                "grund": e.grund,
            }
            for e in abrufe
        ],
    }


def _abruftabelle(abrufe: list[Eintrag], aktuell: Mapping[str, Eintrag]) -> Table:
    table = Table("Abruf", "zuletzt", "Ergebnis", "zuletzt aktuell", "Grund")
    for e in abrufe:
        gelungen = aktuell.get(e.quelle)
        grund = " ".join(e.grund.split("\n")[1:2]).strip()
        table.add_row(
            e.quelle,
            _tag(e.beendet),
            e.ergebnis,
            _tag(gelungen.beendet if gelungen else None),
            grund,
        )
    return table


def _tag(day: date | None) -> str:
    return f"{day:%d.%m.%Y}" if day else "–"

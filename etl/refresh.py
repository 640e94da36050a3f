"""data/raw → intern.duckdb: read, check, load; all or nothing."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from duckdb import DuckDBPyConnection

from etl import checks, sources, tables, warehouse
from etl.befund import Befund
from etl.checks.revisionen import ersetzt
from etl.einlesen import lade, zuordnung_of
from etl.errors import DeliveryError, UnknownError, suggestion
from etl.formats import kreisformat
from etl.freigaben import Freigabe, load_freigaben, wartet
from etl.gebiete import Gebiete
from etl.lieferungen import Lieferung, find_lieferungen
from etl.mandant import mandant
from etl.messgroessen import Messgroesse, load_messgroessen
from etl.personenbezug import refuse_personen
from etl.schema import INTERN
from etl.sources import Zuordnung
from etl.sources.regeln import Quelltabelle
from etl.uebernahme import Frueher, frueher, stempel, uebernimm, uebernimm_ganz

Progress = Callable[[str], None]
SHAPES = ".geojson"
KREISFORMAT = (".csv", ".xlsx")


@dataclass(frozen=True, slots=True)
class Wahl:
    """What a refresh is asked for besides data/raw.

    intern: folder of internal deliveries; nur: the one source that is read anew, everything else
    stays as it is; zuordnungen: folder of the sources, left out: of the tenant
    """

    intern: Path | None = None
    nur: str = ""
    zuordnungen: Path | None = None


@dataclass(frozen=True, slots=True)
class Bestand:
    """The deliveries of one build by number: what they are, and which of them are known already."""

    lieferungen: dict[int, Lieferung]
    zuordnungen: dict[int, Zuordnung | None]
    stempel: dict[int, str]
    frueher: dict[str, Frueher]

    def bekannt(self, number: int) -> Frueher | None:
        """Return the same delivery in the build before, if it was read in the same way."""
        before = self.frueher.get(self.lieferungen[number].quelle.quelle)
        return before if before and before.stempel == self.stempel[number] else None

    @property
    def neu(self) -> dict[int, Lieferung]:
        """Return the deliveries that have to be read."""
        return {n: item for n, item in self.lieferungen.items() if not self.bekannt(n)}


def build_intern(
    build: warehouse.Build,
    raw: Path,
    progress: Progress,
    messgroessen: Mapping[str, Messgroesse] | None = None,
    wahl: Wahl | None = None,
) -> None:
    """Write everything that lies in `raw` into the build's intern.duckdb.

    messgroessen: what may be counted; left out, what messgroessen.yaml declares
    Raises:  DeliveryError, DefinitionError; the build is then to be thrown away
    """
    progress("Lieferungen suchen")
    wahl = wahl or Wahl()
    messgroessen = messgroessen or load_messgroessen()
    everything = find_lieferungen(raw, wahl.intern)
    lieferungen = _chosen(everything, wahl.nur)
    gebiete, freigaben = Gebiete(), load_freigaben(raw)
    with warehouse.create(build.intern) as intern:
        intern.execute(INTERN)
        _load_reference(intern, messgroessen)
        previous = warehouse.attach_previous(intern, build)
        known = frueher(intern, messgroessen) if previous else {}
        bestand = _bestand(lieferungen, known, wahl.zuordnungen or sources.ordner(), messgroessen)
        progress("Dateien lesen")
        try:
            read = _read(intern, bestand, messgroessen, gebiete)
        except FileNotFoundError as error:
            raise _verschwunden(error, bestand) from error
        _register(intern, bestand, read)
        if wahl.nur:
            _keep_the_others(intern, bestand, wahl.nur)
        _hold_back(intern, everything, freigaben)
        progress("Lieferungen prüfen")
        checks.refuse_gaps(intern, bestand.neu, gebiete)
        checks.refuse_impossible(intern, bestand.neu)
        earlier = list(ersetzt(intern, bestand.neu, known, freigaben)) if previous else []
        checks.report(intern, gebiete, freigaben, [*earlier, *_still_told(intern, bestand)])
        if previous:
            intern.execute("DETACH vorher")


def _chosen(lieferungen: list[Lieferung], nur: str) -> list[Lieferung]:
    """Return the deliveries of one source, named by its id or by that of its Zuordnung."""
    if not nur:
        return lieferungen
    found = [item for item in lieferungen if nur in (item.quelle.quelle, item.quelle.zuordnung)]
    if not found:
        known = [item.quelle.quelle for item in lieferungen]
        raise UnknownError.at(
            f"--quelle {nur}",
            f"Die Quelle »{nur}« gibt es nicht.",
            suggestion(nur, known, "Alle Quellen zeigt »sozialmonitor refresh --plan«."),
        )
    return found


def _bestand(
    lieferungen: Iterable[Lieferung],
    known: dict[str, Frueher],
    folder: Path,
    messgroessen: Mapping[str, Messgroesse],
) -> Bestand:
    files = dict(enumerate(lieferungen, start=1))
    rules = {n: zuordnung_of(item, folder, messgroessen) for n, item in files.items()}
    stamps = {n: stempel(item, rules[n], messgroessen) for n, item in files.items()}
    return Bestand(files, rules, stamps, known)


def _read(
    intern: DuckDBPyConnection,
    bestand: Bestand,
    messgroessen: Mapping[str, Messgroesse],
    gebiete: Gebiete,
) -> dict[int, tuple[str, int]]:
    """Fill `messwert` and `geometrie`; return format and number of cells of every file read."""
    read: dict[int, tuple[str, int]] = {}
    own: list[tuple[int, Lieferung]] = []
    tables: list[Quelltabelle] = []
    for number, lieferung in bestand.neu.items():
        if lieferung.pfad.suffix == SHAPES:
            continue
        refuse_personen(lieferung.pfad, lieferung.datei)
        rules = bestand.zuordnungen[number]
        if rules is not None:
            tables.append(Quelltabelle(number, lieferung, rules))
        elif lieferung.pfad.suffix.lower() in KREISFORMAT:
            own.append((number, lieferung))
        else:
            raise DeliveryError.at(
                lieferung.datei,
                "Was in dieser Datei steht, ist nicht zugeordnet.",
                f"In {lieferung.beschreibung.name} eine »zuordnung« nennen;"
                " »sozialmonitor read DATEI --suggest« schlägt eine vor.",
            )
    kreisformat.load(intern, own, messgroessen, gebiete)
    for table in tables:
        read[table.nummer] = lade(intern, table, messgroessen, gebiete)
    same = {n: before for n in bestand.lieferungen if (before := bestand.bekannt(n))}
    uebernimm(intern, {before.lieferung: n for n, before in same.items()})
    shapes = [item for item in bestand.lieferungen.values() if item.pfad.suffix == SHAPES]
    _load_shapes(intern, shapes)
    return read


def _verschwunden(error: FileNotFoundError, bestand: Bestand) -> Exception:
    """Return the refusal for a delivery that somebody has moved away meanwhile, else the bug."""
    gone = [item.datei for item in bestand.lieferungen.values() if str(item.pfad) == error.filename]
    if not gone:
        return error
    return DeliveryError.at(
        gone[0],
        "Die Datei war eben noch da und ist verschwunden.",
        "Nachsehen, wer sie verschoben hat, und die Aktualisierung noch einmal starten.",
    )


def _load_reference(intern: DuckDBPyConnection, messgroessen: Mapping[str, Messgroesse]) -> None:
    """Load areas and neighbours of the tenant, and the Messgrößen."""
    for table in ("gebiet", "nachbar"):
        file = mandant().gebiete / {"gebiet": "gebiete.csv", "nachbar": "nachbarn.csv"}[table]
        intern.execute(
            f"INSERT INTO {table} BY NAME"
            " SELECT * FROM read_csv(?, delim = ';', header = true, all_varchar = true)",
            [str(file)],
        )
    tables.insert(
        intern,
        "messgroesse",
        [(id_, m.titel, m.einheit, m.additiv, m.kleinste_zahl) for id_, m in messgroessen.items()],
    )


def _load_shapes(intern: DuckDBPyConnection, lieferungen: Sequence[Lieferung]) -> None:
    for lieferung in lieferungen:
        features = json.loads(lieferung.pfad.read_bytes())["features"]
        tables.insert(
            intern,
            "geometrie",
            [(f["id"], json.dumps(f["geometry"], separators=(",", ":"))) for f in features],
        )


def _register(
    intern: DuckDBPyConnection, bestand: Bestand, read: Mapping[int, tuple[str, int]]
) -> None:
    """Write down every delivery with its fingerprint and the number of its rows."""
    now = datetime.now(UTC).replace(tzinfo=None)
    counts = intern.execute("SELECT lieferung, count(*) FROM messwert GROUP BY lieferung")
    rows = dict(counts.fetchall())
    lines = []
    for number, item in bestand.lieferungen.items():
        before = bestand.bekannt(number)
        format_, cells = read.get(number, ("kreisformat", rows.get(number, 0)))
        if item.pfad.suffix == SHAPES:
            format_ = "geojson"
        written = {
            **item.quelle.model_dump(include=QUELLE),
            "lieferung": number,
            "datei": item.datei,
            "sha256": item.sha256,
            "geladen": before.geladen if before else now,
            "zeilen": rows.get(number, 0),
            "zellen": before.zellen if before else cells,
            "format": before.format if before else format_,
            "intern": item.intern,
            "ausnahme": item.quelle.geheimhaltung.ausnahme,
            "geheimhaltung": item.quelle.geheimhaltung.regeln(),
            "stempel": bestand.stempel[number],
        }
        lines.append(written)
    if lines:
        columns = {
            name: np.fromiter((line[name] for line in lines), dtype=object, count=len(lines))
            for name in lines[0]
        }
        tables.append(intern, "lieferung", columns)


QUELLE = {
    "quelle",
    "herausgeber",
    "tabelle",
    "titel",
    "stand",
    "lizenz",
    "namensnennung",
    "ursprung",
    "bearbeitung",
    "verantwortlich",
    "rhythmus",
    "rang",
    "ausgabe",
    "zuordnung",
}


def _hold_back(
    intern: DuckDBPyConnection, lieferungen: Sequence[Lieferung], freigaben: Sequence[Freigabe]
) -> None:
    """Note which deliveries wait for a Freigabe: a matter of today, also for a file long known."""
    known = dict(intern.execute("SELECT quelle, wartet FROM lieferung").fetchall())
    today = {item.quelle.quelle: wartet(item, freigaben) for item in lieferungen}
    for quelle, text in today.items():
        if known.get(quelle, text) != text:
            intern.execute("UPDATE lieferung SET wartet = ? WHERE quelle = ?", [text, quelle])


def _keep_the_others(intern: DuckDBPyConnection, bestand: Bestand, nur: str) -> None:
    """Take everything but the chosen source from the build before, as it is."""
    if not bestand.frueher:
        raise UnknownError.at(
            f"--quelle {nur}",
            "Es gibt noch keinen Datenstand, aus dem die übrigen Quellen kommen könnten.",
            "Zuerst »sozialmonitor refresh« ohne --quelle ausführen.",
        )
    chosen = {item.quelle.quelle for item in bestand.lieferungen.values()}
    others = [before.lieferung for id_, before in bestand.frueher.items() if id_ not in chosen]
    first = max(bestand.lieferungen) + 1
    uebernimm_ganz(intern, {old: first + place for place, old in enumerate(others)})


def _still_told(intern: DuckDBPyConnection, bestand: Bestand) -> list[Befund]:
    """Return what was found when a file replaced another one, as long as that file is in use."""
    if not bestand.frueher:
        return []
    new = {item.quelle.quelle for item in bestand.neu.values()}
    rows = intern.execute("SELECT * FROM vorher.befund WHERE art = 'ersetzt'").fetchall()
    return [Befund(*row) for row in rows if row[2] not in new]

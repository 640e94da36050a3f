"""The commands around fetching: `fetch`, what `schedule` runs, `status`."""

import json
from datetime import date

import pytest
from typer.testing import CliRunner

from dashboard import betrieb
from dashboard.cli import app
from etl.errors import DeliveryError
from etl.fetch import protokoll
from etl.fetch.abruf import Abruf
from etl.refresh import Wahl, build_intern
from etl.rhythmus import naechste_lieferung
from etl.warehouse import new_build
from tests.etl.fetch.conftest import ABRUF
from tests.etl.fetch.stub import PASSWORD, ZEILEN, archiv, beschreibung, meldung
from tests.haus import silent

TABELLE = "data/tablefile"


@pytest.fixture
def befehl(abrufer, stub, monkeypatch):
    """Give a way to run a command on the folders of the test; `laeufe` counts the refreshes."""
    stub.sagt("metadata/table", beschreibung())
    stub.sagt(TABELLE, archiv(*ZEILEN))
    laeufe = []
    abrufe = {"bevoelkerung": Abruf.model_validate(ABRUF)}
    monkeypatch.setattr(betrieb, "_abrufe", lambda: abrufe)
    monkeypatch.setattr(betrieb, "refresh", lambda raw, *_: laeufe.append(raw))

    def lauf(*worte):
        ordner = ["--raw", str(abrufer.ort.raw), "--warehouse", str(abrufer.ort.warehouse)]
        return CliRunner().invoke(app, [*worte, *ordner])

    lauf.laeufe, lauf.ort = laeufe, abrufer.ort
    return lauf


def test_something_new_is_refreshed(befehl):
    ergebnis = befehl("fetch", "bevoelkerung")
    assert (ergebnis.exit_code, len(befehl.laeufe)) == (0, 1)
    assert ergebnis.stdout.startswith("bevoelkerung: neu unter statistische_aemter/bevoelkerung_20")


def test_nothing_new_is_not_refreshed(befehl, stub):
    stub.sagt(TABELLE, meldung(50, "nichts Neues"))
    ergebnis = befehl("fetch", "bevoelkerung", "--seit", "2025-01-31")
    assert (ergebnis.exit_code, befehl.laeufe) == (0, [])
    assert ergebnis.stdout == "bevoelkerung: nichts Neues\n"
    assert stub.fragen(TABELLE)[0].felder["stand"] == "31.01.2025"


def test_a_failure_is_told_with_exit_code_1(befehl, stub):
    stub.sagt(TABELLE, meldung(104, f"nichts für {PASSWORD}"))
    ergebnis = befehl("fetch", "bevoelkerung")
    assert ergebnis.exit_code == 1
    assert "der bisherige Stand bleibt" in ergebnis.stderr
    assert PASSWORD not in ergebnis.output


def test_a_refused_delivery_is_told_with_exit_code_1(befehl, monkeypatch):
    def refresh(raw, *_):
        for datei in raw.rglob("*.zip"):
            if not any(teil.startswith(".") for teil in datei.relative_to(raw).parts):
                raise DeliveryError.at(datei, "Unbekanntes Zeichen.", "Nachfragen.")

    monkeypatch.setattr(betrieb, "refresh", refresh)
    ergebnis = befehl("fetch", "bevoelkerung")
    assert ergebnis.exit_code == 1
    assert "abgelehnt und nach statistische_aemter/.abgelehnt-" in ergebnis.stderr


def test_an_unknown_source_is_told(befehl):
    ergebnis = befehl("fetch", "bevoelkerun")
    assert "Meinten Sie »bevoelkerung«?" in str(ergebnis.exception)


def test_a_scheduled_run_fetches_what_is_due_and_always_refreshes(befehl, stub, capsys):
    for _ in range(2):
        betrieb.aktualisiere(betrieb.Ordner(befehl.ort.raw, befehl.ort.warehouse))
    assert len(stub.fragen(TABELLE)) == 1
    assert len(befehl.laeufe) == 2
    assert len(protokoll.lies(befehl.ort.warehouse)) == 1


def test_a_scheduled_run_that_fails_is_only_told(befehl, monkeypatch, capsys):
    def refresh(*_):
        raise DeliveryError.at("amt/x.csv", "Falsch.", "Ändern.")

    monkeypatch.setattr(betrieb, "refresh", refresh)
    betrieb.aktualisiere(betrieb.Ordner(befehl.ort.raw, befehl.ort.warehouse))
    assert "amt/x.csv" in capsys.readouterr().err


def test_status_tells_fetches_and_next_deliveries(haus, abrufer, stub):
    haus.lieferung("zahlen", "messgroesse|gebiet|zeit|zeitbezug|wert\nfaelle|08116|2015|jahr|1")
    haus.indikator("beispiel")
    haus.refresh()
    stub.sagt("metadata/table", meldung(104, "weg"))
    abrufer()
    worte = ["status", "--warehouse", str(haus.warehouse)]
    bericht = json.loads(CliRunner().invoke(app, [*worte, "--json"]).stdout)
    assert bericht["quellen"][0]["naechste"] == "2025-06-30"
    (abruf,) = bericht["abrufe"]
    assert (abruf["quelle"], abruf["ergebnis"], abruf["veraltet"]) == (
        "bevoelkerung",
        "gescheitert",
        True,
    )
    text = CliRunner().invoke(app, worte).stdout
    assert "gescheitert" in text
    assert "30.06.2025" in text


@pytest.mark.parametrize(
    ("stand", "rhythmus", "naechste"),
    [
        ("2024-12-31", "jaehrlich", "2025-12-31"),
        ("2024-01-31", "monatlich", "2024-02-29"),
        ("2024-12-31", "vierteljaehrlich", "2025-03-31"),
        ("2024-06-30", "zweijaehrlich", "2026-06-30"),
        ("2024-06-30", "je_wahl", None),
    ],
)
def test_the_next_delivery_follows_from_the_rhythm(stand, rhythmus, naechste):
    day = naechste_lieferung(date.fromisoformat(stand), rhythmus)
    assert (day and day.isoformat()) == naechste


def test_what_is_fetched_is_what_the_refresh_reads(haus, befehl):
    """The whole way: source, service, data/raw, warehouse."""
    befehl("fetch", "bevoelkerung")
    haus.write(
        "quellen/bevoelkerung.yaml",
        "werte: [{inhalt: BEVSTD, messgroesse: einwohner, geschlecht: Geschlecht}]",
    )
    wahl = Wahl(zuordnungen=haus.folder / "quellen")
    with new_build(haus.warehouse) as build:
        build_intern(build, befehl.ort.raw, silent, haus.katalog().messgroessen, wahl)
    assert haus.intern("SELECT count(*), max(wert) FROM messwert") == [(6, 502_025)]

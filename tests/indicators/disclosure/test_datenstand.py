"""Disclosure control where it acts: from a delivered file to everything that anybody can fetch."""

import contextlib
import csv
import io

import numpy as np
import pytest

from etl import veroeffentlichungen, warehouse
from etl.errors import SozialmonitorError
from indicators.compute import compute
from indicators.disclosure.counts import Kennung
from indicators.disclosure.datenstand import schuetze_datenstand
from indicators.export import csv_zeilen
from indicators.gezeigt import ENTWURF
from indicators.service import Service
from indicators.veroeffentlichen import veroeffentliche
from tests.haus import GEMEINDEN, Haus
from tests.indicators.disclosure.angreifer import GESAMT, Angreifer

KREIS = "08116"
K = 3
PROTECTED = {"geheimhaltung": {}}
ANZAHL = "art: anzahl\nzaehler: {messgroesse: personen}\n"
RATE = """
art: anteil
zaehler: {messgroesse: personen}
nenner: {messgroesse: alle}
nenner_zeit: gleich
"""
MESSGROESSEN = """
personen: {titel: Gezählte Personen, einheit: Personen, additiv: true, kleinste_zahl: 3}
davon: {titel: Ein Teil von ihnen, einheit: Personen, additiv: true, kleinste_zahl: 3, teil_von: personen}
alle: {titel: Alle, einheit: Personen, additiv: true, kleinste_zahl: 3}
opfer: {titel: Opfer, einheit: Personen, additiv: true, kleinste_zahl: 3, nie_unter_kreis: true}
grob: {titel: Gerundet, einheit: Personen, additiv: true, kleinste_zahl: 3, runden: 5}
beschaeftigte: {titel: Beschäftigte, einheit: Personen, additiv: true, kleinste_zahl: 3,
  traeger: 3, dominanz: 0.85, traeger_zahl: betriebe, groesster_beitrag: groesster}
betriebe: {titel: Betriebe, einheit: Betriebe, additiv: true, ohne_personen: true}
groesster: {titel: Größter Betrieb, einheit: Personen, additiv: false, ohne_personen: true}
quote: {titel: Quote eines Amts, einheit: Prozent, additiv: false}
plaetze: {titel: Plätze, einheit: Plätze, additiv: true, ohne_personen: true}
"""


@pytest.fixture
def geschuetzt(tmp_path, monkeypatch) -> Haus:
    """Give a house with Messgrößen of people to be protected."""
    monkeypatch.setattr("tests.haus.MESSGROESSEN", MESSGROESSEN)
    return Haus(tmp_path)


def zeilen(werte, messgroesse="personen", zeit="2020", geschlecht=""):
    """Return lines of a delivery for {gebiet: wert}; the Kreis is the sum unless it is stated."""
    every = {KREIS: sum(werte.values()), **werte}
    return "\n".join(
        f"{messgroesse} | {gebiet} | {zeit} | jahr | {geschlecht} | {wert}"
        for gebiet, wert in every.items()
    )


def tabelle(*blocks):
    return "\n".join(["messgroesse | gebiet | zeit | zeitbezug | geschlecht | wert", *blocks])


def werte(**small):
    """Return counts of all municipalities: from 10 upward, but for those stated as g<number>."""
    counts = {gebiet: 10 + place for place, gebiet in enumerate(GEMEINDEN)}
    return counts | {GEMEINDEN[int(name[1:])]: wert for name, wert in small.items()}


def gesehen(service):
    """Return every row that an anonymous user can download."""
    text = b"".join(csv_zeilen(service, None, None, None, None, "csv")).decode()
    return list(csv.DictReader(io.StringIO(text)))


def geheime(service, indikator="anzahl"):
    return {
        row["gebiet"]
        for row in gesehen(service)
        if row["status"] == "geheim" and row["indikator"] == indikator
    }


def test_a_small_count_and_its_partner_are_withheld_and_the_kreis_is_shown(geschuetzt):
    geschuetzt.lieferung("zahlen", tabelle(zeilen(werte(g5=2))), **PROTECTED)
    geschuetzt.indikator("anzahl", ANZAHL)
    service = geschuetzt.refresh()
    assert geheime(service) == {GEMEINDEN[5], GEMEINDEN[0]}  # the smallest other one is cheapest
    (kreis,) = [row for row in gesehen(service) if row["gebiet"] == KREIS]
    assert float(kreis["wert"]) == sum(werte(g5=2).values())


def test_a_withheld_row_has_nothing_but_its_reason(geschuetzt):
    geschuetzt.lieferung(
        "zahlen",
        tabelle(
            *(zeilen(werte(g5=2), zeit=str(year)) for year in range(2010, 2021)),
            *(zeilen(dict.fromkeys(GEMEINDEN, 900), "alle", str(y)) for y in range(2010, 2021)),
        ),
        **PROTECTED,
    )
    geschuetzt.indikator("anteil", RATE)
    service = geschuetzt.refresh()
    rows = [row for row in gesehen(service) if row["gebiet"] == GEMEINDEN[5]]
    assert len(rows) == 11
    for row in rows:
        told = {"zaehler", "nenner", "wert", "unten", "oben", "p", "kleinste_veraenderung"}
        assert {row[name] for name in told} == {""}
        assert row["status"] == "geheim"
        assert row["vergleich_kreis"] in ("", "geheim", "nicht_vergleichbar", "keine_aussage")
    public = warehouse.current(geschuetzt.warehouse).oeffentlich
    with warehouse.read(public) as file:
        for table in ("gepoolt", "geglaettet", "trichter"):
            columns = [row[0] for row in file.execute(f"DESCRIBE {table}").fetchall()]
            if "gebiet" in columns:
                found = file.execute(
                    f"SELECT count(*) FROM {table} WHERE gebiet = ?", [GEMEINDEN[5]]
                ).fetchone()
                assert found == (0,), table


def test_a_count_is_withheld_in_every_indicator_that_shows_it(geschuetzt):
    geschuetzt.lieferung(
        "zahlen",
        tabelle(zeilen(werte(g5=2)), zeilen(dict.fromkeys(GEMEINDEN, 900), "alle")),
        **PROTECTED,
    )
    geschuetzt.indikator("anzahl", ANZAHL)
    geschuetzt.indikator("anteil", RATE)
    service = geschuetzt.refresh()
    assert geheime(service, "anteil") == geheime(service, "anzahl") != set()


def test_what_is_left_of_a_whole_is_as_secret_as_the_part(geschuetzt):
    all_but_one = {**dict.fromkeys(GEMEINDEN, 900), GEMEINDEN[7]: 21}
    geschuetzt.lieferung(
        "zahlen", tabelle(zeilen(werte(g7=20)), zeilen(all_but_one, "alle")), **PROTECTED
    )
    geschuetzt.indikator("anteil", RATE)
    assert GEMEINDEN[7] in geheime(geschuetzt.refresh(), "anteil")


def test_what_a_part_leaves_of_its_messgroesse_is_protected(geschuetzt):
    """9 of 10 people are shown elsewhere as a part: the tenth is one person."""
    parts = dict.fromkeys(GEMEINDEN, 3) | {GEMEINDEN[0]: 9}
    geschuetzt.lieferung("zahlen", tabelle(zeilen(werte()), zeilen(parts, "davon")), **PROTECTED)
    geschuetzt.indikator("anzahl", ANZAHL)
    geschuetzt.indikator("davon", ANZAHL.replace("personen", "davon"))
    service = geschuetzt.refresh()
    assert GEMEINDEN[0] in geheime(service) | geheime(service, "davon")


def test_quarters_are_held_against_their_year(geschuetzt):
    quarters = [
        f"personen | {gebiet} | 2020-Q{q} | quartal | | {2 if (q, gebiet) == (1, GEMEINDEN[3]) else 9}"
        for q in (1, 2, 3, 4)
        for gebiet in GEMEINDEN
    ]
    years = {gebiet: 29 if gebiet == GEMEINDEN[3] else 36 for gebiet in GEMEINDEN}
    geschuetzt.lieferung("zahlen", tabelle(*quarters, zeilen(years)), **PROTECTED)
    geschuetzt.indikator("anzahl", ANZAHL)
    hidden = [r for r in gesehen(geschuetzt.refresh()) if r["status"] == "geheim"]
    assert {r["zeit"] for r in hidden if r["gebiet"] == GEMEINDEN[3]} > {"2020-Q1"}


def test_an_exempt_delivery_is_shown_as_its_publisher_shows_it(geschuetzt):
    geschuetzt.lieferung("zahlen", tabelle(zeilen(werte(g5=2))))
    geschuetzt.indikator("anzahl", ANZAHL)
    assert geheime(geschuetzt.refresh()) == set()


def test_a_quelle_may_ask_for_more(geschuetzt):
    geschuetzt.lieferung(
        "zahlen", tabelle(zeilen(werte(g5=8))), geheimhaltung={"kleinste_zahl": 10}
    )
    geschuetzt.indikator("anzahl", ANZAHL)
    assert GEMEINDEN[5] in geheime(geschuetzt.refresh())


def test_nothing_below_the_kreis_where_the_rule_says_so(geschuetzt):
    geschuetzt.lieferung("zahlen", tabelle(zeilen(werte(), "opfer")), **PROTECTED)
    geschuetzt.indikator("opfer", ANZAHL.replace("personen", "opfer"))
    assert geheime(geschuetzt.refresh(), "opfer") == set(GEMEINDEN)


def test_rounded_counts_are_shown_rounded_everywhere_and_say_so(geschuetzt):
    counts = {gebiet: 7 + place for place, gebiet in enumerate(GEMEINDEN)}
    geschuetzt.lieferung(
        "zahlen",
        tabelle(zeilen(counts, "grob"), zeilen(dict.fromkeys(GEMEINDEN, 900), "alle")),
        **PROTECTED,
    )
    geschuetzt.indikator("anteil", RATE.replace("personen", "grob"))
    (row,) = [r for r in gesehen(geschuetzt.refresh()) if r["gebiet"] == GEMEINDEN[1]]
    assert (row["zaehler"], row["guete"]) == ("10", "gerundet")  # 8 people
    assert float(row["wert"]) == pytest.approx(100 * 10 / 900)
    assert "\n8\n" not in "\n".join(row.values())


def test_few_or_dominant_contributors_withhold_a_large_number(geschuetzt):
    many = dict.fromkeys(GEMEINDEN, 500)
    geschuetzt.lieferung(
        "zahlen",
        tabelle(
            zeilen(many, "beschaeftigte"),
            zeilen(dict.fromkeys(GEMEINDEN, 20) | {GEMEINDEN[2]: 2}, "betriebe"),
            zeilen(dict.fromkeys(GEMEINDEN, 60) | {GEMEINDEN[9]: 450}, "groesster"),
        ),
        **PROTECTED,
    )
    geschuetzt.indikator("anzahl", ANZAHL.replace("personen", "beschaeftigte"))
    assert geheime(geschuetzt.refresh()) >= {GEMEINDEN[2], GEMEINDEN[9]}


def test_a_figure_that_nobody_has_judged_stops_the_refresh(geschuetzt):
    geschuetzt.lieferung("quoten", tabelle("quote | 08116019 | 2020 | jahr | | 5"), **PROTECTED)
    geschuetzt.indikator("quote", "art: uebernommen\nwert: {messgroesse: quote}\n")
    with pytest.raises(SozialmonitorError, match=r"amt/quoten\.csv[\s\S]*»quote« Personen zählt"):
        geschuetzt.refresh()


def test_figures_of_no_persons_are_shown(geschuetzt):
    geschuetzt.lieferung("zahlen", tabelle(zeilen(werte(g5=1), "plaetze")), **PROTECTED)
    geschuetzt.indikator("plaetze", ANZAHL.replace("personen", "plaetze"))
    assert geheime(geschuetzt.refresh(), "plaetze") == set()


def test_findings_about_protected_deliveries_name_no_figures(geschuetzt):
    """A Kreis that is not the sum of its municipalities is reported with both numbers."""
    wrong = {**werte(g5=2), KREIS: 4321}
    geschuetzt.lieferung("zahlen", tabelle(zeilen(wrong)), **PROTECTED)
    geschuetzt.indikator("anzahl", ANZAHL)
    service = geschuetzt.refresh()
    inside = " ".join(row[0] for row in geschuetzt.intern("SELECT text FROM befund"))
    assert "4\u202f321" in inside
    assert service.befunde()
    assert not any(sign.isdigit() for b in service.befunde() for sign in b.text)


def test_the_remark_of_a_withheld_cell_is_withheld(geschuetzt):
    head, *lines = tabelle(zeilen(werte(g5=2))).split("\n")
    told = [f"{line} | {'zwei Kinder' if line.endswith('| 2') else ''}" for line in lines]
    text = "\n".join([f"{head} | bemerkung", *told])
    geschuetzt.lieferung("zahlen", text, **PROTECTED)
    geschuetzt.indikator("anzahl", ANZAHL)
    (row,) = geschuetzt.refresh().reihe("anzahl", [GEMEINDEN[5]])
    assert (row.status, row.anmerkung) == ("geheim", "")


def verbunden(haus):
    """Return a fresh calculated state of a house whose intern file is in use, with its catalogue."""
    katalog = haus.katalog()
    connection = warehouse.scratch(warehouse.current(haus.warehouse).intern)
    compute(connection, katalog)
    return connection, katalog


def gezeigt(connection):
    return dict(connection.execute("SELECT kennung, wert FROM gezeigt").fetchall())


@pytest.fixture
def eine_stadt(geschuetzt):
    geschuetzt.lieferung("zahlen", tabelle(zeilen(werte(g5=2))), **PROTECTED)
    geschuetzt.indikator("anzahl", ANZAHL)
    geschuetzt.refresh()
    return geschuetzt


def test_a_release_that_shows_what_is_secret_today_stops_the_build(eine_stadt):
    connection, katalog = verbunden(eine_stadt)
    first = schuetze_datenstand(connection, katalog)
    (small,) = [s.schluessel for s in first.sperrungen if s.art == "primaer"]
    assert isinstance(small, Kennung)
    connection, katalog = verbunden(eine_stadt)
    with pytest.raises(SozialmonitorError, match="früheren Veröffentlichung") as caught:
        schuetze_datenstand(connection, katalog, {"2025": {small.text(): 2.0}})
    assert "--withdraw" in str(caught.value)


def test_the_partners_of_a_release_stay_partners_and_what_it_shows_stays_shown(eine_stadt):
    connection, katalog = verbunden(eine_stadt)
    schuetze_datenstand(connection, katalog)
    release = gezeigt(connection)
    partner = next(k for k in release if f"|{GEMEINDEN[30]}|" in k)
    usual = next(k for k in release if f"|{GEMEINDEN[0]}|" in k)
    # the release hid another partner and showed the one that is cheapest today
    release |= {partner: None, usual: 10.0}
    connection, katalog = verbunden(eine_stadt)
    schuetze_datenstand(connection, katalog, {"2025": release})
    today = gezeigt(connection)
    assert (today[usual], today[partner]) == (10.0, None)


def test_the_difference_to_a_revised_release_betrays_nothing(eine_stadt):
    """The Kreis was one smaller before: with the same partners the old sum says what changed."""
    connection, katalog = verbunden(eine_stadt)
    schuetze_datenstand(connection, katalog)
    release = gezeigt(connection)
    kreis = next(k for k in release if f"|{KREIS}|" in k)
    connection, katalog = verbunden(eine_stadt)
    report = schuetze_datenstand(
        connection, katalog, {"2025": release | {kreis: release[kreis] - 1}}
    )
    assert report.bestanden


def test_a_failed_proof_leaves_the_old_build_in_use(eine_stadt, monkeypatch):
    before = warehouse.current(eine_stadt.warehouse)
    monkeypatch.setattr(
        "indicators.disclosure.linked._Suche.witness", lambda *_: None
    )  # as if no partner could be found
    with pytest.raises(SozialmonitorError, match="lässt sich nicht schützen"):
        eine_stadt.refresh()
    assert warehouse.current(eine_stadt.warehouse) == before


@pytest.mark.parametrize("seed", range(3))
def test_an_attacker_who_downloads_everything_proves_nothing(geschuetzt, seed):
    """Municipalities × sexes × years and a rate, sparse; the attacker shares no line with the product."""
    chance = np.random.default_rng(seed)
    truth, blocks = {}, []
    for year in ("2019", "2020"):
        men, women = (
            {g: int(chance.choice((0, 0, 1, 2, 3, 5, 8, 20))) for g in GEMEINDEN} for _ in range(2)
        )
        both = {g: men[g] + women[g] for g in GEMEINDEN}
        for sex, counts in (("m", men), ("w", women), ("", both)):
            blocks.append(zeilen(counts, zeit=year, geschlecht=sex))
            truth |= {(year, g, sex): n for g, n in counts.items()}
            truth[year, KREIS, sex] = sum(counts.values())
        blocks.append(zeilen({g: 60 + both[g] for g in GEMEINDEN}, "alle", year))
    geschuetzt.lieferung("zahlen", tabelle(*blocks), **PROTECTED)
    geschuetzt.indikator("anzahl", ANZAHL + "gliederung: [geschlecht]\n")
    geschuetzt.indikator("anteil", RATE)
    rows = gesehen(geschuetzt.refresh())

    for year in ("2019", "2020"):
        attacker = Angreifer()
        seen = {
            (r["gebiet"], r["geschlecht"]): float(r["zaehler"] or r["wert"])
            for r in rows
            if r["zeit"] == year and r["wert"]
        }
        cells = [(g, sex) for g in (*GEMEINDEN, KREIS) for sex in ("m", "w", "")]
        attacker.sieht({cell: seen.get(cell) for cell in cells})
        attacker.sucht(cells)
        for sex in ("m", "w", ""):
            attacker.gleichung([(g, sex) for g in GEMEINDEN], (KREIS, sex))
        for g in (*GEMEINDEN, KREIS):
            attacker.gleichung([(g, "m"), (g, "w")], (g, GESAMT))
        small = [c for c in cells if 0 < truth[(year, *c)] < K]
        assert small
        assert not set(small) & set(seen)
        assert attacker.ueberfuehrt(small, K) == []


def test_twins_that_differ_only_in_suppressed_cells_look_the_same(geschuetzt):
    public = []
    for one, other in ((1, 2), (2, 1)):
        haus = Haus(geschuetzt.folder / f"{one}{other}")
        haus.indikator("anzahl", ANZAHL)
        haus.lieferung("zahlen", tabelle(zeilen(werte(g5=one, g6=other))), **PROTECTED)
        assert {GEMEINDEN[5], GEMEINDEN[6]} <= geheime(haus.refresh())
        public.append(_inhalt(warehouse.current(haus.warehouse).oeffentlich))
    assert public[0] == public[1]


def _inhalt(path):
    """Return every row of every table of a public file, but for names and times of the build."""
    with warehouse.read(path) as file:
        names = [row[0] for row in file.execute("SHOW TABLES").fetchall()]
        return {
            name: sorted(map(repr, file.execute(f"SELECT * FROM {name}").fetchall()))
            for name in names
            if name not in ("datenstand", "aenderung", "quelle")
        }


def test_the_export_counts_what_is_withheld(geschuetzt):
    geschuetzt.lieferung("zahlen", tabelle(zeilen(werte(g5=2))), **PROTECTED)
    geschuetzt.indikator("anzahl", ANZAHL)
    service = geschuetzt.refresh()
    assert service.export(
        "SELECT zellen, gesperrt, geprueft FROM geheimhaltung", []
    ).fetchone() == (
        45,
        2,
        True,
    )


def test_a_build_is_held_against_every_release(eine_stadt):
    """A rule that is loosened for one delivery does not betray what the release hides."""
    first = warehouse.current(eine_stadt.warehouse)
    veroeffentliche(eine_stadt.warehouse)
    eine_stadt.lieferung("zahlen", tabelle(zeilen(werte(g5=2, g20=31))), **PROTECTED)
    eine_stadt.refresh()
    service = Service(eine_stadt.warehouse, ENTWURF)
    assert service.export("SELECT * FROM nachgewiesen", []).fetchall() == [(first.id,)]
    # the same partner as before: two patterns together would tell more than each
    assert geheime(service) == {GEMEINDEN[5], GEMEINDEN[0]}


def test_a_release_that_shows_more_than_today_is_allowed_must_be_withdrawn_first(eine_stadt):
    loose = {"geheimhaltung": {"kleinste_zahl": 3, "gegenzahl": False}}
    eine_stadt.lieferung("zahlen", tabelle(zeilen(werte(g5=4))), **loose)
    eine_stadt.refresh()
    released = veroeffentliche(eine_stadt.warehouse)
    eine_stadt.lieferung("zahlen", tabelle(zeilen(werte(g5=4))), geheimhaltung={"kleinste_zahl": 5})
    with pytest.raises(SozialmonitorError, match="früheren Veröffentlichung"):
        eine_stadt.refresh()
    veroeffentlichungen.ziehe_zurueck(eine_stadt.warehouse, released.id, "Zu kleine Zahl gezeigt.")
    with contextlib.suppress(SozialmonitorError):  # nothing is shown to the public for now
        eine_stadt.refresh()
    assert GEMEINDEN[5] in geheime(Service(eine_stadt.warehouse, ENTWURF))


def test_what_an_exempt_delivery_has_shown_is_known_when_its_exemption_ends(geschuetzt):
    """The release lists no protected cell; its rows show the count, as number and in a rate."""
    open_ = {"geheimhaltung": {"ausnahme": "Der Herausgeber zeigt jede Zahl selbst."}}
    text = tabelle(zeilen(werte(g5=2)), zeilen(dict.fromkeys(GEMEINDEN, 100), "alle"))
    geschuetzt.lieferung("zahlen", text, **open_)
    geschuetzt.indikator("anteil", RATE)
    geschuetzt.refresh()
    released = veroeffentliche(geschuetzt.warehouse)
    geschuetzt.lieferung("zahlen", text, **PROTECTED)
    with pytest.raises(SozialmonitorError, match="früheren Veröffentlichung"):
        geschuetzt.refresh()
    veroeffentlichungen.ziehe_zurueck(geschuetzt.warehouse, released.id, "Zu kleine Zahl gezeigt.")
    with contextlib.suppress(SozialmonitorError):  # nothing is shown to the public for now
        geschuetzt.refresh()
    assert GEMEINDEN[5] in geheime(Service(geschuetzt.warehouse, ENTWURF), "anteil")


def test_numbers_shown_while_a_delivery_was_exempt_are_no_partners(geschuetzt):
    """They were shown for ever; what was corrected since protects the small count."""
    open_ = {"geheimhaltung": {"ausnahme": "Der Herausgeber zeigt jede Zahl selbst."}}
    geschuetzt.lieferung("zahlen", tabelle(zeilen(werte(g5=8, g20=31))), **open_)
    geschuetzt.indikator("anzahl", ANZAHL)
    geschuetzt.refresh()
    veroeffentliche(geschuetzt.warehouse)
    geschuetzt.lieferung("zahlen", tabelle(zeilen(werte(g5=2, g20=37))), **PROTECTED)
    geschuetzt.refresh()
    assert geheime(Service(geschuetzt.warehouse, ENTWURF)) == {GEMEINDEN[5], GEMEINDEN[20]}


def test_a_build_that_does_not_know_of_a_release_is_not_released(eine_stadt):
    old = warehouse.current(eine_stadt.warehouse)
    eine_stadt.lieferung("zahlen", tabelle(zeilen(werte(g5=2, g20=31))), **PROTECTED)
    eine_stadt.refresh()
    veroeffentliche(eine_stadt.warehouse)
    with pytest.raises(SozialmonitorError, match="nicht geprüft"):
        veroeffentliche(eine_stadt.warehouse, old.id)

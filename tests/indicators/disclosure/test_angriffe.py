"""Hostile deliveries: what would betray somebody if one relation or rule were forgotten."""

import pytest

from etl.errors import SozialmonitorError
from indicators.disclosure.datenstand import schuetze_datenstand
from indicators.gezeigt import ENTWURF
from indicators.service import Service
from indicators.veroeffentlichen import veroeffentliche
from tests.haus import GEBIETE, GEMEINDEN
from tests.indicators.disclosure.test_datenstand import (
    ANZAHL,
    KREIS,
    MESSGROESSEN,
    PROTECTED,
    geheime,
    geschuetzt,
    tabelle,
    verbunden,
    werte,
    zeilen,
)

__all__ = ["geschuetzt"]


def test_what_may_not_be_shown_below_the_kreis_is_not_shown_rounded_either(geschuetzt):
    geschuetzt.lieferung("zahlen", tabelle(zeilen(werte(), "opfer")), geheimhaltung={"runden": 5})
    geschuetzt.indikator("opfer", ANZAHL.replace("personen", "opfer"))
    assert geheime(geschuetzt.refresh(), "opfer") == set(GEMEINDEN)


def test_the_source_s_mask_does_not_hide_that_a_total_leaves_little_for_a_small_count(geschuetzt):
    """One municipality is absent, one is masked, one has 2: the Kreis leaves exactly 2 for all."""
    known = {g: n for g, n in werte(g5=2).items() if g not in (GEMEINDEN[6], GEMEINDEN[40])}
    masked = f"personen | {GEMEINDEN[6]} | 2020 | jahr | | "
    head, *lines = tabelle(zeilen(known), masked).split("\n")
    text = "\n".join([f"{head} | symbol", *(f"{x} | {'.' if x == masked else ''}" for x in lines)])
    geschuetzt.lieferung("zahlen", text, **PROTECTED)
    geschuetzt.indikator("anzahl", ANZAHL)
    hidden = geheime(geschuetzt.refresh())
    assert {GEMEINDEN[5], GEMEINDEN[6]} < hidden


def test_a_balance_below_zero_is_refused_and_not_a_traceback(geschuetzt, monkeypatch):
    saldo = "saldo: {titel: Saldo, einheit: Fälle, additiv: true, kleinste_zahl: 3}\n"
    monkeypatch.setattr("tests.haus.MESSGROESSEN", MESSGROESSEN + saldo)
    geschuetzt.lieferung("zahlen", tabelle(zeilen(werte(g5=-4), "saldo")), **PROTECTED)
    geschuetzt.indikator("anzahl", ANZAHL.replace("personen", "saldo"))
    with pytest.raises(SozialmonitorError, match=r"amt/zahlen\.csv[\s\S]*kann keine Anzahl sein"):
        geschuetzt.refresh()


SPALTEN = (
    "messgroesse | gebiet | zeit | zeitbezug | geschlecht | alter_von | alter_bis | gruppe | wert"
)
TEILE = """
teil: {titel: Ein Teil, einheit: Personen, additiv: true, kleinste_zahl: 3, teil_von: WOVON}
rest: {titel: Der andere, einheit: Personen, additiv: true, kleinste_zahl: 3, teil_von: WOVON}
"""
KLEIN = GEMEINDEN[5]
GEMEINSCHAFT, MITGLIEDER = "081165009", {"08116035", "08116071"}


def zelle(zahl, gebiet=KREIS, *, was="personen", zeit="2020", **andere):
    """Return a line of a delivery."""
    kind, (low, high) = andere.get("zeitbezug", "jahr"), andere.get("alter", ("", ""))
    sex, group = andere.get("geschlecht", ""), andere.get("gruppe", "")
    return f"{was} | {gebiet} | {zeit} | {kind} | {sex} | {low} | {high} | {group} | {zahl}"


def gesperrt(haus, rows):
    """Deliver lines and return those that are withheld."""
    haus.lieferung("zahlen", "\n".join([SPALTEN, *rows]), **PROTECTED)
    for name in {row.split(" | ")[0] for row in rows}:
        formula = ANZAHL.replace("personen", name)
        haus.indikator(name, f"{formula}gliederung: [geschlecht, alter, gruppe]\n")
    haus.read()
    connection, katalog = verbunden(haus)
    report = schuetze_datenstand(connection, katalog)
    hidden = {
        _kurz(*k[:4], k.geschlecht, k.alter_von, k.gruppe)
        for k in (s.schluessel for s in report.sperrungen)
    }
    return [
        row
        for row in rows
        if _kurz(*(row.split(" | ")[i] for i in (0, 1, 2, 3, 4, 5, 7))) in hidden
    ]


def _kurz(*parts):
    return tuple(str(part) if part not in ("", 0) else "0" for part in parts)


def gemeinschaft():
    """Return municipalities and a Verwaltungsgemeinschaft that stands for its members."""
    counts = {g: n for g, n in werte(g5=2).items() if g not in MITGLIEDER} | {GEMEINSCHAFT: 100}
    rows = [zelle(n, gebiet) for gebiet, n in counts.items()] + [zelle(sum(counts.values()))]
    return rows, rows


def kreise():
    """Return all Kreise and their Land, but not the Regierungsbezirk of some."""
    keys = [key for key in GEBIETE.names if key.startswith("08") and len(key) == 5]
    counts = {key: 2 if key == "08117" else 50 + i for i, key in enumerate(keys)}
    rows = [zelle(n, key) for key, n in counts.items()] + [zelle(sum(counts.values()), "08")]
    return rows, rows


def zweimal_geteilt():
    """Return a whole that is divided into three groups, and the same people into two others."""
    rows = []
    for i, gebiet in enumerate(GEMEINDEN[:6]):
        a = 2 if i == 3 else 18 + i
        groups = {"": a + 41 + 3 * i, "a": a, "b": 20 + i, "c": 21 + 2 * i, "x": 10}
        groups["y"] = groups[""] - 10
        rows += [zelle(n, gebiet, gruppe=name) for name, n in groups.items()]
    return rows, [
        row for row in rows if GEMEINDEN[3] in row and row.split(" | ")[7] in ("", *"abc")
    ]


def teile_eines_teils():
    """Return groups of which one is the sum of two others, without any whole."""
    rows = []
    for i, gebiet in enumerate(GEMEINDEN[:6]):
        small = 2 if i == 3 else 18
        groups = {"a": small + 30 + i, "a1": small, "a2": 30 + i, "z": 50}
        rows += [zelle(n, gebiet, gruppe=name) for name, n in groups.items()]
    return rows, [row for row in rows if GEMEINDEN[3] in row and " | a" in row]


def alter(*spannen):
    """Return age groups of the Kreis that overlap: sums and differences leave very few."""
    rows = [zelle(n, alter=(low, high)) for low, high, n in spannen]
    return rows, rows


def drittes_geschlecht():
    """Return men, women and a total that counts one more in one municipality."""
    rows = [
        zelle(size * n + (not sex and gebiet in (KLEIN, KREIS)), gebiet, geschlecht=sex)
        for gebiet in (*GEMEINDEN, KREIS)
        for sex, n in (("m", 20), ("w", 30), ("", 50))
        for size in (44 if gebiet == KREIS else 1,)
    ]
    return rows, [row for row in rows if KLEIN in row]


def dominanz():
    """Return large counts, one of them behind two enterprises only."""
    rows = [zelle(500, g, was="beschaeftigte") for g in GEMEINDEN]
    rows.append(zelle(500 * 44, was="beschaeftigte"))
    few = [zelle(2 if g == KLEIN else 20, g, was="betriebe") for g in GEMEINDEN]
    return [*rows, *few], [row for row in rows if KLEIN not in row]


def nur_auf_kreisebene():
    """Return what must not be shown below the Kreis, and the two parts that make it up."""
    rows = [
        zelle(n, gebiet, was=name)
        for gebiet, whole in werte(g4=0).items()
        for name, n in (("opfer", whole), ("teil", whole // 2), ("rest", whole - whole // 2))
    ]
    rows += [
        zelle(sum(int(r.rsplit(" | ", 1)[1]) for r in rows if r.startswith(name)), was=name)
        for name in ("opfer", "teil", "rest")
    ]
    return rows, [row for row in rows if KLEIN in row and not row.startswith("opfer")]


def gerundetes_ganzes():
    """Return a whole that is shown rounded, and its two parts, one of them small."""
    rows = [zelle(42, was="grob"), zelle(2, was="teil"), zelle(40, was="rest")]
    return rows, rows[2:]


def jahresmittel():
    """Return months and their rounded mean, which leaves at most 2 for the last one."""
    months = [5] * 8 + [4] * 3 + [1]
    rows = [zelle(n, zeit=f"2020-{i:02}", zeitbezug="monat") for i, n in enumerate(months, 1)]
    rows.append(zelle(round(sum(months) / 12), zeitbezug="jahresdurchschnitt"))
    return rows, [row for row in rows if "2020-12" not in row]


@pytest.mark.parametrize(
    ("angriff", "wovon"),
    [
        (gemeinschaft, "personen"),
        (kreise, "personen"),
        (zweimal_geteilt, "personen"),
        (teile_eines_teils, "personen"),
        (lambda: alter((0, 17, 30), (15, 24, 21), (0, 24, 50)), "personen"),  # 15 to 17: 1
        (lambda: alter((0, 17, 30), (15, 24, 49), ("", "", 50)), "personen"),  # not 15 to 24: 1
        (drittes_geschlecht, "personen"),
        (dominanz, "personen"),
        (nur_auf_kreisebene, "opfer"),
        (gerundetes_ganzes, "grob"),
        (jahresmittel, "personen"),
    ],
)
def test_what_could_be_added_up_is_not_all_shown(geschuetzt, monkeypatch, angriff, wovon):
    """Of the lines with which the attacker calculates, one at least is withheld beside the secret."""
    monkeypatch.setattr("tests.haus.MESSGROESSEN", MESSGROESSEN + TEILE.replace("WOVON", wovon))
    rows, used = angriff()
    secret = [row for row in used if row.endswith((" | 1", " | 2"))]
    hidden = gesperrt(geschuetzt, rows)
    assert set(secret) <= set(hidden)
    assert set(hidden) & (set(used) - set(secret))


def test_a_total_that_only_a_release_shows_still_counts(geschuetzt):
    """Today neither the Kreis nor the tenth municipality is delivered; everybody has them."""
    rows = [zelle(n, gebiet) for gebiet, n in werte(g5=2).items()]
    total = zelle(sum(werte(g5=2).values()))
    geschuetzt.lieferung("zahlen", "\n".join([SPALTEN, *rows, total]), **PROTECTED)
    geschuetzt.indikator("anzahl", ANZAHL)
    before = geheime(geschuetzt.refresh())
    veroeffentliche(geschuetzt.warehouse)
    geschuetzt.lieferung("zahlen", "\n".join([SPALTEN, *rows[:9], *rows[10:]]), **PROTECTED)
    geschuetzt.refresh()
    assert geheime(Service(geschuetzt.warehouse, ENTWURF)) == before


ZWILLING = "zwilling: {titel: Dieselben, einheit: Personen, additiv: true, kleinste_zahl: 3}\n"


@pytest.mark.parametrize(("was", "basis"), [("personen", "zensus2022"), ("zwilling", "zensus2011")])
def test_one_count_under_two_names_is_withheld_under_both(geschuetzt, monkeypatch, was, basis):
    """Two offices deliver the same people; what the stricter one hides the other one must not show."""
    monkeypatch.setattr("tests.haus.MESSGROESSEN", MESSGROESSEN + ZWILLING)
    head = "messgroesse | gebiet | zeit | zeitbezug | basis | wert"
    numbers = werte(g5=2)
    names = [("personen", "zensus2011"), (was, basis)]
    for smallest, (name, base) in zip((3, 12), names, strict=True):
        lines = [
            f"{name} | {gebiet} | 2020 | jahr | {base} | {number}"
            for gebiet, number in (numbers | {KREIS: sum(numbers.values())}).items()
        ]
        rule = {"kleinste_zahl": smallest}
        geschuetzt.lieferung(f"k{smallest}", "\n".join([head, *lines]), geheimhaltung=rule)
        geschuetzt.indikator(name, ANZAHL.replace("personen", name))
    geschuetzt.read()
    connection, katalog = verbunden(geschuetzt)
    hidden = [s.schluessel for s in schuetze_datenstand(connection, katalog).sperrungen]
    patterns = [{k.gebiet for k in hidden if (k.messgroesse, k.basis) == name} for name in names]
    assert patterns[0] == patterns[1] == {GEMEINDEN[0], GEMEINDEN[1], GEMEINDEN[5]}

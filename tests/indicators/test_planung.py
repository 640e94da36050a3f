"""The planning files: what is shipped, and what a wrong file is told."""

from datetime import date

import pytest

from etl.errors import DefinitionError, UnknownError
from etl.messgroessen import load_messgroessen
from indicators.catalog import Katalog, load_katalog

GREMIEN = """
geschaeftsordnung:
  mitglieder: [{funktion: Je eine Vertretung, benannt_von: Fraktionen}]
  benennung: Alle benennen selbst.
  stellvertretung: Jedes Mitglied hat eine.
  geschaeftsfuehrung: Ein Amt
  geschaeftsfuehrung_aufgaben: Lädt ein.
  bericht: Einmal im Jahr.
  berichtsmonat: 11
  quelle: Eine Ordnung
gremien:
  - {id: praxis, titel: Praxis, kurztitel: Praxis, art: netzwerk, stufe: 1, aufgabe: Arbeitet.,
     berichtet_an: [feld], quelle: Agenda}
  - {id: feld, titel: Ein Gremium, kurztitel: Feld, art: steuerung, stufe: 2, handlungsfeld: feld,
     aufgabe: Steuert., quelle: Agenda}
"""
SITZUNGEN = """
- {gremium: feld, datum: 2027-03-18, titel: Frühjahr, quelle: Plan}
- {gremium: feld, datum: 2026-03-18, titel: Vorjahr, leitziele: [feld/ziel], quelle: Plan}
"""
BESCHLUESSE = """
- {id: alle, gremium: feld, jahr: 2021, titel: Für alle, text: Gilt überall., quelle: Rede}
- {id: eines, gremium: feld, jahr: 2022, datum: 2022-12-15, titel: Für eines, text: Gilt dort.,
   leitziele: [feld/ziel], quelle: Rede}
"""
UNTERZIELE = "- {leitziel: feld/ziel, text: Näher dran., stand: agenda, indikatoren: [anteil], quelle: Agenda}\n"
MASSNAHMEN = """
- id: projekt
  titel: Ein Projekt
  beschreibung: Tut etwas.
  leitziele: [feld/ziel]
  querschnittsthemen: [thema]
  wirkungen:
    - {indikator: anteil, absicht: senken}
  wirkungen_durch: Vorschlag der Projektgruppe
  angaben:
    - {text: 5 Orte, jahr: 2022, quelle: Zeitung}
  quelle: Agenda
"""
ZIELWERTE = "- {indikator: anteil, wert: 40, jahr: 2030, basisjahr: 2020, quelle: Beschluss}\n"
AUFTRAEGE = """
- {id: auftrag, titel: Ein Auftrag, text: Bitte planen., gremium: feld, jahr: 2021, beschluss: alle,
   leitziele: [feld/ziel], quelle: Rede}
"""
EMPFEHLUNGEN = """
- {id: rat, titel: Ein Rat, text: So machen., indikatoren: [anteil], empfohlen_von: Eine AG,
   datum: 2026-03-18, stand: vorgelegt, quelle: Bericht}
"""
GELD = """
- {id: summe, titel: Eine Summe, abgrenzung: Alles., rechnung: brutto, art: plan, jahr: 2020,
   betrag: 1.5, einheit: Millionen Euro, handlungsfelder: [feld], leitziele: [feld/ziel],
   indikatoren: [anteil], quelle: Zeitung}
- {id: reihe, titel: Aus einer Reihe, abgrenzung: Alles., rechnung: netto, art: ist, jahr: 2020,
   aus_indikator: betrag, einheit: Millionen Euro, quelle: Haushalt}
"""
NOTIZEN = """
- {id: wert, indikator: anteil, gebiet: "08116019", zeit: 2020-12-31, text: Ein Sprung.,
   gezeichnet: Sozialplanung, datum: 2026-03-18}
- {id: ganzes, handlungsfeld: feld, text: Zum Ganzen., gezeichnet: Sozialplanung, datum: 2026-01-02}
"""
FILES = {
    "zielwerte": ZIELWERTE,
    "planungsauftraege": AUFTRAEGE,
    "handlungsempfehlungen": EMPFEHLUNGEN,
    "geld": GELD,
    "fachnotizen": NOTIZEN,
    "gremien": GREMIEN,
    "sitzungen": SITZUNGEN,
    "beschluesse": BESCHLUESSE,
    "unterziele": UNTERZIELE,
    "massnahmen": MASSNAHMEN,
}


@pytest.fixture(scope="module")
def shipped() -> Katalog:
    return load_katalog(load_messgroessen())


@pytest.fixture
def geplant(haus):
    """Give a house whose Agenda has all planning files."""
    haus.indikator("anteil")
    haus.indikator("betrag", "art: anzahl\nzaehler: {messgroesse: betrag}\n")
    for name, text in FILES.items():
        haus.write(f"agenda/{name}.yaml", text)
    return haus


# --- What is shipped


def test_the_way_leads_from_networks_to_the_committee_and_every_field_has_its_body(shipped):
    plan = shipped.planung
    stages = sorted({(g.stufe, g.art) for g in plan.gremien if g.stufe is not None})
    assert [art for _, art in stages] == ["netzwerk", "uag", "ag", "steuerung", "ausschuss"]
    assert {g.handlungsfeld for g in plan.gremien if g.art == "steuerung"} == {
        feld.id for feld in shipped.handlungsfelder
    }
    assert {g.art for g in plan.gremien if g.stufe is None} == {
        "kreistag", "fachdialog", "planungsgremium",
    }  # fmt: skip


def test_the_rules_name_eight_functions_and_the_report_in_november(shipped):
    rules = shipped.planung.geschaeftsordnung
    assert rules is not None
    assert len(rules.mitglieder) == 8
    assert (rules.geschaeftsfuehrung, rules.berichtsmonat) == ("Dezernat Soziales", 11)


def test_only_two_sittings_are_known_that_of_the_agenda_and_that_of_the_last_report(shipped):
    assert [(s.gremium, s.datum) for s in shipped.planung.sitzungen] == [
        ("kreistag", date(2022, 12, 15)),
        ("ausschuss", date(2023, 3, 2)),
    ]


def test_the_projects_of_the_agenda_are_there_and_nothing_is_said_without_its_source(shipped):
    titles = " ".join(m.titel for m in shipped.planung.massnahmen)
    for word in (
        "GO!ES", "WorKmobil", "MiMaMo+", "Schulbegleitung", "Schulsozialarbeit", "Suchtprävention",
        "inklusive Kindertagesbetreuung", "Rahmenschutzkonzept", "Armutspräventionsketten",
        "Qualitätskonzept", "Psychiatrieplan", "Integrationsplan", "Demokratie", "Kümmererprojekt",
        "VwV Deutsch", "Pflegeberufegesetz", "Unterstützungsangebote", "Quartiersprojekte",
    ):  # fmt: skip
        assert word in titles
    assert all(m.quelle and (m.status is None) == (m.status_quelle is None)
               for m in shipped.planung.massnahmen)  # fmt: skip


def test_every_goal_has_a_focus_below_it(shipped):
    assert {u.leitziel for u in shipped.planung.unterziele} == set(shipped.leitziele)


# --- What a wrong file is told


def refusal(haus) -> list[str]:
    """Return place, problem and remedy of the only defect."""
    with pytest.raises(DefinitionError) as caught:
        haus.katalog()
    (defect,) = caught.value.maengel
    return [defect.ort.removeprefix(f"{haus.folder}/agenda/"), defect.problem, defect.abhilfe]


def test_a_good_plan_is_loaded_and_a_small_agenda_needs_none(geplant):
    assert [m.id for m in geplant.katalog().planung.massnahmen] == ["projekt"]
    for name in FILES:
        (geplant.folder / "agenda" / f"{name}.yaml").unlink()
    assert geplant.katalog().planung.gremien == ()


@pytest.mark.parametrize(
    ("file", "old", "new", "line", "problem", "remedy"),
    [
        ("massnahmen", "[feld/ziel]", "[feld/zeil]", 5,
         "Das Leitziel »feld/zeil« gibt es nicht.", "Meinten Sie »feld/ziel«?"),
        ("massnahmen", "[thema]", "[tema]", 6,
         "Das Querschnittsthema »tema« gibt es nicht.", "Meinten Sie »thema«?"),
        ("massnahmen", "indikator: anteil", "indikator: antiel", 8,
         "Den Indikator »antiel« gibt es nicht.", "Meinten Sie »anteil«?"),
        ("massnahmen", "absicht: senken", "absicht: senkt", 8,
         "»senkt« ist für »absicht« kein erlaubter Wert.", "Meinten Sie »senken«?"),
        ("unterziele", "feld/ziel", "feld/ziele", 1,
         "Das Leitziel »feld/ziele« gibt es nicht.", "Meinten Sie »feld/ziel«?"),
        ("unterziele", "[anteil]", "[anteile]", 1,
         "Den Indikator »anteile« gibt es nicht.", "Meinten Sie »anteil«?"),
        ("sitzungen", "gremium: feld", "gremium: felt", 2,
         "Das Gremium »felt« gibt es nicht.", "Meinten Sie »feld«?"),
        ("sitzungen", "2027-03-18", "18.3.2027", 2,
         "»18.3.2027« ist für »datum« kein Datum.", ""),
        ("beschluesse", "id: eines", "id: alle", 3,
         "Die Kennung »alle« gibt es zweimal.", "Eine der beiden umbenennen."),
        ("beschluesse", "jahr: 2022", "jahr: 2023", 3, "»datum« liegt nicht in »jahr«.", ""),
        ("zielwerte", "indikator: anteil", "indikator: antail", 1,
         "Den Indikator »antail« gibt es nicht.", "Meinten Sie »anteil«?"),
        ("planungsauftraege", "beschluss: alle", "beschluss: ale", 2,
         "Den Beschluss »ale« gibt es nicht.", "Meinten Sie »alle«?"),
        ("handlungsempfehlungen", "stand: vorgelegt", "stand: beschlossen", 2,
         "»beschluss« gehört genau zu einer Empfehlung, über die entschieden ist.", ""),
        ("geld", "handlungsfelder: [feld]", "handlungsfelder: [felt]", 3,
         "Das Handlungsfeld »felt« gibt es nicht.", "Meinten Sie »feld«?"),
        ("geld", "betrag: 1.5, ", "", 2, "Entweder »betrag« oder »aus_indikator« angeben.", ""),
        ("geld", "aus_indikator: betrag", "aus_indikator: betrage", 6,
         "Den Indikator »betrage« gibt es nicht.", "Meinten Sie »betrag«?"),
        ("fachnotizen", '"08116019"', '"08116999"', 2,
         "Das Gebiet »08116999« gibt es nicht.", ""),
        ("fachnotizen", "zeit: 2020-12-31", "zeit: irgendwann", 2,
         "»irgendwann« ist keine Zeit.", "Wie 2024, 2024-12-31 oder 2023/24 schreiben."),
        ("fachnotizen", "zeit: 2020-12-31, ", "", 2,
         "»gebiet« und »zeit« gehören zusammen und zu einem »indikator«.", ""),
        ("fachnotizen", "text: Zum Ganzen.", "text: ' '", 4,
         "Der Text in »text« ist leer.", "Etwas hineinschreiben oder das Feld weglassen."),
        ("gremien", "berichtet_an: [feld]", "berichtet_an: [fels]", 13,
         "Das Gremium »fels« gibt es nicht.", "Meinten Sie »feld«?"),
        ("gremien", "titel: Ein Gremium", "titel: Anders", 14,
         "Das Handlungsfeld nennt dieses Gremium »Ein Gremium«.",
         "In beiden Dateien gleich schreiben."),
        ("gremien", "stufe: 2, handlungsfeld: feld", "stufe: 2", 14,
         "Genau ein Gremium der Art »steuerung« nennt ein »handlungsfeld«.", ""),
    ],
)  # fmt: skip
def test_a_wrong_word_is_told_with_its_line(geplant, file, old, new, line, problem, remedy):
    text = FILES[file]
    assert old in text
    geplant.write(f"agenda/{file}.yaml", text.replace(old, new, 1))
    place, said, advice = refusal(geplant)
    assert place == f"{file}.yaml:{line}"
    assert said == problem
    assert not remedy or advice == remedy


def test_a_field_without_its_body_is_told(geplant):
    text = GREMIEN.replace("art: steuerung", "art: ag").replace("handlungsfeld: feld,", "")
    geplant.write("agenda/gremien.yaml", text)
    _, said, _ = refusal(geplant)
    assert said == "Für das Handlungsfeld »Ein Handlungsfeld« gibt es nicht genau ein Gremium."


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("  quelle: Agenda\n", "  quelle: Agenda\n  status: idee\n", "»status« und »status_quelle« gehören zusammen."),
        ("  wirkungen_durch: Vorschlag der Projektgruppe\n", "", "»wirkungen« und »wirkungen_durch« gehören zusammen."),
        ("  quelle: Agenda\n", "  quelle: Agenda\n  von: 2020\n  bis: 2019\n", "»bis« liegt vor »von«."),
    ],
)  # fmt: skip
def test_nothing_is_said_of_a_measure_without_its_author(geplant, old, new, problem):
    geplant.write("agenda/massnahmen.yaml", MASSNAHMEN.replace(old, new))
    assert refusal(geplant)[1] == problem


def test_an_intention_against_the_direction_of_its_indicator_is_told(geplant):
    file = geplant.indikator("anteil")
    file.write_text(file.read_text().replace("richtung: kontext", "richtung: hoeher_ist_besser"))
    place, said, remedy = refusal(geplant)
    assert place == "massnahmen.yaml:8"
    assert said == "»Ein Projekt« soll »anteil« senken; nach dem Katalog wäre das ungünstiger."
    assert remedy == "Absicht oder Richtung des Indikators berichtigen."


# --- What the service hands out


def test_the_service_gives_back_what_the_files_say(geplant):
    geplant.lieferung(
        "zahlen",
        """
        messgroesse | gebiet   | zeit       | zeitbezug | basis      | wert
        faelle      | 08116019 | 2020-12-31 | stichtag  | zensus2011 | 10
        einwohner   | 08116019 | 2020-12-31 | stichtag  | zensus2011 | 100
        betrag      | 08116    | 2020       | jahr      |            | 7,5
        """,
    )
    service = geplant.refresh()
    assert [(g.id, g.betrag) for g in service.geld()] == [("summe", 1.5), ("reihe", 7.5)]
    assert [g.id for g in service.geld(handlungsfeld="feld")] == ["summe"]
    assert [g.id for g in service.geld(leitziel="feld/ziel")] == ["summe"]
    assert [g.id for g in service.geld(indikator="betrag")] == ["reihe"]
    assert [n.id for n in service.fachnotizen()] == ["ganzes", "wert"]
    assert [(n.gebiet, n.zeit) for n in service.fachnotizen(indikator="anteil")] == [
        ("08116019", "2020-12-31")
    ]
    assert [n.id for n in service.fachnotizen(handlungsfeld="feld")] == ["ganzes"]
    assert [a.beschluss for a in service.planungsauftraege(gremium="feld")] == ["alle"]
    assert [e.id for e in service.handlungsempfehlungen("feld/ziel")] == ["rat"]
    (measure,) = service.massnahmen(leitziel="feld/ziel")
    assert measure.wirkungen == (("anteil", "senken"),)
    assert measure.angaben == (("5 Orte", 2022, "Zeitung"),)
    assert (measure.status, measure.zustaendig, measure.von) == (None, None, None)
    assert service.massnahmen(querschnittsthema="anderes") == []
    assert [s.titel for s in service.sitzungen("feld")] == ["Vorjahr", "Frühjahr"]
    assert service.naechste_sitzung("feld", date(2026, 3, 19)).titel == "Frühjahr"
    assert service.naechste_sitzung("feld", date(2027, 3, 19)) is None
    assert [b.id for b in service.beschluesse(leitziel="feld/anderes")] == ["alle"]
    assert [b.id for b in service.beschluesse(gremium="feld", leitziel="feld/ziel")] == [
        "alle", "eines",
    ]  # fmt: skip
    assert service.unterziele("feld/ziel")[0].indikatoren == ("anteil",)
    assert service.geschaeftsordnung().mitglieder == (("Je eine Vertretung", "Fraktionen"),)
    assert service.gremium("praxis").berichtet_an == ("feld",)
    with pytest.raises(UnknownError, match="Meinten Sie »praxis«"):
        service.gremium("praxs")

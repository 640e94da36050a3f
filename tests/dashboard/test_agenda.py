"""The pages of goals, bodies and the footer: what they say, and what they admit not to know."""

import json
import re
from datetime import date

import pytest

from dashboard import routing, texts
from dashboard.components import agenda
from dashboard.components.kette import was_getan_wird
from dashboard.lage import lage, was_offen_ist, was_wir_wissen
from dashboard.pages.gremien import stufen, weg_satz
from dashboard.seite import Kontext
from indicators.records import Bewertung
from indicators.records_agenda import Geschaeftsordnung, Massnahme
from indicators.service import Service
from indicators.textseiten import textseiten
from tests.dashboard.aufruf import seite
from tests.dashboard.proben import _record, indikator

RECHTLICHES = ("/impressum", "/datenschutz", "/barrierefreiheit", "/lizenzen")
VERBOTEN = re.compile(r"\b(wirkt|bewirkt|dank|führte zu|hat dazu geführt)\b")


@pytest.fixture(scope="module")
def echt(ausgeliefert):
    return Kontext(Service(ausgeliefert))


def words(page):
    """Return everything a page says, as one text."""
    parts = []

    def collect(thing):
        if isinstance(thing, str):
            parts.append(thing)
        elif isinstance(thing, (list, tuple)):
            for part in thing:
                collect(part)
        elif thing is not None:
            collect(thing["props"].get("children"))

    collect(page.inhalt)
    return " ".join(parts)


def links(page):
    text = json.dumps(page.inhalt)
    return re.findall(r'"href": "(/[^"#]*)', text)


# --- Vom Leitziel zur Maßnahme


def test_every_goal_has_a_page_with_the_whole_chain(echt):
    for ziel in echt.service.leitziele():
        page = routing.seite(echt, f"/leitziel/{ziel.id}")
        text = words(page)
        assert page.gefunden
        for part in ("Unterziele", "Indikatoren", "Zielwerte", "Maßnahmen", "Nächste Sitzung"):
            assert part in text, ziel.id
        assert ziel.begruendung in text
        assert "Agenda Kommunale Integrierte Sozialplanung" in text


def test_a_measure_stands_beside_series_and_never_as_their_cause(echt):
    seen = 0
    for ziel in echt.service.leitziele():
        text = words(routing.seite(echt, f"/leitziel/{ziel.id}"))
        measures = echt.service.massnahmen(leitziel=ziel.id)
        beside = sum(bool(m.wirkungen) for m in measures)
        assert text.count(agenda.NEBEN) == beside
        assert VERBOTEN.search(text) is None
        seen += beside
    assert seen > 10


def test_what_nobody_has_told_is_called_so(echt):
    text = words(routing.seite(echt, "/leitziel/familie_jugend/benachteiligung_abbauen"))
    assert "Status nicht bekannt" in text
    assert "Noch ist kein Zielwert beschlossen." in text
    assert text.count(agenda.FEHLT) > 5


def test_a_goal_without_figures_says_why_and_who_has_figures(echt):
    empty = [
        z for z in echt.service.leitziele()
        if not any(z.id in i.leitziele and i.ebenen for i in echt.service.indikatoren())
    ]  # fmt: skip
    assert empty
    for ziel in empty:
        text = words(routing.seite(echt, f"/leitziel/{ziel.id}"))
        assert "Hier noch nicht messbar: " in text
        assert ziel.luecke in text
        assert text.count("Daten angefordert") >= 3


def test_all_links_of_the_agenda_pages_lead_somewhere(echt):
    addresses = ["/gremien", *RECHTLICHES]
    addresses += [f"/gremien/{g.id}" for g in echt.service.gremien()]
    addresses += [f"/leitziel/{z.id}" for z in echt.service.leitziele()]
    found = {link for address in addresses for link in links(routing.seite(echt, address))}
    assert len(found) > 60
    pages = {link for link in found if not link.startswith("/bericht/")}  # files: test_berichte
    lost = [link for link in pages if not routing.titel(echt, link)[1]]
    assert lost == []


def test_a_mistyped_goal_is_answered_with_the_nearest_one(echt):
    page = routing.seite(echt, "/leitziel/alter_pflege/quartie")
    assert not page.gefunden
    assert "Meinten Sie »alter_pflege/quartier«?" in words(page)


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ((), "nennt zu diesem Leitziel keine einzelne Maßnahme."),
        ((None,), "1 Maßnahme ist eingetragen. Ihr Status ist nicht bekannt."),
        ((None, None), "2 Maßnahmen sind eingetragen. Ihr Status ist nicht bekannt."),
        (
            (None, "idee"),
            "2 Maßnahmen sind eingetragen. Bei einer davon ist der Status nicht bekannt.",
        ),
        (("idee", "idee"), "2 Maßnahmen sind eingetragen."),
    ],
)
def test_the_sentence_about_measures_counts_what_is_not_known(status, said):
    measures = [_record(Massnahme, {"status": word}) for word in status]
    assert was_getan_wird(measures).endswith(said)


def test_what_is_to_be_decided_is_counted_and_never_taken_for_granted():
    vorschlag, beschlossen, ohne = (
        indikator(id=name, richtung_durch=who)
        for name, who in (
            ("a", "Vorschlag der Projektgruppe, noch nicht vom Gremium bestätigt"),
            ("b", "Beschluss des Steuerungsgremiums vom 18.03.2027"),
            ("c", "Keine Richtung: Der Anteil beschreibt nur."),
        )
    )
    goals = {"x": [vorschlag, ohne], "y": [beschlossen]}
    begin = "Was zu entscheiden ist: "
    tail = "ei 1 Indikator ist die Richtung ein Vorschlag der Projektgruppe, den das Gremium bestätigen muss."
    assert was_offen_ist(goals, ()) == (
        f"{begin}Für die 2 Leitziele ist noch kein Zielwert beschlossen; b{tail}"
    )
    assert was_offen_ist(goals, {"c"}) == (
        f"{begin}Für 1 von 2 Leitzielen ist noch kein Zielwert beschlossen; b{tail}"
    )
    assert was_offen_ist(goals, {"c", "b"}) == f"{begin}B{tail}"
    assert was_offen_ist({"y": [beschlossen]}, {"b"}) == (
        f"{begin}Zielwerte und Richtungen stehen fest."
    )


def test_what_could_be_tested_is_told_with_its_outcome_the_bad_news_first():
    gut, schlecht, ruhig, kurz = (
        indikator(id=name, kurztitel=name.title(), ebenen=("kreis",), typ="ergebnis")
        for name in ("gut", "schlecht", "ruhig", "kurz")
    )
    found = lage(
        [gut, schlecht, ruhig, kurz],
        {
            "gut": _record(Bewertung, {"aussage": "verbessert"}),
            "schlecht": _record(Bewertung, {"aussage": "verschlechtert"}),
            "ruhig": _record(Bewertung, {"aussage": "unklar"}),
            "kurz": _record(Bewertung, {"aussage": "zu_kurz"}),
        },
    )
    assert was_wir_wissen(found, "im Kreis") == (
        "Was wir wissen: Für 3 von 4 Indikatoren reichen die Daten, um die Richtung im Kreis zu"
        " prüfen. Verschlechtert: Schlecht; verbessert: Gut; ohne eindeutige Veränderung: Ruhig."
    )


# --- Gremien


def test_the_way_is_drawn_from_politics_to_practice_and_told_the_other_way_round(echt):
    bodies = echt.service.gremien()
    assert [(n, len(group)) for n, group in stufen(bodies)] == [
        (5, 1),
        (4, 5),
        (3, 1),
        (2, 1),
        (1, 1),
    ]
    sentence = weg_satz(bodies)
    assert sentence.index("Netzwerke") < sentence.index("Jugendhilfe-/Sozialausschuss")
    assert "und zurück. Den Auftrag gibt: Kreistag." in sentence
    assert "Sozialer Fachdialog und Temporäre Planungsgremien" in sentence


def test_a_steering_body_shows_field_members_topics_and_report(echt):
    page = routing.seite(echt, "/gremien/alter_pflege")
    text = words(page)
    for part in (
        "Vorstand der Liga",
        "Dezernat Soziales",
        "Novembersitzung",
        "Fachkräfte in der Pflege sichern",
    ):
        assert part in text
    assert {f"/leitziel/{z.id}" for z in echt.service.leitziele("alter_pflege")} <= set(links(page))


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 11, 30), "November 2026"),
        (date(2026, 12, 1), "November 2027"),
        (date(2026, 1, 1), "November 2026"),
    ],
)
def test_the_next_report_is_that_of_the_coming_november(day, said):
    rules = _record(Geschaeftsordnung, {"berichtsmonat": 11, "mitglieder": ()})
    assert agenda.berichtszeit(rules, day) == said


def test_an_agenda_without_plan_has_pages_all_the_same(client):
    for address in ("/gremien", "/leitziel/feld/ziel"):
        assert client.get(address).status_code == 200
        assert "noch nicht eingetragen" in seite(client, address)["inhalt"]
    assert client.get("/gremien/nix").status_code == 404


# --- Footer


def test_the_pages_of_the_footer_are_those_of_their_file():
    assert tuple(f"/{name}" for name in textseiten(texts.fusszeilen())) == RECHTLICHES


@pytest.mark.parametrize("address", ["/", "/daten", "/nix", *RECHTLICHES])
def test_every_page_leads_to_the_legal_pages(client, address):
    footer = seite(client, address)["fuss"]
    assert all(f'"href": "{legal}"' in footer for legal in RECHTLICHES)


def test_what_only_the_office_knows_is_marked(client):
    assert "vom Landratsamt zu ergänzen" in seite(client, "/impressum")["inhalt"]
    page = seite(client, "/barrierefreiheit")["inhalt"]
    for part in ("Schlichtungsstelle", "Else-Josenhans-Straße 6", "Pulverwiesen", "§ 10"):
        assert part in page


def test_every_source_is_attributed_with_provider_licence_data_set_and_change(echt):
    text = words(routing.seite(echt, "/lizenzen"))
    sources = echt.service.quellen()
    assert len(sources) > 50
    for source in sources:
        for part in (
            source.herausgeber,
            source.titel,
            source.namensnennung,
            source.ursprung,
            source.bearbeitung,
        ):
            assert part in text, source.id
    assert "© GeoBasis-DE / BKG 2016" in text
    hrefs = json.dumps(routing.seite(echt, "/lizenzen").inhalt)
    assert "https://www.govdata.de/dl-de/by-2-0" in hrefs

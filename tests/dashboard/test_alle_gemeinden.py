"""No page of the shipped figures says more than was computed: all 44 places, all indicators."""

import pytest

from dashboard import aussagen
from dashboard.blick import HOECHSTENS, JE_FELD, auf_einen_blick, feld
from dashboard.lage import BEURTEILT
from dashboard.ort import Ort, aussage
from dashboard.pages import gemeinde
from dashboard.seite import Kontext
from etl.gebiete import Gebiete
from indicators.service import Service
from indicators.wording import aussagen as words

KEYS = sorted(Gebiete().gemeinden)
WERTEND = ("verbessert", "verschlechtert")
BEWEGT = ("gestiegen", "gesunken", *WERTEND)
VERBOTEN = ("signifikant", "stark ", "schwach", "Rang ", "wirkt")


@pytest.fixture(scope="module")
def ganz(ausgeliefert):
    return Kontext(Service(ausgeliefert))


def texts(part):
    """Yield every text of a component, and what its pictures are called."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, (list, tuple)):
        for child in part:
            yield from texts(child)
    elif part is not None and not isinstance(part, (int, float)):
        if part["props"].get("alt"):
            yield part["props"]["alt"]
        yield from texts(part["props"].get("children"))


def spoken(part):
    """Yield what a component says as a statement: its sign and words."""
    if isinstance(part, (list, tuple)):
        for child in part:
            yield from spoken(child)
    elif part is not None and not isinstance(part, (str, int, float)):
        if part["props"].get("className") == "aussage":
            yield "".join(texts(part))
        else:
            yield from spoken(part["props"].get("children"))


def allowed(b, wert, indikator):
    """Return everything that may be said of one value as a statement, sign and words together."""
    found = set()
    if b.status == "vorhanden":
        sign, word = aussagen.trend_wort(b)
        years = f", {b.von_jahr}–{b.bis_jahr}" if b.p is not None and b.von_jahr else ""
        found.add(f"{sign}{word}{years}")
    if b.zeit == wert.zeit and b.vergleich_kreis:
        found.add("".join(aussagen.vergleich_wort(b, wert.wert or 0.0, indikator)))
    return found


@pytest.mark.parametrize("key", KEYS)
def test_a_profile_says_only_what_was_computed(ganz, key):
    service = ganz.service
    werte, said = service.alle_letzten(key), service.bewertungen(key)
    may = set()
    for i in service.indikatoren():
        if i.id in said and i.id in werte:
            may |= allowed(said[i.id], werte[i.id], i)
    page = gemeinde.seite(ganz, key)
    spoke = list(spoken(page.inhalt))
    assert len(spoke) > 20
    assert set(spoke) <= may
    whole = " ".join(texts(page.inhalt))
    assert [word for word in VERBOTEN if word in whole] == []


@pytest.mark.parametrize("key", [*KEYS, "08116"])
def test_a_word_follows_from_its_label_alone(ganz, key):
    service = ganz.service
    said = service.bewertungen(key)
    known = {i.id: i for i in service.indikatoren()}
    for b in said.values():
        indikator = known[b.indikator]
        sign, word = aussagen.trend_wort(b)
        assert word.removesuffix(" (gesichert)") == words().trend[b.aussage].wort
        if indikator.richtung == "kontext":
            assert b.aussage not in WERTEND, b
        if b.aussage not in BEURTEILT:
            assert not set(sign) & {"▲", "▼"}, b
            assert not any(term in word for term in BEWEGT), b
            assert not b.gesichert, b
        if b.aussage in BEWEGT:
            assert b.p is not None, b
            assert (sign == "▲") == (b.veraenderung > 0), b
        if b.aussage in WERTEND:
            up = indikator.richtung == "hoeher_ist_besser"
            assert (b.aussage == "verbessert") == ((b.veraenderung > 0) == up), b
        assert "signifikant" not in aussagen.trend_satz(b, indikator)


@pytest.mark.parametrize("key", KEYS)
def test_the_sentence_on_one_place_and_the_glance_keep_to_the_labels(ganz, key):
    service = ganz.service
    werte, said = service.alle_letzten(key), service.bewertungen(key)
    for i in service.indikatoren():
        wert, b = werte.get(i.id), said.get(i.id)
        if wert is None or wert.wert is None:
            continue
        spoke = aussage(Ort("Ort", wert, b, {}), i)
        compared = [text for _, text in spoke if "sicher" in text and "Richtung" not in text]
        if compared:
            assert b.vergleich_kreis.startswith("sicher"), (i.id, compared)
    chosen = auf_einen_blick(service.indikatoren(), werte, said, ganz.heute)
    assert len(chosen) <= HOECHSTENS
    assert all(said[i.id].vergleich_kreis.startswith("sicher") for i in chosen)
    fields = [feld(i) for i in chosen]
    assert all(fields.count(field) <= JE_FELD for field in fields)

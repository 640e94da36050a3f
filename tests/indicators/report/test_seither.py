"""What changed between two Veröffentlichungen, as the November report tells it."""

import pytest

from indicators.report.seither import seither
from indicators.report.veroeffentlichung import veroeffentlichung
from tests.haus import ANTEIL, Haus

VORHER = """
    messgroesse | gebiet | zeit       | zeitbezug | basis      | wert | symbol
    faelle      | 08116  | 2019-12-31 | stichtag  | zensus2011 | 100  |
    faelle      | 08116  | 2020-12-31 | stichtag  | zensus2011 | 110  |
    einwohner   | 08116  | 2019-12-31 | stichtag  | zensus2011 | 1000 |
    einwohner   | 08116  | 2020-12-31 | stichtag  | zensus2011 | 1000 |
"""
NACHHER = """
    messgroesse | gebiet | zeit       | zeitbezug | basis      | wert | symbol
    faelle      | 08116  | 2020-12-31 | stichtag  | zensus2011 | 121  |
    faelle      | 08116  | 2021-12-31 | stichtag  | zensus2011 | 120  |
    einwohner   | 08116  | 2020-12-31 | stichtag  | zensus2011 | 1000 |
    einwohner   | 08116  | 2021-12-31 | stichtag  | zensus2011 | 1000 |
"""


@pytest.fixture(scope="module")
def haus(tmp_path_factory):
    return Haus(tmp_path_factory.mktemp("seither"))


@pytest.fixture(scope="module")
def beide(haus):
    """Build twice: a year gone, one new, one revised, a word and a delivery changed."""
    haus.indikator("anteil")
    haus.lieferung("zahlen", VORHER)
    haus.lieferung(
        "weg",
        "messgroesse | gebiet | zeit | zeitbezug | wert\nquote | 08116 | 2020 | jahr | 1",
        titel="Tafel A",
    )
    before = haus.refresh().datenstand().id
    haus.lieferung("zahlen", NACHHER)
    for file in (haus.raw / "amt").glob("weg*"):
        file.unlink()
    haus.lieferung(
        "neu",
        "messgroesse | gebiet | zeit | zeitbezug | wert\nquote | 08116 | 2021 | jahr | 1",
        titel="Tafel B",
    )
    path = haus.indikator("anteil", ANTEIL)
    path.write_text(path.read_text().replace("Wie viele sind es?", "Wie viele waren es?"))
    haus.indikator("quote", "art: uebernommen\nwert: {messgroesse: quote}\n")
    now = haus.refresh().datenstand().id
    return veroeffentlichung(haus.warehouse, now), veroeffentlichung(haus.warehouse, before)


def test_every_kind_of_change_is_told(beide):
    found = seither(*beide, ["anteil", "quote"], "08116")
    told = {(a.art, a.indikator, a.zeit) for a in found.aenderungen}
    assert told >= {
        ("neu", "anteil", "2021-12-31"),
        ("verschwunden", "anteil", "2019-12-31"),
        ("revision", "anteil", "2020-12-31"),
        ("text", "anteil", ""),
        ("indikator", "quote", ""),
    }
    revision = next(a for a in found.aenderungen if a.art == "revision")
    assert revision.groesste == pytest.approx(10)
    text = next(a for a in found.aenderungen if a.art == "text")
    assert (text.vorher, text.jetzt) == ("Wie viele sind es?", "Wie viele waren es?")
    assert (found.lieferungen, found.fehlende) == (("Tafel B",), ("Tafel A",))


def test_an_indicator_that_is_gone_is_told(beide):
    now, before = beide
    found = seither(before, now, ["anteil"], "08116")
    assert [(a.art, a.vorher) for a in found.aenderungen if a.art == "weggefallen"] == [
        ("weggefallen", "Ein Indikator")
    ]


def test_a_build_compared_with_itself_has_no_changes(beide):
    found = seither(beide[0], beide[0], ["anteil", "quote"], "08116")
    assert (found.aenderungen, found.lieferungen, found.fehlende) == ((), (), ())


def test_a_report_stays_with_its_build_when_another_one_is_swapped_in(beide, haus):
    now, before = beide
    assert before.datenstand().id < now.datenstand().id
    assert [zeit for zeit, _ in before.zeiten("anteil")] == ["2019-12-31", "2020-12-31"]
    haus.refresh()
    assert [zeit for zeit, _ in before.zeiten("anteil")] == ["2019-12-31", "2020-12-31"]

"""Many places at once: scatter by size, comparable places, the way to a target."""

from etl import warehouse
from tests.haus import GEMEINDEN
from tests.reihen import ANTEIL, reihen
from tests.tables import assert_table

EINWOHNER = "art: anzahl\nzaehler: {messgroesse: einwohner}\n"


def kreis(places, *, share=20):
    """Deliver places of rising size, each with the same share of persons, and the Kreis."""
    sizes = {key: 1000 * (place + 1) for place, key in enumerate(places)}
    rows = [f"{key}|{size // share}|{size}" for key, size in sizes.items()]
    total = sum(sizes.values())
    return reihen("\n".join(["gebiet|werte|einwohner", *rows, f"08116|{total // share}|{total}"]))


def test_the_funnel_is_narrower_for_larger_places(haus):
    haus.lieferung("zahlen", kreis(GEMEINDEN))
    haus.indikator("anteil", ANTEIL)
    limits = haus.refresh().trichter("anteil")
    assert (len(limits), limits[0].groesse, round(limits[-1].groesse)) == (40, 1000, 44000)
    assert {(one.zeit, one.ziel) for one in limits} == {("2011-12-31", 5.0)}
    assert all(one.unten_weit < one.unten < 5 < one.oben < one.oben_weit for one in limits)
    widths = [one.oben - one.unten for one in limits]
    assert widths == sorted(widths, reverse=True)


def test_few_places_or_no_kreis_make_no_funnel(haus):
    haus.lieferung("zahlen", kreis(GEMEINDEN[:9]))
    haus.indikator("anteil", ANTEIL)
    assert haus.refresh().trichter("anteil") == []


def test_places_of_one_size_class_are_comparable(haus):
    haus.lieferung(
        "zahlen",
        reihen(
            """
            messgroesse | gebiet   | werte
            einwohner   | 08116004 | 60000
            einwohner   | 08116005 | 4999
            einwohner   | 08116006 | 1000
            einwohner   | 08116007 | 5000
            """
        ),
    )
    haus.indikator("bevoelkerung", EINWOHNER)
    service = haus.refresh()
    expected = "schluessel|grund\n08116006|unter 5.000 Einwohner"
    assert_table(service.aehnliche("08116005", "groessenklasse"), expected)
    assert service.aehnliche("08116004", "groessenklasse") == []


def test_the_eight_nearest_in_structure_are_ranked(haus):
    rows = [f"einwohner|{key}|{1000 * 2**place}" for place, key in enumerate(GEMEINDEN[:12])]
    haus.lieferung("zahlen", reihen("\n".join(["messgroesse|gebiet|werte", *rows])))
    haus.indikator("bevoelkerung", EINWOHNER)
    found = haus.refresh().aehnliche(GEMEINDEN[0])
    assert len(found) == 8
    assert found[0].schluessel == GEMEINDEN[1]
    assert GEMEINDEN[0] not in {one.schluessel for one in found}
    assert found[0].grund == "Einwohnerzahl, Einwohner je km²"


def test_without_a_population_no_place_is_comparable(haus):
    haus.lieferung("zahlen", reihen("gebiet|werte\n08116004|5\n08116005|5"))
    haus.indikator("anteil", ANTEIL)
    assert haus.refresh().aehnliche("08116004") == []


def test_the_way_to_a_target_is_measured_from_its_base(haus):
    haus.write(
        "agenda/zielwerte.yaml",
        """
- {indikator: anteil, wert: 10, jahr: 2021, basisjahr: 2011, quelle: Beschluss}
- {indikator: anteil, wert: 10, jahr: 2026, basisjahr: 2016, quelle: ohne neueren Wert}
""",
    )
    haus.lieferung("zahlen", reihen("gebiet|werte\n08116|500; 510; 520; 530; 540; 750"))
    haus.indikator("anteil", ANTEIL)
    haus.refresh()
    with warehouse.read(warehouse.current(haus.warehouse).oeffentlich) as public:
        found = public.execute(
            "SELECT basisjahr, basiswert, jahr, wert, grad, verhaeltnis, stand FROM fortschritt"
        ).fetchall()
    assert found == [(2011, 5.0, 2016, 7.5, 0.5, 1.0, "auf_kurs")]

"""What is expected to come stands beside the values and never among them."""

import pytest

ZAHL = "art: anzahl\nzaehler: {messgroesse: faelle}\nvorausberechnung: {messgroesse: personen}\n"


@pytest.fixture
def service(haus):
    haus.indikator("zahl", ZAHL)
    haus.lieferung(
        "gezaehlt",
        """
        messgroesse | gebiet | zeit | zeitbezug | wert
        faelle      | 08116  | 2018 | jahr      | 100
        faelle      | 08116  | 2019 | jahr      | 110
        faelle      | 08116  | 2020 | jahr      | 120
        """,
    )
    haus.lieferung(
        "erwartet",
        """
        messgroesse | gebiet   | zeit | zeitbezug | gruppe          | alter_von | wert | bemerkung
        personen    | 08116    | 2030 | jahr      |                 |           | 150  | mittlere Annahme
        personen    | 08116    | 2030 | jahr      | untere_variante |           | 140  |
        personen    | 08116    | 2030 | jahr      | obere_variante  |           | 170  |
        personen    | 08116    | 2040 | jahr      |                 |           | 160  |
        personen    | 08116    | 2040 | jahr      |                 | 75        | 99   |
        personen    | 08116019 | 2030 | jahr      |                 |           | 20   |
        """,
    )
    return haus.refresh()


def test_a_forecast_has_its_band_and_its_assumptions(service):
    found = [(a.gebiet, a.jahr, a.wert, a.unten, a.oben) for a in service.vorausberechnung("zahl")]
    assert found == [
        ("08116", 2030, 150, 140, 170),
        ("08116", 2040, 160, None, None),
        ("08116019", 2030, 20, None, None),
    ]
    assert service.vorausberechnung("zahl")[0].anmerkung == "mittlere Annahme"


def test_no_value_comparison_or_trend_knows_of_it(service):
    assert {w.jahr for w in service.reihe("zahl", ["08116", "08116019"])} == {2018, 2019, 2020}
    assert service.letzte("zahl", ["08116"])["08116"].wert == 120
    assert service.bewertungen("08116")["zahl"].bis_jahr in {None, 2020}
    assert service.zeiten("zahl")[-1] == ("2020", 2020)

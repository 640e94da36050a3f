"""Cubes of GENESIS: codes, decimal points, qualities; the account in the first line is not kept."""

import pytest

from tests.formate import absage, zellen

CUBE = """* Der Benutzer GEHEIM hat diesen Export angestossen.
K;DQ;FACH-SCHL;GHH-ART
D;99999BJ001;
K;DQA;NAME;RHF-BSR;RHF-ACHSE
D;KREISE;1;1
D;GES;2;2
K;DQZ;NAME;ZI-RHF-BSR;ZI-RHF-ACHSE
D;JAHR;3;3
K;DQI;NAME;ME-NAME;DST;TYP;NKM-STELLEN
D;PRB001;Tsd. EUR;FEST;SUMME;1
K;QEI;FACH-SCHL;FACH-SCHL;ZI-WERT;WERT;QUALITAET;GESPERRT;WERT-VERFAELSCHT
"""


@pytest.fixture
def datei(tmp_path):
    def write(*records, end="\n"):
        path = tmp_path / "wuerfel.csv"
        path.write_text(CUBE + "\n".join(records) + end, encoding="ascii")
        return path

    return write


def test_a_record_becomes_a_cell(datei):
    [cell] = zellen(datei("D;08116;GESM;2024;136.6;p;;0.0"))
    assert (cell["tabelle"], cell["inhalt"], cell["einheit"], cell["faktor"]) == (
        "99999BJ001", "PRB001", "Tsd. EUR", 1000,
    )  # fmt: skip
    assert (cell["gebiet"], cell["zeit"], cell["merkmale"]) == ("08116", "2024", {"GES": "GESM"})
    assert (cell["wert"], cell["guete"], cell["zeile"]) == (136.6, "vorlaeufig", 12)
    assert "GEHEIM" not in str(cell)


def test_a_sign_counts_more_than_the_number_beside_it(datei):
    [cell] = zellen(datei("D;08116;GESM;2024;0.0;/;;0.0"))
    assert (cell["wert"], cell["status"], cell["roh"]) == (None, "unsicher", "/")


@pytest.mark.parametrize(
    ("record", "problem"),
    [
        ("D;08116999;GESM;2024;1.0;e;;0.0", "nicht bekannt"),
        ("D;08116;GESM;2024;1.0;q;;0.0", "kein Zeichen der Qualität"),
        ("D;08116;GESM;2024;1.0", "statt 8 Felder"),
        ("X;08116;GESM;2024;1.0;e;;0.0", "kein K- oder D-Satz"),
    ],
)
def test_a_defect_stops_the_cube_with_its_line(datei, record, problem):
    text = absage(datei(record))
    assert "wuerfel.csv:12" in text
    assert problem in text


def test_a_cube_that_breaks_off_is_refused(datei):
    assert "bricht ab" in absage(datei("D;08116;GESM;2024;1.0;e;;0.0", end=""))

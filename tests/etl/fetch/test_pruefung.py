"""A filter with a typo brings the unfiltered table: the answer itself must show what was asked."""

import zipfile

import pytest

from etl.fetch.abruf import Abruf
from etl.fetch.fehler import FetchError
from etl.fetch.pruefung import pruefe
from tests.etl.fetch.conftest import ABRUF
from tests.etl.fetch.stub import KOPF, ZEILEN, archiv, zeile
from tests.shared import SHARED, needs_shared

FFCSV = SHARED / "deliveries" / "samples" / "genesis_ffcsv_new"


def inhalt(folder, *zeilen, kopf=KOPF, ab=1995, **felder):
    """Look into a table that came for the usual question, changed in single fields."""
    datei = folder / "tabelle.zip"
    datei.write_bytes(archiv(*zeilen, kopf=kopf).koerper)
    abruf = Abruf.model_validate(ABRUF | felder)
    return pruefe("stelle", datei, abruf, abruf.jahre(2026), ab, ())


def test_what_was_asked_for_passes(tmp_path):
    gefunden = inhalt(tmp_path, *ZEILEN, merkmale={"GES": ["GESM", "GESW"]}, inhalte=["BEVSTD"])
    assert (gefunden.zeilen, gefunden.codes["KREISE"]) == (6, {"08116"})


@pytest.mark.parametrize(
    ("fremd", "felder", "problem"),
    [
        (zeile("2025-12-31", "08115", "1"), {}, "nicht gefragt war: 08115"),
        (zeile("2023-12-31", "08116", "1"), {}, "2024 bis 2025, gekommen ist 2023"),
        (zeile("1995", "08116", "1"), {}, "gekommen ist 1995"),
        (
            zeile("2025-12-31", "08116", "1", "GESX"),
            {"merkmale": {"GES": ["GESM", "GESW"]}},
            "GESX",
        ),
        ("", {"merkmale": {"NAT": ["NATA"]}}, "gefragt war NATA, gekommen ist auch nichts"),
        ("", {"inhalte": ["BEV001"]}, "gefragt war BEV001, gekommen ist auch BEVSTD"),
        ("", {"gebiete": ["08116", "08115"]}, "Unter KREISE fehlt: 08115"),
        ("", {"regionalmerkmal": "GEMEIN"}, "Unter GEMEIN fehlt: 08116"),
    ],
)
def test_a_filter_that_did_not_bite_is_noticed(tmp_path, fremd, felder, problem):
    with pytest.raises(FetchError, match=problem):
        inhalt(tmp_path, *ZEILEN, fremd, **felder)


def test_a_star_stands_for_the_rest_of_a_key(tmp_path):
    zeilen = [zeile("2025-12-31", k, "1", merkmal="GEMEIN") for k in ("08116019", "08116077")]
    felder = {"regionalmerkmal": "GEMEIN", "gebiete": ["08116*"], "von": 2025}
    assert inhalt(tmp_path, *zeilen, **felder).zeilen == 2


def test_one_year_only_although_more_were_asked_for(tmp_path):
    """That is what the service sends when it has not seen the first year."""
    nur_2025 = ZEILEN[3:]
    with pytest.raises(FetchError, match="nur 2025-12-31; die Tabelle beginnt 1995"):
        inhalt(tmp_path, *nur_2025)
    assert inhalt(tmp_path, *nur_2025, von=2025).zeilen == 3
    assert inhalt(tmp_path, *nur_2025, ab=2025).zeilen == 3


def test_rows_of_other_levels_may_come_along(tmp_path):
    bund = zeile("2025-12-31", "DG", "83000000", merkmal="DINSG")
    assert inhalt(tmp_path, *ZEILEN, bund).zeilen == 7


def test_the_columns_from_before_2024_are_understood(tmp_path):
    kopf = (
        "Statistik_Code;Statistik_Label;Zeit_Code;Zeit_Label;Zeit;"
        "1_Merkmal_Code;1_Merkmal_Label;1_Auspraegung_Code;1_Auspraegung_Label;X__x__Anzahl"
    )
    zeilen = [f"1;s;JAHR;Jahr;{jahr};KREISE;Kreise;08116;Esslingen;1" for jahr in (2024, 2025)]
    assert inhalt(tmp_path, *zeilen, kopf=kopf).zeiten == {"2024", "2025"}


def test_text_in_another_encoding_is_refused(tmp_path):
    datei = tmp_path / "tabelle.zip"
    with zipfile.ZipFile(datei, "w") as archiv_:
        archiv_.writestr("a_flat.csv", f"{KOPF}\n{ZEILEN[0]}".encode("latin-1"))
    with pytest.raises(FetchError, match="kein lesbares CSV"):
        pruefe("stelle", datei, Abruf.model_validate(ABRUF), (2024, 2025), None, ())


@needs_shared
@pytest.mark.parametrize(
    ("name", "merkmal", "gebiete", "jahre"),
    [
        ("12411-01-01-4_de_flat.EXTRACT.csv", "KREISE", ["08116"], (2024, 2024)),
        ("13111-01-03-4_de_flat.EXTRACT.csv", "KREISE", ["08116"], (2025, 2025)),
    ],
)
def test_real_tables_pass(tmp_path, name, merkmal, gebiete, jahre):
    datei = tmp_path / "tabelle.zip"
    with zipfile.ZipFile(datei, "w") as archiv_:
        archiv_.write(FFCSV / name, name)
    felder = {"regionalmerkmal": merkmal, "gebiete": gebiete, "von": jahre[0], "bis": jahre[1]}
    abruf = Abruf.model_validate(ABRUF | felder)
    assert pruefe("stelle", datei, abruf, jahre, 1995, ()).zeilen > 0

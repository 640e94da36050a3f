"""What the reader of the Kreisformat makes of good files."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.formats.kreisformat_text import HEADER
from tests.haus import Leser
from tests.tables import assert_table, kreisformat

ROW = "faelle;{gebiet};{year}-12-31;stichtag;;;;;;;{wert};{symbol};;{bemerkung}"


def file(*rows: str, header: str = HEADER, end: str = "\n") -> str:
    return end.join([header, *rows]) + end


def row(
    wert: str = "1",
    symbol: str = "",
    bemerkung: str = "",
    gebiet: str = "08116",
    year: int = 2015,
) -> str:
    return ROW.format(wert=wert, symbol=symbol, bemerkung=bemerkung, gebiet=gebiet, year=year)


def test_a_german_number_is_read_as_printed(leser):
    printed = ["0", "0,0", "5", "-3", "1234,5", "1.234.567,25", "007", "999999999999999"]
    values = [0, 0, 5, -3, 1234.5, 1234567.25, 7, 999999999999999]
    cells = leser.read(file(*(row(number, year=1990 + n) for n, number in enumerate(printed))))
    assert [(cell["roh"], cell["wert"]) for cell in cells] == list(
        zip(printed, values, strict=True)
    )


def test_what_is_no_german_number_is_refused(leser):
    printed = ["1.5", "1,234.5", "1 234", "1e5", "12a", "l2", "1,", ",5", "+5", "−5", "5 %",
               "1.23.456", "1.234.56", "#WERT!", "9999999999999999", "inf", "NaN", "0x1F", "１２"]  # fmt: skip
    for number in printed:
        text = leser.refusal(file(row("1"), row(number, gebiet="08")))
        assert text.startswith("zahlen.csv:3\n  Im Feld wert steht keine deutsche Zahl"), number


def test_a_symbol_is_a_reason_and_never_a_zero(leser):
    symbols = ["-", ".", "*", "/", "...", "x", ""]
    cells = leser.read(file(*(row("", sign, year=1990 + n) for n, sign in enumerate(symbols))))
    assert_table(
        cells,
        """
        roh | wert | status
        -   |      | nichts_vorhanden
        .   |      | geheim
        *   |      | geheim
        /   |      | unsicher
        ... |      | folgt
        x   |      | nicht_sinnvoll
            |      | fehlt
        """,
    )


def test_every_field_arrives_in_its_column(leser):
    cells = leser.read(
        kreisformat(
            """
            messgroesse | gebiet | zeit    | zeitbezug | geschlecht | nationalitaet | gruppe | basis
            einwohner   | 08116  | 2014/15 | schuljahr | w          | auslaendisch  | ab_3   | zensus2011
            """
        )
    )
    assert_table(
        cells,
        """
        zeile | von        | bis        | geschlecht | nationalitaet | gruppe | basis
        2     | 2014-08-01 | 2015-07-31 | w          | auslaendisch  | ab_3   | zensus2011
        """,
    )


def test_an_empty_quality_means_final(leser):
    cells = leser.read(
        kreisformat(
            """
            messgroesse | gebiet | zeit | zeitbezug | wert | guete
            faelle      | 08116  | 2015 | jahr      | 1    |
            faelle      | 08116  | 2016 | jahr      | 1    | vorlaeufig
            """
        )
    )
    assert_table(cells, "zeit|guete\n2015|endgueltig\n2016|vorlaeufig")


def test_ages_are_inclusive_and_open_at_both_ends(leser):
    cells = leser.read(
        kreisformat(
            """
            messgroesse | gebiet | zeit | zeitbezug | alter_von | alter_bis | wert
            faelle      | 08116  | 2015 | jahr      |           |           | 9
            faelle      | 08116  | 2015 | jahr      |           | 2         | 1
            faelle      | 08116  | 2015 | jahr      | 15        | 64        | 4
            faelle      | 08116  | 2015 | jahr      | 75        |           | 2
            """
        )
    )
    assert_table(
        cells,
        """
        alter_von | alter_bis | wert
        0         | 999       | 9
        0         | 2         | 1
        15        | 64        | 4
        75        | 999       | 2
        """,
    )


@pytest.mark.parametrize(
    ("von", "bis"), [("64", "15"), ("-1", "5"), ("1,5", "3"), ("u3", ""), ("", "1000"), (" ", "x")]
)
def test_ages_that_are_no_years_are_refused(leser, von, bis):
    text = leser.refusal(file(f"faelle;08116;2015;jahr;;{von};{bis};;;;1;;;"))
    assert text.startswith("zahlen.csv:2\n  Die Altersgrenzen sind keine Jahre")


def test_what_excel_writes_is_read_like_a_plain_file(leser):
    plain = file(row("1,5", bemerkung="für Köngen"), row("2", gebiet="08"))
    from_excel = b"\xef\xbb\xbf" + plain.replace("\n", "\r\n").encode()
    assert leser.read(from_excel) == leser.read(plain)


def test_blanks_around_a_cell_do_not_matter(leser):
    cells = leser.read(file("faelle ; 08116;2015 ;jahr;;;;;;; 5 ;;;"))
    assert_table(cells, "messgroesse|gebiet|zeit|wert\nfaelle|08116|2015|5")


def test_a_quoted_cell_may_hold_semicolons_quotes_and_line_breaks(leser):
    cells = leser.read(file(row(bemerkung='"eins; ""zwei""\ndrei"')))
    assert cells[0]["bemerkung"] == 'eins; "zwei"\ndrei'


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_cell_keeps_the_line_on_which_its_row_begins(leser, end):
    rows = [row(bemerkung=f'"a{end}b"'), row(gebiet="08"), "", row(gebiet="DG")]
    cells = leser.read(file(*rows, end=end))
    assert_table(cells, "gebiet|zeile\n08116|2\n08|4\nDG|6")


def test_rows_that_somebody_has_cleared_in_excel_are_skipped(leser):
    cells = leser.read(file(row(), ";" * 13, row(gebiet="08"), ";" * 13))
    assert_table(cells, "gebiet|zeile\n08116|2\n08|4")


def test_a_file_without_a_last_line_break_is_whole(leser):
    cells = leser.read(file(row(), row(gebiet="08")).rstrip("\n"))
    assert_table(cells, "gebiet|zeile\n08116|2\n08|3")


def test_a_file_with_a_header_only_delivers_nothing(leser):
    assert leser.read(file()) == []


def test_a_zero_and_a_missing_value_stay_different(leser):
    cells = leser.read(file(row("0"), row("", "-", gebiet="08"), row("", gebiet="DG")))
    assert_table(
        cells,
        """
        gebiet | wert | status
        08116  | 0    | vorhanden
        08     |      | nichts_vorhanden
        DG     |      | fehlt
        """,
    )


@settings(max_examples=50, deadline=None)
@given(
    numbers=st.lists(
        st.tuples(
            st.decimals(-(10**11), 10**11, allow_nan=False, allow_infinity=False, places=3),
            st.booleans(),
        ),
        min_size=1,
        max_size=40,
    )
)
def test_numbers_written_and_read_back_are_equal(leser: Leser, numbers: list[tuple[Decimal, bool]]):
    rows = [
        f"faelle;08116;{1000 + n};jahr;;;;;;;{_german(number, dots=dots)};;;"
        for n, (number, dots) in enumerate(numbers)
    ]
    cells = leser.read(file(*rows))
    assert [cell["wert"] for cell in cells] == [float(number) for number, _ in numbers]


def _german(number: Decimal, *, dots: bool) -> str:
    text = f"{number:,f}" if dots else f"{number:f}"
    return text.translate(str.maketrans(",.", ".,"))


def test_the_helper_writes_exactly_the_documented_header():
    assert kreisformat("messgroesse\nfaelle").splitlines()[0] == HEADER

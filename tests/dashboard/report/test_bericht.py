"""The report of the shipped figures: every number, sentence and promise of it."""

import io
import re
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from itertools import chain

import pytest
from pypdf import PdfReader

from dashboard import format as f
from dashboard.components import verlauf
from dashboard.ergebnis import ergebnis, moeglich
from dashboard.report import gemeinde, handlungsfeld
from dashboard.report.pdf import pdf
from dashboard.report.word import docx
from dashboard.seite import Kontext
from dashboard.state import Auswahl
from etl import warehouse
from etl.errors import SozialmonitorError, UnknownError
from indicators.report.dokument import Absatz, Bericht, Reihe, Schaubild, Tabelle, Ueberschrift
from indicators.report.veroeffentlichung import veroeffentlichung

ADRESSE = "https://sozialmonitor.example"
FELDER = ("familie_jugend", "soziale_sicherung")
ORT = "08116019"
ZAHL = re.compile(r"(?<![\w/_-])\d{1,3}(?:\.\d{3})+(?:,\d+)?|(?<![\w/_-])\d+(?:,\d+)?")
# Dates, ids of builds, addresses and spans of years are no figures.
KEINE = re.compile(
    r"\d{4}\D\s?\d\d\D\s?\d\d\D\s?\d{6}|\d\d\.\d\d\.\d{4}|\d\d:\d\d|\S*://\S+|\b(?:19|20)\d\d\b"
)
# Numbers of fixed sentences: the widths of intervals, the levels of tests, the limit of »stabil«.
FEST = {"95", "99,8", "1,5"}
# Whoever else has values, only these areas are in a report.
SHOWN = " AND (gebiet = '' OR gebiet IN (SELECT gebiet FROM gebiet WHERE eigen OR gebiet IN ('08', 'DG')))"


@pytest.fixture(scope="module")
def stand(ausgeliefert):
    return veroeffentlichung(ausgeliefert)


@pytest.fixture(scope="module")
def berichte(stand):
    fields = [handlungsfeld.bericht(stand, id_, ADRESSE) for id_ in FELDER]
    return [*fields, gemeinde.bericht(stand, ORT, ADRESSE)]


@pytest.fixture(scope="module")
def erster(berichte):
    """Return the PDF of the first field, set once for all who look at it."""
    return PdfReader(io.BytesIO(pdf(berichte[:1])))


@pytest.fixture(scope="module")
def bekannt(stand):
    return known(stand)


def text(content):
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


def numbers(words):
    return set(ZAHL.findall(KEINE.sub(" ", words.replace("-\n", "-"))))


def printed(values, most=3):
    return {f.zahl(abs(v), digits) for v in values if v is not None for digits in range(most + 1)}


def known(stand):
    """Return every number of the public file as it may be printed, and those in its texts."""
    found = set(FEST)
    with warehouse.read(stand.datei()) as public:
        columns = public.execute(
            "SELECT table_name, column_name, data_type FROM information_schema.columns"
            " WHERE table_name <> 'geometrie'"
        ).fetchall()
        placed = {table for table, column, _ in columns if column == "gebiet"}
        for table, column, kind in columns:
            where = SHOWN if table in placed else ""
            cells = public.execute(
                f'SELECT DISTINCT "{column}" FROM "{table}" WHERE "{column}" IS NOT NULL{where}'
            ).fetchall()
            values = [cell[0] for cell in cells]
            if kind in {"DOUBLE", "INTEGER", "BIGINT", "SMALLINT"}:
                found |= printed(values)
            elif kind.startswith("VARCHAR"):
                whole = chain.from_iterable(v if isinstance(v, list) else [v] for v in values)
                found |= numbers(" ".join(whole))
    return found


def derived(stand):
    """Return what is calculated for display alone: medians, and rounded distances."""
    kontext, found = Kontext(stand), set()
    for i in stand.indikatoren():
        for zeit, _ in stand.zeiten(i.id, "gemeinde"):
            spread = kontext.streuung(i.id, zeit)
            found |= printed([spread.mitte] if spread else [])
    for middles in stand.mitten(ORT).values():
        found |= printed(list(middles.values()))
    for place in (ORT, "08116"):
        newest = stand.alle_letzten(place)
        for id_, b in stand.bewertungen(place).items():
            digits = stand.indikator(id_).nachkommastellen
            own = newest[id_].wert if id_ in newest else None
            for other in (b.kreiswert, b.landwert):
                if own is not None and other is not None:
                    found.add(f.zahl(abs(round(own, digits) - round(other, digits)), digits))
    area = stand.gebiet(ORT)
    return found | {f.zahl(area.einwohner / area.flaeche_km2)}


def without_scales(bericht):
    """Return the report with charts whose axes bear no numbers, which are no figures."""
    plain = [
        replace(b, svg=re.sub("<text.*?</text>", "", b.svg)) if isinstance(b, Schaubild) else b
        for b in bericht.bloecke
    ]
    return replace(bericht, bloecke=tuple(plain))


def test_the_reports_contain_no_number_that_the_public_warehouse_does_not(stand, berichte, bekannt):
    allowed = bekannt | derived(stand)
    counts = {str(n) for n in range(len(stand.indikatoren()) + 1)}
    seen = 0
    for bericht in berichte:
        found = numbers(text(pdf([without_scales(bericht)])))
        seen += len(found)
        assert found - allowed - counts == set(), bericht.kennung
    assert seen > 1000


def test_the_number_test_would_see_a_stranger(bekannt):
    assert numbers("12.345.678,9 % und 7,77777") - bekannt == {"12.345.678,9", "7,77777"}


def test_the_same_datenstand_gives_the_same_bytes(ausgeliefert):
    def build():
        service = veroeffentlichung(ausgeliefert)
        place = gemeinde.bericht(service, ORT, ADRESSE)
        field = handlungsfeld.bericht(service, "reha_teilhabe", ADRESSE)
        return pdf([field, place], "Alle"), docx([field])

    assert build() == build()


def test_the_pdf_is_tagged_german_and_claims_pdf_ua_and_pdf_a(berichte, erster):
    root = erster.trailer["/Root"]
    assert root["/Lang"] == "de-DE"
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    claims = root["/Metadata"].get_data()
    assert b"<pdfuaid:part>1</pdfuaid:part>" in claims
    assert b"<pdfaid:part>2</pdfaid:part>" in claims
    assert b"<pdfaid:conformance>A</pdfaid:conformance>" in claims
    assert root["/OutputIntents"]
    assert "/Encrypt" not in erster.trailer
    assert erster.metadata.title == "Jahresbericht Handlungsfeld 1: " + berichte[0].titel


def test_a_chart_without_words_is_refused_by_the_compiler():
    import typst

    with pytest.raises(typst.TypstError, match="alt"):
        typst.compile(
            b"#set document(title: \"x\")\n#image(bytes(\"<svg xmlns='http://www.w3.org/2000/svg' width='1' height='1'/>\"), format: \"svg\")",
            format="pdf",
            pdf_standards="ua-1",
        )


def test_every_municipality_has_two_pages(stand):
    places = [gemeinde.bericht(stand, g.schluessel, ADRESSE) for g in stand.gebiete("gemeinde")]
    pages = PdfReader(io.BytesIO(pdf(places, "Alle"))).pages
    assert len(pages) == 1 + 2 * 44  # the cover, then two each
    assert all(places[n].titel in pages[2 * n + 1].extract_text() for n in (0, 20, 43))


def test_the_summary_is_one_page_of_at_most_three_minutes(erster):
    summary = erster.pages[1].extract_text()
    assert "Das Wichtigste auf einer Seite" in summary
    assert "Weiterentwicklung der Themen" in erster.pages[2].extract_text()
    assert len(summary.split()) < 540  # 180 words a minute


def blocks(*bloecke):
    made = datetime(2026, 11, 1, tzinfo=UTC)
    return Bericht(
        "x", "Titel", "Art", "Unter", (), "2026-11-01", made, entwurf=True, bloecke=bloecke
    )


def test_a_text_too_long_for_its_page_is_refused():
    long = [Absatz("Ein Satz, der nicht endet. " * 30) for _ in range(20)]
    with pytest.raises(SozialmonitorError, match="Titel: Kurz\n  Dieser Teil passt nicht"):
        pdf([blocks(Ueberschrift("Kurz", 1, neue_seite=True, eine_seite=True), *long)])
    assert pdf([blocks(Ueberschrift("Kurz", 1, neue_seite=True, eine_seite=True), long[0])])


def test_the_chart_sentence_is_that_of_the_page(stand, berichte):
    kontext, seen = Kontext(stand), 0
    for block in berichte[0].bloecke:
        if isinstance(block, Schaubild) and block.svg:
            id_ = block.adresse.rpartition("/")[2]
            found = ergebnis(kontext, id_, Auswahl(), moeglich(kontext, id_))
            page = verlauf.abschnitt_verlauf(found)
            assert block.satz == page["props"]["children"][1]["props"]["children"]
            seen += 1
    assert seen > 5


def test_every_chart_has_its_short_way(berichte, erster):
    ways = [b.adresse for b in berichte[0].bloecke if isinstance(b, Schaubild)]
    words = "".join(page.extract_text() for page in erster.pages[:6])
    plain = words.replace("\u200b", "").replace("\n", "")
    assert all(way.startswith(f"{ADRESSE}/i/") for way in ways)
    assert all(way.removeprefix("https://") in plain for way in ways[:3])


def test_the_docx_has_real_headings_tables_and_described_pictures(berichte):
    with zipfile.ZipFile(io.BytesIO(docx(berichte[:1]))) as parts:
        body = parts.read("word/document.xml").decode()
    charts = sum(isinstance(b, Schaubild) and bool(b.svg) for b in berichte[0].bloecke)
    tables = sum(isinstance(b, Tabelle) for b in berichte[0].bloecke)
    assert body.count('w:val="Heading1"') == sum(
        isinstance(b, Ueberschrift) and b.ebene == 1 for b in berichte[0].bloecke
    )
    assert body.count("<w:tbl>") == tables == body.count('<w:tblHeader w:val="true"/>')
    assert body.count('descr="Liniendiagramm. ') == charts > 5
    order = re.findall(r"<w:(tblBorders|tblLayout|tblLook)[ >]", body)
    assert order == ["tblBorders", "tblLayout", "tblLook"] * tables  # as Word insists


def test_a_municipality_shows_its_certain_differences(berichte):
    rows = [b for b in berichte[-1].bloecke if isinstance(b, Reihe)]
    assert 1 < len(rows) <= 8
    assert all("sicher" in row.zeilen[0] for row in rows)


def test_an_unknown_field_place_or_build_is_refused(ausgeliefert, stand):
    with pytest.raises(UnknownError, match="Meinten Sie »alter_pflege«"):
        handlungsfeld.bericht(stand, "alter_pfleg", ADRESSE)
    with pytest.raises(UnknownError, match="kein Gemeindeprofil"):
        gemeinde.bericht(stand, "08116", ADRESSE)
    with pytest.raises(UnknownError, match="Die Veröffentlichung »1999« gibt es hier nicht"):
        veroeffentlichung(ausgeliefert, "1999")

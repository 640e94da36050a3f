"""Reports → DOCX with real headings, tables and pictures, for the Geschäftsführung to edit."""

import zipfile
from collections.abc import Sequence
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt, RGBColor

from dashboard import texts, theme
from dashboard.report.bilder import als_png
from dashboard.report.schriften import qr_svg
from dashboard.report.wordteile import (
    alternativtext,
    feld,
    grund,
    kopfzeile_wiederholen,
    linien,
    neu_gezaehlt,
    nummer,
    schrift,
    sprache,
    verknuepfung,
    zusammenhalten,
)
from indicators.records_stand import ENTWURF_LANG
from indicators.report.dokument import (
    Absatz,
    Bericht,
    Block,
    Kasten,
    Liste,
    Reihe,
    Schaubild,
    Tabelle,
    Ueberschrift,
    Wegweiser,
)

SCHRIFT = "Calibri"  # every office has it; the PDF has its own letters
BREITE = 165.0  # millimetres of text
ENGE = 7  # columns from which a table is set smaller


def docx(berichte: Sequence[Bericht], titel: str = "") -> bytes:
    """Return one or several reports as one DOCX; the same content gives the same bytes."""
    return _Schreiber(berichte, titel).bytes()


class _Schreiber:
    """One document under construction, with its pictures drawn beforehand in one go."""

    def __init__(self, berichte: Sequence[Bericht], titel: str) -> None:
        self.berichte = berichte
        self.titel = titel or f"{berichte[0].art}: {berichte[0].titel}"
        self.versatz = 1 if len(berichte) > 1 else 0
        drawings = list(
            dict.fromkeys(svg for b in berichte for block in b.bloecke for svg in _svgs(block))
        )
        self.bilder = dict(zip(drawings, als_png(drawings), strict=True))
        self.doc: Any = Document()

    def bytes(self) -> bytes:
        """Write everything and return the file."""
        self._einrichten()
        for n, bericht in enumerate(self.berichte):
            if n:
                self.doc.add_section(WD_SECTION.NEW_PAGE)
            self._kopf(bericht)
            for block in bericht.bloecke:
                self._block(block)
        raw = BytesIO()
        self.doc.save(raw)
        return _ohne_uhrzeit(raw)

    def _einrichten(self) -> None:
        first, doc = self.berichte[0], self.doc
        sprache(doc, "de-DE")
        normal = doc.styles["Normal"]
        schrift(normal, SCHRIFT)
        normal.font.size = Pt(10.5)
        for name in ("Title", "Heading 1", "Heading 2", "Heading 3", "Caption"):
            schrift(doc.styles[name], SCHRIFT)
            doc.styles[name].font.color.rgb = RGBColor.from_string(theme.TINTE[1:])
        section = doc.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin, section.right_margin = Mm(24), Mm(21)
        section.top_margin, section.bottom_margin = Mm(25), Mm(22)
        draft = " (Entwurf)" if first.entwurf else ""
        foot = section.footer.paragraphs[0]
        foot.add_run(
            f"{texts.name()} {texts.kreis_name()} · Datenstand {first.stand}{draft} · Seite "
        )
        feld(foot, "PAGE")
        about = doc.core_properties
        about.title, about.language = self.titel, "de-DE"
        about.author = about.last_modified_by = f"{texts.name()} {texts.kreis_name()}"
        about.comments = f"Datenstand {first.stand}{draft}"
        about.created = about.modified = first.erzeugt
        about.revision = 1

    def _kopf(self, bericht: Bericht) -> None:
        doc = self.doc
        doc.add_paragraph(bericht.art)
        if self.versatz:
            doc.add_heading(bericht.titel, 1)
        else:
            doc.add_paragraph(bericht.titel, style="Title")
        doc.add_paragraph(bericht.untertitel)
        if bericht.entwurf:
            doc.add_paragraph().add_run(ENTWURF_LANG).bold = True
        for name, text in bericht.angaben:
            paragraph = doc.add_paragraph()
            paragraph.paragraph_format.space_after = Pt(2)
            paragraph.add_run(f"{name}: ").bold = True
            paragraph.add_run(text)
        if not bericht.kurz and not self.versatz:
            doc.add_paragraph().add_run("Inhalt (Seitenzahlen: anklicken, dann F9)").bold = True
            titles = [b.text for b in bericht.bloecke if isinstance(b, Ueberschrift)]
            feld(doc.add_paragraph(), 'TOC \\o "1-2" \\h \\z', "\n".join(titles))

    def _block(self, block: Block) -> None:
        match block:
            case Tabelle():
                self._tabelle(block)
            case Schaubild():
                self._schaubild(block)
            case Reihe():
                self._reihe(block)
            case Wegweiser():
                paragraph = self.doc.add_paragraph(f"{block.text} ")
                verknuepfung(paragraph, block.adresse)
                self._bild(qr_svg(block.adresse), f"QR-Code: {block.adresse}", 17)
            case _:
                self._text(block)

    def _text(self, block: Ueberschrift | Absatz | Liste | Kasten) -> None:
        match block:
            case Ueberschrift():
                heading = self.doc.add_heading(block.text, block.ebene + self.versatz)
                heading.paragraph_format.page_break_before = block.neue_seite
            case Absatz():
                run = self.doc.add_paragraph().add_run(block.text)
                run.bold = block.art == "satz" or None
                if block.art == "leise":
                    run.font.size = Pt(9)
            case Liste():
                for head, text in block.punkte:
                    self._punkt("List Bullet", text, head)
            case Kasten():
                self.doc.add_paragraph().add_run(block.titel).bold = True
                numbering = neu_gezaehlt(self.doc)
                for text in block.punkte:
                    nummer(self._punkt("List Number", text), numbering)

    def _punkt(self, style: str, text: str, head: str = "") -> Any:  # noqa: ANN401
        paragraph = self.doc.add_paragraph(style=style)
        if head:
            paragraph.add_run(f"{head.strip()} ").bold = True
        paragraph.add_run(text)
        return paragraph

    def _tabelle(self, block: Tabelle) -> None:
        self.doc.add_paragraph(block.titel, style="Caption").paragraph_format.keep_with_next = True
        widths = [Mm(BREITE * share / sum(block.breiten)) for share in block.breiten]
        table = self._leere_tabelle(1, widths)
        kopfzeile_wiederholen(table.rows[0])
        size = Pt(7.5) if len(block.kopf) >= ENGE or block.dicht else Pt(8.5)
        self._zeile(table.rows[0], block.kopf, block, size, widths, fett=True)
        for row in block.zeilen:
            self._zeile(table.add_row(), row, block, size, widths)
        self.doc.add_paragraph().paragraph_format.space_after = Pt(2)

    def _leere_tabelle(self, rows: int, widths: Sequence[Mm]) -> Any:  # noqa: ANN401
        table = self.doc.add_table(rows=rows, cols=len(widths))
        table.autofit = False
        linien(table, theme.LINIE[1:])
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
        return table

    def _zeile(
        self,
        row: Any,  # noqa: ANN401 - python-docx is untyped
        cells: Sequence[str],
        block: Tabelle,
        size: Pt,
        widths: Sequence[Mm],
        *,
        fett: bool = False,
    ) -> None:
        zusammenhalten(row)
        for place, (cell, text, width) in enumerate(zip(row.cells, cells, widths, strict=True)):
            cell.width = width
            if fett:
                grund(cell, theme.FLAECHE[1:])
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_after = Pt(0)
            if place in block.rechts:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            lines = text.split("\n")
            for n, line in enumerate(lines):
                run = paragraph.add_run(line)
                run.font.size = size
                run.bold = fett or (len(lines) > 1 and place == 0 and n == 0) or None
                if n < len(lines) - 1:
                    run.add_break()

    def _schaubild(self, block: Schaubild) -> None:
        head = self.doc.add_paragraph()
        head.paragraph_format.keep_with_next = True
        head.add_run(block.titel).bold = True
        value = self.doc.add_paragraph()
        value.paragraph_format.keep_with_next = True
        value.add_run(f"{block.wert} {block.einheit}".strip()).bold = True
        value.add_run(f" · {' · '.join(block.zeilen)}")
        if block.svg:
            self._bild(block.svg, f"Liniendiagramm. {block.satz}", 150)
        self.doc.add_paragraph(block.satz)
        if block.aussage:
            said = self.doc.add_paragraph()
            said.add_run(f"{block.wo}: {block.aussage}. ").bold = True
            said.add_run(block.erklaerung)
        verknuepfung(self.doc.add_paragraph("Im Netz: "), block.adresse)

    def _reihe(self, block: Reihe) -> None:
        """Write an indicator of a place as one row: what, how much, where among the others."""
        widths = [Mm(45), Mm(60), Mm(60)]
        table = self._leere_tabelle(1, widths)
        zusammenhalten(table.rows[0])
        texts_ = (
            [block.titel, block.stand],
            [f"{block.wert} {block.einheit}", *block.zeilen],
            [block.verlauf.satz, block.richtung, block.lage.satz],
        )
        for cell, lines, width in zip(table.rows[0].cells, texts_, widths, strict=True):
            cell.width = width
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_after = Pt(0)
            for n, line in enumerate(line for line in lines if line):
                run = paragraph.add_run(f"\n{line}" if n else line)
                run.font.size = Pt(9)
                run.bold = (n == 0 and lines is not texts_[2]) or None
        if block.lage.svg:
            self._bild(block.lage.svg, block.lage.satz, 52, table.rows[0].cells[2].add_paragraph())

    def _bild(
        self,
        svg: str,
        alt: str,
        breite: float,
        paragraph: Any = None,  # noqa: ANN401
    ) -> None:
        png = self.bilder[svg]
        paragraph = paragraph or self.doc.add_paragraph()
        picture = paragraph.add_run().add_picture(BytesIO(png), width=Mm(breite))
        alternativtext(picture, alt)


def _svgs(block: Block) -> list[str]:
    """Return the drawings that a block shows."""
    match block:
        case Schaubild():
            return [block.svg] if block.svg else []
        case Reihe():
            return [block.lage.svg] if block.lage.svg else []
        case Wegweiser():
            return [qr_svg(block.adresse)]
        case _:
            return []


def _ohne_uhrzeit(raw: BytesIO) -> bytes:
    """Return a ZIP whose members all bear the earliest date, so that equal content is equal bytes."""
    out = BytesIO()
    with zipfile.ZipFile(raw) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name), old.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()

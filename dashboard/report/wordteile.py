"""What python-docx has no words for: fields, language, repeated heads, alternative texts, links."""

from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn


def sprache(document: Any, kennung: str) -> None:  # noqa: ANN401 - python-docx is untyped
    """Set the language of the whole document, for spelling and for screen readers."""
    properties = document.styles.element.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}")
    language = properties.find(qn("w:lang"))
    if language is None:
        language = OxmlElement("w:lang")
        properties.append(language)
    language.set(qn("w:val"), kennung)


def feld(paragraph: Any, anweisung: str, bis_dahin: str = "") -> None:  # noqa: ANN401
    """Add a field such as PAGE or TOC; `bis_dahin` is read until Word has filled it."""
    for kind in ("begin", "text", "separate", "shown", "end"):
        run = paragraph.add_run()._r  # noqa: SLF001 - the only way to the XML of a run
        if kind == "text":
            code = OxmlElement("w:instrText")
            code.set(qn("xml:space"), "preserve")
            code.text = anweisung
            run.append(code)
        elif kind == "shown":
            run.text = bis_dahin  # a line break in it begins a new line
        else:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run.append(mark)


def schrift(style: Any, name: str) -> None:  # noqa: ANN401
    """Give a style its font; those of the theme would win otherwise."""
    style.font.name = name
    fonts = style.element.get_or_add_rPr().rFonts
    for part in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{part}"), None)


def neu_gezaehlt(document: Any) -> int:  # noqa: ANN401
    """Return the id of a numbering that begins with 1 again."""
    style = document.styles["List Number"].element
    known = document.part.numbering_part.numbering_definitions._numbering  # noqa: SLF001
    first = known.num_having_numId(style.pPr.numPr.numId.val)
    again = known.add_num(first.abstractNumId.val)
    again.add_lvlOverride(ilvl=0).add_startOverride(1)
    return int(again.numId)


def nummer(paragraph: Any, kennung: int) -> None:  # noqa: ANN401
    """Put a paragraph into a numbering."""
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()  # noqa: SLF001
    properties.get_or_add_numId().val = kennung
    properties.get_or_add_ilvl().val = 0


def linien(table: Any, farbe: str) -> None:  # noqa: ANN401
    """Draw thin lines between the rows of a table and none between its columns."""
    borders = OxmlElement("w:tblBorders")
    for place in ("top", "bottom", "insideH"):
        edge = OxmlElement(f"w:{place}")
        edge.set(qn("w:val"), "single")
        edge.set(qn("w:sz"), "4")
        edge.set(qn("w:color"), farbe)
        borders.append(edge)
    after = ("w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")  # Word insists on the order
    table._tbl.tblPr.insert_element_before(borders, *after)  # noqa: SLF001


def grund(cell: Any, farbe: str) -> None:  # noqa: ANN401
    """Fill a cell with a colour."""
    shade = OxmlElement("w:shd")
    shade.set(qn("w:val"), "clear")
    shade.set(qn("w:fill"), farbe)
    cell._tc.get_or_add_tcPr().append(shade)  # noqa: SLF001


def kopfzeile_wiederholen(row: Any) -> None:  # noqa: ANN401
    """Mark a table row as the head that is repeated on every page."""
    _merkmal(row, "w:tblHeader")


def zusammenhalten(row: Any) -> None:  # noqa: ANN401
    """Keep a table row on one page."""
    _merkmal(row, "w:cantSplit")


def _merkmal(row: Any, name: str) -> None:  # noqa: ANN401
    mark = OxmlElement(name)
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)  # noqa: SLF001


def alternativtext(picture: Any, text: str) -> None:  # noqa: ANN401
    """Say what a picture shows."""
    picture._inline.docPr.set("descr", text)  # noqa: SLF001


def verknuepfung(paragraph: Any, adresse: str) -> None:  # noqa: ANN401
    """Add an address as a link."""
    target = paragraph.part.relate_to(adresse, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), target)
    run = OxmlElement("w:r")
    look = OxmlElement("w:rPr")
    line = OxmlElement("w:u")
    line.set(qn("w:val"), "single")
    look.append(line)
    run.append(look)
    shown = OxmlElement("w:t")
    shown.text = adresse
    run.append(shown)
    link.append(run)
    paragraph._p.append(link)  # noqa: SLF001

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
            run.text = bis_dahin
        else:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run.append(mark)


def kopfzeile_wiederholen(row: Any) -> None:  # noqa: ANN401
    """Mark a table row as the head that is repeated on every page."""
    mark = OxmlElement("w:tblHeader")
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

"""The fonts of every report, and QR codes as drawings."""

from functools import cache
from importlib.resources import files
from io import BytesIO

import segno
import typst

from dashboard import theme


@cache
def schriften() -> typst.Fonts:
    """Return the fonts built into the compiler and Source Sans Pro, never those of the machine."""
    folder = str(files("font_source_sans_pro") / "files")
    return typst.Fonts(include_system_fonts=False, font_paths=[folder])


def qr_svg(adresse: str) -> str:
    """Return an address as a QR code that survives a photocopier."""
    out = BytesIO()
    segno.make(adresse, error="m", micro=False).save(
        out, kind="svg", xmldecl=False, border=0, dark=theme.TINTE, nl=False
    )
    return out.getvalue().decode()

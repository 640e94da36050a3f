"""Any rectangular sheet, by declaration: `form` of the source says what stands where (etl.raster).

For election results, tables of the KVJS, crime statistics, own surveys, regional tables of the
census, SDMX as CSV. Without `form`, a sheet with one row per region and its period in title,
headings or a column of its own is read by what its cells show (etl.formsuche).
"""

from collections.abc import Mapping
from fnmatch import fnmatchcase
from pathlib import Path

from duckdb import DuckDBPyConnection
from pydantic import ValidationError

from etl.errors import DeliveryError, Mangel
from etl.form import Form
from etl.formsuche import suche_form, zeit_der_datei
from etl.gebiete import Gebiete
from etl.kopfzeilen import ueberschriften
from etl.lesung import Lesung, erste_zeilen
from etl.raster import Raster
from etl.tafel import Tafel, ist_mappe, lies_tafeln
from etl.yamlfile import PROBLEMS
from etl.zellen import Tabelle, schreibe


def erkennt(kopf: bytes, pfad: Path) -> bool:
    """Tell whether some sheet shows by itself where its regions and figures stand."""
    if ist_mappe(kopf):
        return any(suche_form(tafel, "") is not None for tafel in lies_tafeln(pfad))
    first = erste_zeilen(kopf, pfad)
    return first is not None and suche_form(first, "") is not None


def lies(
    pfad: Path, ziel: DuckDBPyConnection, gebiete: Gebiete, form: Mapping[str, object] | None = None
) -> Tabelle:
    """Append the cells of every sheet that the form names to `zellen`.

    Raises:  DeliveryError with file, sheet, cell and remedy
    """
    if form and "kopf" in form:
        layout = formular(pfad, form)
        chosen = [(tafel, layout) for tafel in _chosen(pfad, layout)]
    else:
        chosen = _found(pfad, form or {})
    return schreibe_tafeln(pfad, ziel, gebiete, chosen, "matrix")


def _found(pfad: Path, form: Mapping[str, object]) -> list[tuple[Tafel, Form]]:
    """Return the sheets that show their layout; what the source says otherwise holds."""
    tafeln = lies_tafeln(pfad, str(form.get("trenner", "")))
    when = zeit_der_datei(pfad.stem, tafeln)
    found = [(tafel, suche_form(tafel, when)) for tafel in tafeln]
    chosen = [(t, formular(pfad, dict(f) | dict(form))) for t, f in found if f is not None]
    if not chosen:
        formular(pfad, None)
    return chosen


def schreibe_tafeln(
    pfad: Path,
    ziel: DuckDBPyConnection,
    gebiete: Gebiete,
    tafeln: list[tuple[Tafel, Form]],
    format_: str,
) -> Tabelle:
    """Append the cells of sheets, each with its form; all of them or none."""
    first, layout = tafeln[0]
    lesung = Lesung(pfad, gebiete, layout.code or pfad.stem, layout.symbole)
    cells = [cell for tafel, form in tafeln for cell in Raster(tafel, form, lesung).zellen()]
    schreibe(ziel, cells)
    above = ueberschriften(first, max(0, first.zeilen.index(layout.kopf[0])))
    titel = layout.titel or (above[0] if above else "")
    return Tabelle(layout.code or pfad.stem, titel, layout.stand, layout.lizenz, format_)


def formular(pfad: Path, form: Mapping[str, object] | None) -> Form:
    """Return the form of a source as an object.

    Raises:  DeliveryError if there is none, or it is wrong
    """
    if not form:
        raise DeliveryError.at(
            pfad.name,
            "Wie dieses Blatt aufgebaut ist, sagt es nicht selbst.",
            "In der Quelle unter form angeben, wo Kopf, Schlüssel, Zeit und Werte stehen.",
        )
    try:
        return Form.model_validate(dict(form))
    except ValidationError as error:
        raise DeliveryError(
            [
                Mangel(
                    f"{pfad.name}, form: {'.'.join(str(part) for part in defect['loc'])}",
                    PROBLEMS.get(defect["type"], "»{input}« passt hier nicht.").format(
                        field=defect["loc"][-1] if defect["loc"] else "form",
                        input=defect["input"],
                        reason=defect.get("ctx", {}).get("error", ""),
                    ),
                    "Die Angabe in der Quelle berichtigen; die Felder nennt etl/form.py.",
                )
                for defect in error.errors()
            ]
        ) from error


def _chosen(pfad: Path, layout: Form) -> list[Tafel]:
    tafeln = lies_tafeln(pfad, layout.trenner)
    chosen = [t for t in tafeln if not t.blatt or fnmatchcase(t.blatt, layout.blatt)]
    if not chosen:
        names = ", ".join(f"»{t.blatt}«" for t in tafeln)
        raise DeliveryError.at(
            pfad.name, f"Ein Blatt »{layout.blatt}« gibt es nicht.", f"Vorhanden: {names}."
        )
    return chosen

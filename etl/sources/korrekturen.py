"""Known errors of a source, put right as data: the printed cell stays, the value is corrected."""

from collections.abc import Sequence

from duckdb import DuckDBPyConnection

from etl.errors import DeliveryError
from etl.lesung import Stelle as Zellstelle
from etl.lieferungen import Lieferung
from etl.sources import Korrektur, Stelle, passt

ADVICE = "Die Korrektur löschen oder mit »bis_stand« auf ältere Lieferungen begrenzen"
VALUES = f"""
SELECT rowid, wert, blatt, zeile, spalte, {", ".join(Stelle.model_fields)}
FROM messwert WHERE lieferung = ? AND wert IS NOT NULL ORDER BY zeile, spalte
"""
CORRECT = """
UPDATE messwert SET wert = ?, guete = 'revidiert', bemerkung = ? WHERE rowid = ?
"""


def berichtige(
    intern: DuckDBPyConnection,
    nummer: int,
    lieferung: Lieferung,
    korrekturen: Sequence[Korrektur],
    ort: str,
) -> None:
    """Apply the corrections of a source to the Messwerte of one delivery.

    Raises:  DeliveryError if a correction meets no value, or one that is not wrong any more
    """
    current = [
        k for k in korrekturen if not k.bis_stand or str(lieferung.quelle.stand) <= k.bis_stand
    ]
    if not current:
        return
    rows = intern.execute(VALUES, [nummer]).fetchall()
    for korrektur in current:
        fields = korrektur.stelle.model_dump()
        hits = [row for row in rows if all(map(passt, fields.values(), row[5:]))]
        if not hits:
            raise DeliveryError.at(
                lieferung.datei,
                f"Die Korrektur »{korrektur.grund}« trifft keinen Wert.",
                f"{ADVICE}, oder »stelle« berichtigen ({ort}).",
            )
        for rowid, wert, *place in hits:
            if not korrektur.erwartet.trifft(wert):
                raise DeliveryError.at(
                    Zellstelle(*place[:3]).in_file(lieferung.datei),
                    f"Hier steht {wert:g}: Die Quelle hat sich wohl selbst berichtigt"
                    f" (Korrektur »{korrektur.grund}«).",
                    f"{ADVICE} ({ort}).",
                )
            right = korrektur.wert if korrektur.mal is None else round(wert * korrektur.mal, 9)
            note = f"berichtigt: {korrektur.grund} (gemeldet: {korrektur.gemeldet})"
            intern.execute(CORRECT, [right, note, rowid])

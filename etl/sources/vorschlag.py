"""A proposed source for a file: what its cells say of themselves, written as YAML to be completed."""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches

import yaml
from duckdb import DuckDBPyConnection

from etl.lesung import SONSTIGE
from etl.mandant import mandant
from etl.messgroessen import Messgroesse
from etl.sources import merkmale as deutung
from etl.zellen import Tabelle

OPEN = "ERGAENZEN"
MOST = 40  # contents and Ausprägungen that a proposal lists; a person completes the rest
HEAD = """\
# Vorschlag für eine Quelle, gelesen aus {datei} (Format {format}).
# {titel}
# 1. Als etl/sources/<kennung>.yaml ablegen und jede Messgröße prüfen; {open} ersetzen.
#    Gruppen, die nicht gebraucht werden: null statt eines Wortes. Basis der Bevölkerung ergänzen.
# 2. Die Datei unter data/raw/<herausgeber>/ ablegen, in <datei>.quelle.yaml: zuordnung: <kennung>
# 3. »sozialmonitor check« sagt, was noch fehlt.
"""
CONTENTS = f"""
SELECT inhalt, einheit, merkmale FROM zellen WHERE ebene <> '{SONSTIGE}'
GROUP BY ALL ORDER BY min(zeile), min(spalte)
"""
AREAS = f"SELECT DISTINCT gebiet FROM zellen WHERE ebene <> '{SONSTIGE}' ORDER BY 1"
UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def vorschlag(
    ziel: DuckDBPyConnection, tabelle: Tabelle, datei: str, messgroessen: Mapping[str, Messgroesse]
) -> str:
    """Return a source in YAML for the cells in `zellen`; unknown Messgrößen are left open."""
    found: dict[tuple[str, str], dict[str, list[str]]] = {}
    for inhalt, einheit, text in ziel.execute(CONTENTS).fetchall():
        values = found.setdefault((inhalt, einheit), {})
        for name, value in json.loads(text).items():
            known = values.setdefault(name, [])
            if value not in known:
                known.append(value)
    areas = [row[0] for row in ziel.execute(AREAS).fetchall()]
    source = {
        "gebiete": _areas(areas),
        "werte": [
            _rule(*head, values, messgroessen) for head, values in list(found.items())[:MOST]
        ],
    }
    title = " ".join(part for part in (tabelle.code, tabelle.titel) if part)
    head = HEAD.format(datei=datei, format=tabelle.format, titel=" ".join(title.split()), open=OPEN)
    return head + yaml.safe_dump(source, allow_unicode=True, sort_keys=False, width=100)


def _areas(keys: Iterable[str]) -> list[str]:
    """Return patterns for the areas of ours that a file has: the Kreis with all below, the rest."""
    kreis = mandant().kreis
    own = {key for key in keys if key.startswith(kreis)}
    others = {key for key in keys if key in {"DG", kreis[:2], kreis[:3]}}
    return ([f"{kreis}*"] if own else []) + sorted(others) or ["*"]


def _rule(
    inhalt: str,
    einheit: str,
    values: Mapping[str, list[str]],
    messgroessen: Mapping[str, Messgroesse],
) -> dict[str, object]:
    rule: dict[str, object] = {"messgroesse": _messgroesse(inhalt, messgroessen), "inhalt": inhalt}
    if einheit:
        rule["einheit"] = einheit
    groups: dict[str, dict[str, str]] = {}
    for name, labels in values.items():
        parts = [label for label in labels if not deutung.ist_gesamt(label)]
        field = next((f for f, meaning in MEANINGS.items() if _all(meaning, parts)), None)
        if field and field not in rule and parts:
            rule[field] = name
        elif parts:
            groups[name] = {label: kennung(label) for label in parts[:MOST]}
    if groups:
        rule["gruppe"] = groups
    return rule


def _all(meaning: Callable[[str], object], labels: Iterable[str]) -> bool:
    try:
        for label in labels:
            meaning(label)
    except ValueError:
        return False
    return True


MEANINGS: Mapping[str, Callable[[str], object]] = {
    "geschlecht": deutung.geschlecht,
    "nationalitaet": deutung.nationalitaet,
    "alter": deutung.alter,
}


def _messgroesse(inhalt: str, messgroessen: Mapping[str, Messgroesse]) -> str:
    """Return the Messgröße whose title is like the content; else a word to be replaced."""
    titles = {m.titel.casefold(): id_ for id_, m in messgroessen.items()}
    near = get_close_matches(inhalt.casefold(), titles, n=1, cutoff=0.6)
    return titles[near[0]] if near else OPEN


def kennung(text: str) -> str:
    """Return a label as a short word for `gruppe`.

    >>> kennung("Ambulante Pflege (§ 36 SGB XI)")
    'ambulante_pflege_36_sgb_xi'
    """
    word = re.sub(r"[^a-z0-9]+", "_", text.casefold().translate(UMLAUTS)).strip("_")
    return word[:40].rstrip("_")

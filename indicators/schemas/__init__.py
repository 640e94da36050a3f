"""JSON Schemas of every kind of YAML file, so that an editor completes and checks while one writes.

Made from the same models that load the files: `python -m indicators.schemas` writes them anew, and
`.vscode/settings.json` says which schema belongs to which file.
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from etl.fetch.zugang import Konto
from etl.freigaben import Freigabe
from etl.lieferungen import Quelle
from etl.mandant import Mandant
from etl.messgroessen import Messgroesse
from etl.sources import Zuordnung
from indicators.glossar import Begriff
from indicators.model import Bruch, Handlungsfeld, Indikator, Querschnittsthema
from indicators.model_agenda import Gremienplan
from indicators.planung import LISTEN
from indicators.textseiten import Textseite
from indicators.wording import Aussagen

FOLDER = Path(__file__).parent
ROOT = FOLDER.parent.parent
SETTINGS = ROOT / ".vscode" / "settings.json"
AGENDA = "indicators/agenda/{}.yaml"
# What a scalar may be while it is still text: the loader keeps 08116 and `no` as written.
NAMEN = ("properties", "$defs")  # below these, keys are names and not words of JSON Schema
SKALAR = ["string", "number", "boolean"]


def arten() -> dict[str, tuple[Any, str]]:
    """Return every kind of file: its name → its type, and which files are of this kind."""
    lists = {name: (tuple[kind, ...], AGENDA.format(name)) for name, kind in LISTEN.items()}  # type: ignore[valid-type]
    return {
        "indikator": (Indikator, "indicators/catalog/*/*.yaml"),
        "brueche": (tuple[Bruch, ...], "indicators/catalog/brueche.yaml"),
        "handlungsfelder": (tuple[Handlungsfeld, ...], AGENDA.format("handlungsfelder")),
        "querschnittsthemen": (tuple[Querschnittsthema, ...], AGENDA.format("querschnittsthemen")),
        "gremien": (Gremienplan, AGENDA.format("gremien")),
        **lists,
        "aussagen": (Aussagen, "indicators/aussagen.yaml"),
        "messgroessen": (dict[str, Messgroesse], "etl/messgroessen.yaml"),
        "mandant": (Mandant, "**/mandant.yaml"),
        "zuordnung": (Zuordnung, "etl/sources/*.yaml"),
        "quelle": (Quelle, "data/raw/**/*.quelle.yaml"),
        "freigabe": (Freigabe, "data/freigaben/*.yaml"),
        "zugang": (dict[str, Konto], "**/zugang.yaml"),
        "glossar": (tuple[Begriff, ...], "dashboard/glossar.yaml"),
        "textseiten": (dict[str, Textseite], "dashboard/{methoden,fusszeilen}.yaml"),
    }


def dateien() -> Iterator[tuple[Path, str]]:
    """Yield every file to be written, with its text: the schemas, and which files they are for."""
    for name, (kind, _) in arten().items():
        yield FOLDER / f"{name}.schema.json", _als_json(schema(kind))
    where = {
        f"./indicators/schemas/{name}.schema.json": pattern
        for name, (_, pattern) in arten().items()
    }
    yield SETTINGS, _als_json({"yaml.schemas": where})


def schema(kind: Any) -> dict[str, Any]:  # noqa: ANN401 - a model, or a list or mapping of models
    """Return the JSON Schema of a kind of file, as its loader sees it."""
    cleaned: dict[str, Any] = _bereinigt(TypeAdapter(kind).json_schema())
    return {"$schema": "http://json-schema.org/draft-07/schema#", **cleaned}


def _bereinigt(node: Any) -> Any:  # noqa: ANN401 - any part of a schema
    """Drop titles and programmers' docstrings; let text be written without quotation marks."""
    if isinstance(node, list):
        return [_bereinigt(part) for part in node]
    if not isinstance(node, dict):
        return node
    own = {key: value for key, value in node.items() if not _ueberfluessig(node, key)}
    if own.get("type") == "string" and "enum" not in own and "const" not in own:
        own["type"] = SKALAR
    if "prefixItems" in own:  # draft 7, which editors know, calls it `items`
        own["items"] = own.pop("prefixItems")
    return {key: _namen(value) if key in NAMEN else _bereinigt(value) for key, value in own.items()}


def _namen(node: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _bereinigt(value) for name, value in node.items()}


def _ueberfluessig(node: Mapping[str, Any], key: str) -> bool:
    return (key == "title" and isinstance(node[key], str)) or (
        key == "description" and ("properties" in node or "$defs" in node)
    )


def _als_json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"

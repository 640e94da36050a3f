"""YAML files as typed objects: nothing guessed, every complaint with file, line, field and remedy."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar, get_args

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from etl.errors import DefinitionError, Mangel, suggestion

T = TypeVar("T")
Location = tuple[int | str, ...]

PROBLEMS = {
    "missing": "Das Pflichtfeld »{field}« fehlt.",
    "extra_forbidden": "Das Feld »{field}« gibt es hier nicht.",
    "literal_error": "»{input}« ist für »{field}« kein erlaubter Wert.",
    "int_parsing": "»{input}« ist für »{field}« keine ganze Zahl.",
    "int_from_float": "»{input}« ist für »{field}« keine ganze Zahl.",
    "bool_parsing": "»{input}« ist für »{field}« weder true noch false.",
    "date_from_datetime_parsing": "»{input}« ist für »{field}« kein Datum.",
    "float_parsing": "»{input}« ist für »{field}« keine Zahl.",
    "greater_than_equal": "»{input}« ist für »{field}« zu klein.",
    "less_than_equal": "»{input}« ist für »{field}« zu groß.",
    "string_too_short": "Der Text in »{field}« ist leer.",
    "string_too_long": "Der Text in »{field}« ist zu lang.",
    "too_long": "»{field}« hat zu viele Einträge.",
    "too_short": "»{field}« hat zu wenige Einträge.",
    "string_pattern_mismatch": "»{input}« hat für »{field}« nicht die verlangte Form.",
    "value_error": "{reason}",
}
REMEDIES = {
    "missing": "Das Feld ergänzen.",
    "int_from_float": "Eine ganze Zahl wie 100 schreiben.",
    "int_parsing": "Eine ganze Zahl wie 100 schreiben.",
    "float_parsing": "Eine Zahl wie 12.5 schreiben.",
    "string_too_short": "Etwas hineinschreiben oder das Feld weglassen.",
    "bool_parsing": "true oder false schreiben.",
    "date_from_datetime_parsing": "Das Datum als JJJJ-MM-TT schreiben, zum Beispiel 2024-12-31.",
}


class Strict(BaseModel):
    """A YAML object: unknown fields are refused, the loaded object cannot be changed."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def load_yaml(path: Path, kind: type[T]) -> T:
    """Read one YAML file as an object of `kind`.

    Scalars stay text until `kind` asks for something else, so 08116 keeps its zero and `no` stays
    a word; only an empty scalar and `null` mean "nothing".
    Raises:  DefinitionError naming file, line, field and remedy
    """
    loader = yaml.CSafeLoader(path.read_bytes())
    try:
        root = loader.get_single_node()
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise DefinitionError.at(
            path, f"Die Datei ist kein lesbares YAML: {error}", "Einrückung und Zeichen prüfen."
        ) from error
    finally:
        loader.dispose()
    if root is None:
        raise DefinitionError.at(path, "Die Datei ist leer.", "Inhalt ergänzen oder löschen.")
    try:
        return TypeAdapter(kind).validate_python(_value(root, path))
    except ValidationError as error:
        raise DefinitionError(
            maengel(error, kind, lambda where: f"{path}:{_line(root, where)}")
        ) from None


def _value(node: yaml.Node, path: Path) -> Any:  # noqa: ANN401 - whatever the YAML holds
    """Turn a YAML node into text, lists and mappings; a key written twice is refused."""
    if isinstance(node, yaml.ScalarNode):
        return None if not node.style and node.value in ("", "~", "null") else node.value
    if isinstance(node, yaml.SequenceNode):
        return [_value(item, path) for item in node.value]
    result: dict[str, Any] = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise DefinitionError.at(
                f"{path}:{key.start_mark.line + 1}",
                "Der Name eines Feldes ist eine Liste oder verschachtelt.",
                "Namen mit Klammern in Anführungszeichen setzen.",
            )
        if key.value in result:
            raise DefinitionError.at(
                f"{path}:{key.start_mark.line + 1}",
                f"Das Feld »{key.value}« steht zweimal da.",
                "Eines der beiden löschen.",
            )
        result[key.value] = _value(value, path)
    return result


def _causes(error: ValidationError) -> list[ErrorDetails]:
    """Leave out the complaint about a list where one of its entries is complained of as well."""
    errors = error.errors()
    inner = {e["loc"][:depth] for e in errors for depth in range(1, len(e["loc"]))}
    return [e for e in errors if e["loc"] not in inner]


def maengel(error: ValidationError, kind: object, ort: Callable[[Location], str]) -> list[Mangel]:
    """Translate the complaints of pydantic about a `kind` into German; `ort` says where a field is."""
    return [_defect(cause, kind, ort(cause["loc"])) for cause in _causes(error)]


def _defect(error: ErrorDetails, kind: object, ort: str) -> Mangel:
    names = [step for step in error["loc"] if isinstance(step, str)]
    field = names[-1] if names else "Datei"
    words = {
        "field": field,
        "input": error["input"],
        "reason": str(error.get("ctx", {}).get("error", "")),
    }
    problem = PROBLEMS.get(error["type"], "»{input}« passt nicht zu »{field}«.").format(**words)
    return Mangel(ort, problem, _remedy(error, kind, field))


def _remedy(error: ErrorDetails, kind: object, field: str) -> str:
    if error["type"] == "literal_error":
        expected = str(error["ctx"]["expected"]).replace(" or ", ", ").replace("'", "")
        return suggestion(str(error["input"]), expected.split(", "), f"Erlaubt sind: {expected}.")
    model = _model_at(kind, error["loc"][:-1])
    if error["type"] == "extra_forbidden" and model:
        known = list(model.model_fields)
        return suggestion(field, known, f"Erlaubt sind: {', '.join(known)}.")
    if error["type"] == "too_long":
        return f"Höchstens {error['ctx']['max_length']} Einträge schreiben."
    if error["type"] == "too_short":
        return f"Mindestens {error['ctx']['min_length']} schreiben."
    if error["type"] == "string_too_long":
        return f"Auf höchstens {error['ctx']['max_length']} Zeichen kürzen."
    return REMEDIES.get(error["type"], "Den Eintrag nach der Vorlage im README berichtigen.")


def _model_at(kind: object, location: Location) -> type[Strict] | None:
    """Return the innermost model on the way to a location, such as the one below ("nenner",)."""
    model = _model_in(kind)
    for step in location:
        if model and step in model.model_fields:
            model = _model_in(model.model_fields[str(step)].annotation) or model
    return model


def _model_in(annotation: object) -> type[Strict] | None:
    """Return the model in an annotation such as `tuple[Leitziel, ...]` or `Operand | None`."""
    if isinstance(annotation, type) and issubclass(annotation, Strict):
        return annotation
    return next((found for part in get_args(annotation) if (found := _model_in(part))), None)


def _line(node: yaml.Node, location: Sequence[int | str]) -> int:
    """Find the line of a location such as ("nenner", "alter", 1), or of its nearest parent."""
    for step in location:
        if isinstance(node, yaml.MappingNode):
            found = [pair for pair in node.value if pair[0].value == step]
            if not found:
                break
            key, node = found[0]
            if step == location[-1]:
                return int(key.start_mark.line) + 1
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int):
            node = node.value[step]
        else:
            break
    return int(node.start_mark.line) + 1


def place(path: Path, *location: int | str) -> str:
    """Return `file:line` of a field, for complaints that only show up between files."""
    root = yaml.compose(path.read_bytes(), Loader=yaml.CSafeLoader)
    return f"{path}:{_line(root, location) if root else 1}"

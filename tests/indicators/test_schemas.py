"""The JSON Schemas: made from the models as they are, and true of every file that is shipped."""

import json
import re

import fastjsonschema
import pytest
import yaml

from indicators.schemas import ROOT, SETTINGS, arten, dateien, schema

SHIPPED = [path for path in ROOT.rglob("*.yaml") if not {".venv", "tests"} & set(path.parts)]


def files(pattern: str):
    """Return the shipped files that an editor would check with a schema."""
    patterns = [
        pattern.replace("{methoden,fusszeilen}", name) for name in ("methoden", "fusszeilen")
    ]
    return sorted({path for p in patterns for path in ROOT.glob(p) if ".venv" not in path.parts})


def test_what_is_checked_in_is_what_the_models_say():
    stale = [path.name for path, text in dateien() if not path.exists() or path.read_text() != text]
    assert stale == [], "python -m indicators.schemas"


def test_every_file_that_is_shipped_has_a_schema():
    known = {path for _, pattern in arten().values() for path in files(pattern)}
    assert len(SHIPPED) > 300
    assert [path for path in SHIPPED if path not in known] == []
    assert json.loads(SETTINGS.read_text())["yaml.schemas"]


@pytest.mark.parametrize("name", arten())
def test_every_shipped_file_is_what_its_schema_allows(name):
    kind, pattern = arten()[name]
    check = fastjsonschema.compile(schema(kind))
    for path in files(pattern):
        check(as_editor(path.read_text()))


def as_editor(text: str):
    """Read YAML the way an editor does: dates are text, 08 is not octal."""

    class Loader(yaml.CSafeLoader):
        pass

    Loader.yaml_implicit_resolvers = {
        sign: [(tag, rule) for tag, rule in rules if tag != "tag:yaml.org,2002:timestamp"]
        for sign, rules in yaml.CSafeLoader.yaml_implicit_resolvers.items()
    }
    return yaml.load(text, Loader)  # noqa: S506 - a safe loader


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("massnahmen", "- {id: x, titel: T, beschreibung: B, leitziele: [a/b], status: laufend, quelle: Q}"),
        ("massnahmen", "- {id: x, titel: T, beschreibung: B, leitziele: [], quelle: Q}"),
        ("massnahmen", "- {id: Groß, titel: T, beschreibung: B, leitziele: [a/b], quelle: Q}"),
        ("zielwerte", "- {indikator: a, wert: viel, jahr: 2030, basisjahr: 2020, quelle: Q}"),
        ("zielwerte", "- {indikator: a, wert: 1, jahr: 2030, quelle: Q}"),
        ("fachnotizen", "- {id: a, indikator: b, text: T, gezeichnet: Amt, datum: 2026-01-01, name: N}"),
        ("messgroessen", "a: {titel: T, einheit: E}"),
    ],
)  # fmt: skip
def test_what_the_loader_refuses_is_underlined(name, text):
    check = fastjsonschema.compile(schema(arten()[name][0]))
    with pytest.raises(fastjsonschema.JsonSchemaValueException):
        check(as_editor(text))


def test_an_editor_explains_fields_in_german():
    text = json.dumps(schema(arten()["indikator"][0]), ensure_ascii=False)
    assert "Fallstricke in einfachen Worten." in text
    assert not re.search(r"\b(the|which|what)\b", text)

"""A YAML list rewritten entry by entry: untouched text and every comment stay."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.yamlfile import load_yaml
from indicators.model_steuerung import Zielwert
from indicators.yamlliste import kommentare, umgeschrieben

TEXT = """# Zielwerte, die jemand beschlossen hat.

# --- erster Teil
- indikator: eins   # warum eins
  wert: 1
  jahr: 2030
  basisjahr: 2020
  quelle: "mit # im Text"
# --- zweiter Teil
- {indikator: zwei, wert: 2.50, jahr: 2030, basisjahr: 2020, quelle: Beschluss}  # knapp

- {indikator: drei, wert: 3, jahr: 2030,
   basisjahr: 2020, quelle: Beschluss}
# Schluss
"""


def ziel(indikator: str, wert: float = 9.0) -> Zielwert:
    return Zielwert(indikator=indikator, wert=wert, jahr=2030, basisjahr=2020, quelle="Neu")


def key(entry):
    return entry.indikator


@pytest.fixture
def alt(tmp_path):
    file = tmp_path / "zielwerte.yaml"
    file.write_text(TEXT)
    return load_yaml(file, tuple[Zielwert, ...])


def loaded(tmp_path, text):
    file = tmp_path / "danach.yaml"
    file.write_text(text)
    return load_yaml(file, tuple[Zielwert, ...])


def test_nothing_changed_is_the_same_to_the_byte(alt):
    assert umgeschrieben(TEXT, alt, alt, key) == TEXT


def test_only_the_changed_entry_is_written_anew_and_its_comment_stands_above(alt, tmp_path):
    neu = (alt[0].model_copy(update={"wert": 7.0}), *alt[1:])
    text = umgeschrieben(TEXT, alt, neu, key)
    assert loaded(tmp_path, text) == neu
    assert text.startswith(TEXT[: TEXT.index("- indikator: eins")] + "# warum eins\n- ")
    assert text.endswith(TEXT[TEXT.index("# --- zweiter Teil") :])


def test_comments_of_an_entry_that_goes_stay_with_the_next(alt, tmp_path):
    text = umgeschrieben(TEXT, alt, alt[1:], key)
    assert loaded(tmp_path, text) == alt[1:]
    assert kommentare(text) == kommentare(TEXT)
    assert umgeschrieben(TEXT, alt, (), key) == (
        "# Zielwerte, die jemand beschlossen hat.\n\n[]\n# --- erster Teil\n# warum eins\n"
        "# --- zweiter Teil\n# knapp\n\n# Schluss\n"
    )


def test_a_new_entry_and_another_order(alt, tmp_path):
    neu = (alt[2], ziel("vier"), alt[0], alt[1])
    text = umgeschrieben(TEXT, alt, neu, key)
    assert loaded(tmp_path, text) == neu
    assert sorted(kommentare(text)) == sorted(kommentare(TEXT))
    assert "2.50" in text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# nur ein Wort\n",
        "# Form: …\n[]\n",
        "[\n  # innen\n  ]  # dahinter\n# unten",
        "---\n[]",
    ],
)
def test_a_file_without_entries_keeps_its_comments(tmp_path, text):
    neu = (ziel("eins"), ziel("zwei"))
    after = umgeschrieben(text, (), neu, key)
    assert loaded(tmp_path, after) == neu
    assert kommentare(after) == kommentare(text)


def test_a_list_in_one_pair_of_brackets_is_written_in_lines(tmp_path):
    text = (
        "# oben\n[{indikator: eins, wert: 1, jahr: 2030, basisjahr: 2020, quelle: Q}] # daneben\n"
    )
    alt = loaded(tmp_path, text)
    after = umgeschrieben(text, alt, (*alt, ziel("zwei")), key)
    assert loaded(tmp_path, after) == (*alt, ziel("zwei"))
    assert kommentare(after) == ["# oben", "# daneben"]


@settings(deadline=None)
@given(st.lists(st.sampled_from("abcdefgh"), unique=True), st.lists(
    st.tuples(st.sampled_from("abcdefgh"), st.floats(allow_nan=False, allow_infinity=False)),
    unique_by=lambda pair: pair[0]))  # fmt: skip
def test_whatever_becomes_of_a_list_it_loads_as_meant_and_keeps_every_comment(
    tmp_path_factory, before, after
):
    alt = tuple(ziel(name, float(n)) for n, name in enumerate(before))
    text = "".join(
        f"# vor {e.indikator}\n- indikator: {e.indikator} # in {e.indikator}\n  wert: {e.wert}\n"
        "  jahr: 2030\n  basisjahr: 2020\n  quelle: Neu\n"
        for e in alt
    )
    neu = tuple(ziel(name, wert) for name, wert in after)
    written = umgeschrieben(text, alt, neu, key)
    assert not neu or loaded(tmp_path_factory.mktemp("liste"), written) == neu
    assert sorted(kommentare(written)) == sorted(kommentare(text))

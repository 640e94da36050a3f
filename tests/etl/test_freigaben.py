"""A signed note accepts the findings of one file, and of no other."""

import hashlib

import pytest

from tests.haus import GEMEINDEN

FINDINGS = "SELECT art, schwere, text FROM befund ORDER BY art"
ROWS = "\n".join(f"faelle|{key}|2015|jahr|10" for key in GEMEINDEN)
TEXT = f"messgroesse|gebiet|zeit|zeitbezug|wert\n{ROWS}\nfaelle|08116|2015|jahr|900"
NOTE = """
quelle: zahlen
sha256: {print}
pruefungen: [summe]
funktion: Leitung Sozialplanung
datum: 2026-03-01
grund: Der Kreis zählt Fälle ohne Wohnsitz mit.
"""


@pytest.fixture
def print_(haus):
    """Deliver a file whose sum misses the Kreis; return its fingerprint."""
    file = haus.lieferung("zahlen", TEXT)
    return hashlib.sha256(file.read_bytes()).hexdigest()


def test_without_a_note_somebody_has_to_look(haus, print_):
    haus.read()
    ((art, schwere, _),) = haus.intern(FINDINGS)
    assert (art, schwere) == ("summe", "pruefen")


def test_a_note_says_by_whom_when_and_why(haus, print_):
    haus.write("freigaben/eine.yaml", NOTE.format(print=print_[:16]))
    haus.read()
    ((_, schwere, text),) = haus.intern(FINDINGS)
    assert schwere == "hinweis"
    assert text.endswith(
        "Freigegeben am 01.03.2026 durch Leitung Sozialplanung: Der Kreis zählt Fälle ohne"
        " Wohnsitz mit."
    )


def test_a_note_does_not_hold_for_the_next_file(haus, print_):
    haus.write("freigaben/eine.yaml", NOTE.format(print=print_))
    haus.lieferung("zahlen", TEXT.replace("900", "901"))
    haus.read()
    assert [row[:2] for row in haus.intern(FINDINGS)] == [
        ("freigabe", "hinweis"),
        ("summe", "pruefen"),
    ]


@pytest.mark.parametrize("field", ["funktion", "datum", "grund", "sha256"])
def test_a_note_without_signature_is_refused(haus, print_, field):
    lines = NOTE.format(print=print_).strip().splitlines()
    haus.write("freigaben/eine.yaml", "\n".join(x for x in lines if not x.startswith(field)))
    assert f"Das Pflichtfeld »{field}« fehlt" in haus.refusal()

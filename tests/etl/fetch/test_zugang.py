"""Accounts: from the environment or a closed file; nothing of them is ever shown."""

import os

import pytest

from etl.errors import DefinitionError
from etl.fetch.dienste import DIENSTE, Dienst
from etl.fetch.zugang import Zugang, zugang

REGIO, WEGWEISER = DIENSTE["regionalstatistik"], DIENSTE["wegweiser"]


def test_the_account_of_the_service_comes_first():
    umgebung = {
        "SOZIALMONITOR_REGIONALSTATISTIK_USER": "eins",
        "SOZIALMONITOR_REGIONALSTATISTIK_PASSWORD": "zwei",
        "SOZIALMONITOR_GENESIS_USER": "drei",
    }
    konto = zugang(REGIO, umgebung)
    assert (konto.user, konto.password) == ("eins", "zwei")
    assert zugang(DIENSTE["destatis"], umgebung).user == "drei"


def test_an_account_has_no_text_form():
    konto = Zugang("RE1234567X", "geheimes-Wort")
    assert repr(konto) == "Zugang()"
    assert konto.verdecke("RE1234567X hat geheimes-Wort") == "*** hat ***"


def test_a_token_is_known_by_its_length():
    assert Zugang("a" * 32, "").token
    assert not Zugang("RE1234567X", "x").token


def test_an_open_service_needs_none():
    assert zugang(WEGWEISER, {}).user == ""


def test_without_an_account_the_variables_are_named():
    with pytest.raises(DefinitionError, match="SOZIALMONITOR_REGIONALSTATISTIK_USER"):
        zugang(REGIO, {})


@pytest.fixture
def datei(tmp_path):
    pfad = tmp_path / "zugang.yaml"
    pfad.write_text("regionalstatistik: {user: eins, password: '0815'}\n", encoding="utf-8")
    pfad.chmod(0o600)
    return pfad


def test_a_closed_file_is_read(datei):
    konto = zugang(REGIO, {"SOZIALMONITOR_ZUGANG": str(datei)})
    assert (konto.user, konto.password) == ("eins", "0815")


@pytest.mark.parametrize("rechte", [0o640, 0o604, 0o602, 0o660, 0o644])
def test_an_open_file_is_refused(datei, rechte):
    datei.chmod(rechte)
    with pytest.raises(DefinitionError, match=r"chmod 600 zugang\.yaml"):
        zugang(REGIO, {"SOZIALMONITOR_ZUGANG": str(datei)})


def test_a_file_of_somebody_else_is_refused(datei, monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: datei.stat().st_uid + 1)
    konto = {"SOZIALMONITOR_ZUGANG": str(datei)}
    if datei.stat().st_uid:
        with pytest.raises(DefinitionError, match="Andere können"):
            zugang(REGIO, konto)
    else:  # what belongs to the administrator is good for everybody
        assert zugang(REGIO, konto).user == "eins"


@pytest.mark.parametrize(
    "inhalt", ["regionalstatistik: geheimes-Wort\n", "a: {user: x, passwort: geheimes-Wort}\n"]
)
def test_a_wrong_file_is_refused_without_quoting_it(datei, inhalt):
    datei.write_text(inhalt, encoding="utf-8")
    with pytest.raises(DefinitionError, match="nicht die erwartete Form") as error:
        zugang(REGIO, {"SOZIALMONITOR_ZUGANG": str(datei)})
    assert "geheimes-Wort" not in str(error.value)


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(DefinitionError, match="nicht lesbar"):
        zugang(REGIO, {"SOZIALMONITOR_ZUGANG": str(tmp_path / "keine")})


@pytest.mark.parametrize("password", ["zwei\nZeilen", "Ж"])
def test_what_cannot_stand_in_a_header_is_refused(password):
    with pytest.raises(DefinitionError) as error:
        Zugang("RE1234567X", password)
    assert password not in str(error.value)


def test_a_password_is_not_sent_in_the_clear():
    offen = Dienst("destatis", "Amt", "http://amt.example/", "amt", zugang=True)
    with pytest.raises(DefinitionError, match="unverschlüsselt"):
        offen.url("data/tablefile")
    assert all(dienst.url("x").startswith("https://") for dienst in DIENSTE.values())

"""The catalogue for data portals: every link answers, every licence is one its sources give."""

import json
from dataclasses import replace
from urllib.parse import urlsplit

import pytest

from dashboard import dcat
from dashboard.api import WURZEL
from etl.errors import UnknownError
from indicators.service import Service

LISTE = "http://dcat-ap.de/def/licenses/"
# What DCAT-AP.de 3.0 obliges the sender to, and what the portals need to find and to lead on.
KATALOG = {"dct:title", "dct:description", "dct:publisher", "dcat:dataset"}
DATENSATZ = {
    "dct:title", "dct:description", "dct:publisher", "dcat:theme", "dcat:contactPoint",
    "dct:spatial", "dct:temporal", "dcatde:politicalGeocodingURI", "dcat:distribution",
}  # fmt: skip
DISTRIBUTION = {"dcat:accessURL", "dct:license", "dct:format", "dcatde:licenseAttributionByText"}


@pytest.fixture(scope="module")
def antwort(app):
    return app.server.test_client().get(f"{WURZEL}/katalog.jsonld")


def nodes(thing):
    """Yield every node of the tree."""
    if isinstance(thing, dict):
        yield thing
    for part in thing.values() if isinstance(thing, dict) else thing:
        if isinstance(part, dict | list):
            yield from nodes(part)


def test_every_indicator_with_values_is_a_dataset_with_what_the_profile_demands(antwort, service):
    assert antwort.mimetype == "application/ld+json"
    found = json.loads(antwort.text)
    assert found.keys() >= KATALOG
    assert [d["dct:identifier"] for d in found["dcat:dataset"]] == [
        i.id for i in service.indikatoren() if i.ebenen
    ]
    for dataset in found["dcat:dataset"]:
        assert dataset.keys() >= DATENSATZ
        assert [d["@type"] for d in dataset["dcat:distribution"]] == 2 * ["dcat:Distribution"]
        assert all(d.keys() >= DISTRIBUTION for d in dataset["dcat:distribution"])


def test_every_prefix_is_explained_and_every_reference_absolute(antwort):
    found = json.loads(antwort.text)
    for node in nodes({**found, "@context": {}}):
        names = [*(k for k in node if k[0] != "@"), *[node[t] for t in ["@type"] if t in node]]
        assert {name.partition(":")[0] for name in names} <= set(found["@context"])
        assert urlsplit(node.get("@id", "http://x")).netloc


def test_every_link_of_the_catalogue_answers(antwort, client):
    found = json.loads(antwort.text)
    links = {
        node[name]["@id"]
        for node in nodes(found)
        for name in ("dcat:downloadURL", "dcat:landingPage", "vcard:hasURL", "foaf:homepage")
        if name in node
    }
    assert len(links) == 2 + 3 * len(found["dcat:dataset"])
    assert all(link.startswith("http://localhost/") for link in links)
    for link in links:
        assert client.get(link).status_code == 200, link


def test_the_period_is_that_of_the_values_and_a_draft_says_so(antwort):
    found = json.loads(antwort.text)
    quote = found["dcat:dataset"][0]
    years = [quote["dct:temporal"][f"dcat:{end}Date"]["@value"] for end in ("start", "end")]
    assert years == ["2019", "2022"]
    assert "Entwurf" in found["dct:description"]["@value"]
    assert "Entwurf" in quote["dct:description"]["@value"]


def test_links_begin_with_the_address_that_was_named(client, monkeypatch):
    monkeypatch.setenv("SOZIALMONITOR_ADRESSE", "https://sozial.example")
    found = client.get(f"{WURZEL}/katalog.jsonld").json
    assert found["@id"] == "https://sozial.example/api/v1/katalog.jsonld"
    assert found["dcat:dataset"][0]["dcat:landingPage"]["@id"].startswith(
        "https://sozial.example/i"
    )


@pytest.mark.parametrize(
    ("words", "entry"),
    [
        (["dl-de/by-2-0"], "dl-by-de/2.0"),
        (["dl-de/by-2-0", "dl-de/by-2-0"], "dl-by-de/2.0"),
        (["dl-de/by-2-0", "cc-by-4.0"], "other-open"),
        (["dl-de/by-2-0", "ungeklärt"], "other-closed"),
        (["quellenangabe"], "other-closed"),
        (["erlaubnis"], "other-closed"),
        ([], "other-closed"),
    ],
)
def test_no_open_licence_is_claimed_unless_every_source_gives_one(service, words, entry):
    source = service.quellen()[0]
    assert dcat.lizenz([replace(source, lizenz=word) for word in words]) == f"{LISTE}{entry}"


def test_of_internal_figures_there_is_no_catalogue(service, monkeypatch):
    inside = replace(service.datenstand(), intern=True)
    monkeypatch.setattr(Service, "datenstand", lambda _self: inside)
    with pytest.raises(UnknownError, match="keinen Katalog"):
        dcat.katalog(service, "http://x", WURZEL)

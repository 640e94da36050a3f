"""The published indicators as a DCAT-AP.de catalogue, which open-data portals read by themselves.

After DCAT-AP.de 3.0 (https://www.dcat-ap.de/def/dcatde/3.0/spec/), written as JSON-LD. The id of
the deliverer (dcatde:contributorID) is given by GovData and put in by the portal that collects.
"""

import json
import os
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urljoin

from flask import Response, request

from dashboard import format as f
from dashboard import texts
from dashboard.adresse import UMGEBUNG
from etl.errors import UnknownError
from indicators.records import Indikator, Quelle
from indicators.records_stand import Datenstand
from indicators.service import Service

NAME = "katalog.jsonld"
ART = "application/ld+json"
PREFIXES = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcatde": "http://dcat-ap.de/def/dcatde/",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
EU = "http://publications.europa.eu/resource/authority/"
GEO = "http://dcat-ap.de/def/politicalGeocoding/"
MEDIEN = "https://www.iana.org/assignments/media-types/"
FORMATE = {"csv": ("CSV", "text/csv"), "json": ("JSON", "application/json")}
LISTE = "http://dcat-ap.de/def/licenses/"
# Licences of the sources that stand in the list of DCAT-AP.de and are open by its own account.
OFFEN = {
    "dl-de/by-2-0": "dl-by-de/2.0",
    "cc-by-4.0": "cc-by/4.0",
    "cc0": "cc-zero",
    "amtliches-werk": "officialWork",
    "odbl": "odbl",
}
MEHRERE, NICHT_OFFEN = "other-open", "other-closed"
Knoten = dict[str, Any]


def katalog(service: Service, adresse: str, schnittstelle: str) -> Knoten:
    """Return the catalogue as JSON-LD: one dcat:Dataset for each indicator that has values.

    adresse: where the dashboard is found, without a stroke at the end; schnittstelle: path of the API
    Raises:  UnknownError for internal figures, of which there is no catalogue
    """
    stand = service.datenstand()
    if stand.intern:
        raise UnknownError.at(
            NAME,
            "Von internen Zahlen gibt es keinen Katalog.",
            "Den Katalog der öffentlichen Adresse abrufen.",
        )
    api = f"{adresse}{schnittstelle}"
    note = f" {stand.hinweis}" if stand.hinweis else ""
    found = [i for i in service.indikatoren() if i.ebenen]
    return {
        "@context": PREFIXES,
        "@id": f"{api}/{NAME}",
        "@type": "dcat:Catalog",
        "dct:title": _text(f"{texts.name()} {texts.kreis_name()}"),
        "dct:description": _text(f"{texts.untertitel()}{note}"),
        "dct:publisher": {
            **_herausgeber(adresse),
            "@type": "foaf:Agent",
            "foaf:name": texts.kreis_name(),
            "dct:type": _ding("http://purl.org/adms/publishertype/LocalAuthority"),
        },
        "dct:modified": _tag(stand),
        "dct:language": _ding(f"{EU}language/DEU"),
        "dct:spatial": _kreis(),
        "dcat:themeTaxonomy": _ding(f"{EU}data-theme"),
        "dcat:version": stand.name,
        "foaf:homepage": _ding(f"{adresse}/"),
        "dcat:dataset": [_datensatz(service, i, adresse, api) for i in found],
    }


def antwort(service: Service, schnittstelle: str) -> Response:
    """Answer with the catalogue; its links begin with the named address, or with the one asked for."""
    here = urljoin(os.environ.get(UMGEBUNG) or request.host_url, request.script_root)
    return Response(als_text(katalog(service, here.rstrip("/"), schnittstelle)), mimetype=ART)


def als_text(knoten: Knoten) -> str:
    """Return a catalogue as it stands in a file."""
    return f"{json.dumps(knoten, ensure_ascii=False, indent=1)}\n"


def lizenz(quellen: Sequence[Quelle]) -> str:
    """Return the entry of the list of licences under which figures of these sources may be passed on.

    One open licence for all of them is named; several open ones are »other-open«; a single source
    whose terms are not open, or not known, makes all of it »other-closed«.
    """
    known = {OFFEN.get(q.lizenz, NICHT_OFFEN) for q in quellen} or {NICHT_OFFEN}
    if NICHT_OFFEN in known:
        return f"{LISTE}{NICHT_OFFEN}"
    return f"{LISTE}{known.pop() if len(known) == 1 else MEHRERE}"


def _datensatz(service: Service, indikator: Indikator, adresse: str, api: str) -> Knoten:
    stand, sources = service.datenstand(), service.quellen(indikator.id)
    years = [jahr for _, jahr in service.zeiten(indikator.id)]
    words = (indikator.frage, indikator.berechnung, *indikator.hinweise, stand.hinweis)
    place = f"{api}/indikatoren/{indikator.id}"
    return {
        "@id": f"{place}#datensatz",
        "@type": "dcat:Dataset",
        "dct:identifier": indikator.id,
        "dct:title": _text(f"{indikator.titel} ({texts.kreis_name()})"),
        "dct:description": _text(" ".join(word for word in words if word)),
        "dct:publisher": _herausgeber(adresse),
        "dct:modified": _tag(stand),
        "dcat:version": stand.name,
        "dcat:keyword": [_text(word) for word in (indikator.kurztitel, *indikator.synonyme)],
        "dcat:theme": [_ding(f"{EU}data-theme/SOCI")],
        "dct:spatial": _kreis(),
        "dcatde:politicalGeocodingURI": _kreis(),
        "dcatde:politicalGeocodingLevelURI": _ding(f"{GEO}Level/administrativeDistrict"),
        "dct:temporal": {
            "@type": "dct:PeriodOfTime",
            "dcat:startDate": _jahr(min(years)),
            "dcat:endDate": _jahr(max(years)),
        },
        "dct:accessRights": _ding(f"{EU}access-right/PUBLIC"),
        "dct:provenance": {
            "@type": "dct:ProvenanceStatement",
            "rdfs:label": _text(
                "; ".join(
                    f"{q.herausgeber}, {q.tabelle}, Stand {q.stand:%d.%m.%Y}" for q in sources
                )
            ),
        },
        "dcat:contactPoint": {
            "@type": "vcard:Organization",
            "vcard:fn": texts.kreis_name(),
            "vcard:hasURL": _ding(f"{adresse}/impressum"),
        },
        "dcat:landingPage": _ding(f"{adresse}/indikator/{indikator.id}"),
        "dcat:distribution": [
            _distribution(indikator, api, art, sources, stand) for art in FORMATE
        ],
    }


def _distribution(
    indikator: Indikator, api: str, art: str, quellen: Sequence[Quelle], stand: Datenstand
) -> Knoten:
    kind, media = FORMATE[art]
    file = _ding(f"{api}/export?indikator={indikator.id}&format={art}")
    names = dict.fromkeys(q.namensnennung for q in quellen)
    return {
        "@id": f"{api}/indikatoren/{indikator.id}#{art}",
        "@type": "dcat:Distribution",
        "dct:title": _text(f"{indikator.titel} als {kind}"),
        "dcat:accessURL": file,
        "dcat:downloadURL": file,
        "dct:format": _ding(f"{EU}file-type/{kind}"),
        "dcat:mediaType": _ding(f"{MEDIEN}{media}"),
        "dct:modified": _tag(stand),
        "dct:license": _ding(lizenz(quellen)),
        "dct:rights": {
            "@type": "dct:RightsStatement",
            "rdfs:label": _text(
                "; ".join(
                    f"{q.herausgeber}, {q.tabelle}: {f.LIZENZ.get(q.lizenz, q.lizenz)}"
                    for q in quellen
                )
            ),
        },
        "dcatde:licenseAttributionByText": _text("; ".join(names)),
    }


def _kreis() -> Mapping[str, str]:
    return _ding(f"{GEO}districtKey/{texts.kreis()}")


def _herausgeber(adresse: str) -> Mapping[str, str]:
    return _ding(f"{adresse}/impressum#herausgeber")


def _text(words: str) -> Mapping[str, str]:
    return {"@value": words, "@language": "de"}


def _ding(uri: str) -> Mapping[str, str]:
    return {"@id": uri}


def _tag(stand: Datenstand) -> Mapping[str, str]:
    made = stand.erzeugt.isoformat(timespec="seconds")
    return {"@value": f"{made}Z", "@type": "xsd:dateTime"}


def _jahr(jahr: int) -> Mapping[str, str]:
    return {"@value": str(jahr), "@type": "xsd:gYear"}

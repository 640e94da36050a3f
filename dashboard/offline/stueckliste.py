"""What an archive of the product is made of: a bill of materials in CycloneDX 1.6 (JSON).

Packages of Python with what their wheels say of themselves; packages of npm as far as esbuild has
put something of them into the bundle for the browser, with what package-lock.json says.
Source: https://cyclonedx.org/docs/1.6/json/
"""

import base64
import email.parser
import hashlib
import re
import zipfile
from collections.abc import Iterable, Mapping
from datetime import datetime
from email.message import Message
from pathlib import Path
from typing import Any
from urllib.parse import quote

Teil = dict[str, Any]
LIZENZKLASSE = "License :: "
LAENGSTE = 100  # some packages put the whole text of the licence where its name belongs


def stueckliste(
    version: str, stand: datetime, wheels: Iterable[Path], npm: Mapping[str, Mapping[str, str]]
) -> Teil:
    """Return the bill; stand: when this state was committed; npm: entries of package-lock.json."""
    teile = [*map(_wheel, wheels), *(_npm(place, entry) for place, entry in npm.items())]
    each = {teil["purl"]: teil for teil in teile}
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "timestamp": stand.isoformat(),
            "component": {
                "type": "application",
                "bom-ref": "sozialmonitor",
                "name": "sozialmonitor",
                "version": version,
                "licenses": [{"expression": "EUPL-1.2"}],
            },
        },
        "components": [each[purl] for purl in sorted(each)],
        "dependencies": [{"ref": "sozialmonitor", "dependsOn": sorted(each)}],
    }


def _teil(name: str, version: str, purl: str, digest: tuple[str, str]) -> Teil:
    return {
        "type": "library",
        "bom-ref": purl,
        "name": name,
        "version": version,
        "purl": purl,
        "hashes": [{"alg": digest[0], "content": digest[1]}],
    }


def _wheel(path: Path) -> Teil:
    with zipfile.ZipFile(path) as wheel:
        place = next(name for name in wheel.namelist() if name.endswith(".dist-info/METADATA"))
        about = email.parser.BytesParser().parsebytes(wheel.read(place), headersonly=True)
    name, version = str(about["Name"]), str(about["Version"])
    purl = f"pkg:pypi/{re.sub(r'[-_.]+', '-', name).lower()}@{quote(version)}"
    digest = ("SHA-256", hashlib.sha256(path.read_bytes()).hexdigest())
    return _teil(name, version, purl, digest) | _lizenzen(about)


def _lizenzen(about: Message) -> Teil:
    """Return the licence as the package names it: an expression of SPDX, a name, or nothing."""
    if expression := about["License-Expression"]:
        return {"licenses": [{"expression": str(expression)}]}
    classes = [c for c in about.get_all("Classifier", []) if c.startswith(LIZENZKLASSE)]
    lines = str(about["License"] or "").strip().splitlines()
    names = [c.rsplit(" :: ", 1)[-1] for c in classes] or [line[:LAENGSTE] for line in lines[:1]]
    return {"licenses": [{"license": {"name": name}} for name in dict.fromkeys(names)]}


def _npm(place: str, entry: Mapping[str, str]) -> Teil:
    """Return a package of npm; place: where it lay, such as node_modules/a/node_modules/@b/c."""
    name = place.rpartition("node_modules/")[2]
    kind, _, digest = entry["integrity"].partition("-")
    purl = f"pkg:npm/{quote(name)}@{quote(entry['version'])}"
    found = (kind.upper().replace("SHA", "SHA-"), base64.b64decode(digest).hex())
    licence = {"licenses": [{"expression": entry["license"]}]} if "license" in entry else {}
    return _teil(name, entry["version"], purl, found) | licence

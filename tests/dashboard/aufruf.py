"""Calls of the dashboard's callbacks, as the browser makes them."""

import json
from urllib.parse import urlsplit

SHOWN = ("inhalt", "navigation", "entwurf", "fuss", "meldung", "seitentitel")


def callback(output, outputs, inputs, state=(), changed=()):
    """Return the body with which the browser asks for one callback."""
    return {
        "output": output,
        "outputs": outputs,
        "inputs": list(inputs),
        "state": list(state),
        "changedPropIds": list(changed),
    }


def rufe(client, *args, **kwargs):
    """Run one callback and return its answer by component id."""
    answer = client.post("/_dash-update-component", json=callback(*args, **kwargs))
    return answer if answer.status_code != 200 else answer.json["response"]


def seitenaufruf(address):
    """Return the body with which the browser asks for a page."""
    place = urlsplit(address)
    return callback(
        _output([(part, "data" if part == "seitentitel" else "children") for part in SHOWN]),
        [{"id": p, "property": "data" if p == "seitentitel" else "children"} for p in SHOWN],
        [{"id": "adresse", "property": "pathname", "value": place.path}],
        [
            {
                "id": "adresse",
                "property": "search",
                "value": f"?{place.query}" if place.query else "",
            }
        ],
        ["adresse.pathname"],
    )


def seite(client, address):
    """Open a page and return its parts as JSON text, by id."""
    found = client.post("/_dash-update-component", json=seitenaufruf(address)).json["response"]
    return {
        part: json.dumps(next(iter(found[part].values())), ensure_ascii=False) for part in SHOWN
    }


def text(part):
    """Return a part that is a single text."""
    return json.loads(part)


def _output(pairs):
    return f"..{'...'.join(f'{id_}.{name}' for id_, name in pairs)}.."

"""What changed between two Veröffentlichungen: values, words, statements and deliveries."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from indicators.records_stand import Aenderung
from indicators.service import Service
from indicators.statements import TOTAL

VALUES = f"""
SELECT indikator, gebiet, zeit, zeitbezug, basis, wert FROM indikatorwert
WHERE wert IS NOT NULL AND {TOTAL} AND indikator IN (SELECT unnest(?::VARCHAR[]))
"""
GLEICH = 1e-9  # smaller differences are those of binary fractions
# What a reader sees of an indicator; another text is another label or another definition.
TEXTE = ("titel", "frage", "einheit", "richtung", "berechnung")


@dataclass(frozen=True, slots=True)
class Seither:
    """What a Veröffentlichung changed against an older one.

    aenderungen: art is neu, revision, verschwunden, indikator, weggefallen, aussage or text
    lieferungen: titles of tables that are new; fehlende: titles of those that are gone
    """

    aenderungen: tuple[Aenderung, ...]
    lieferungen: tuple[str, ...]
    fehlende: tuple[str, ...]


def seither(jetzt: Service, vorher: Service, indikatoren: Collection[str], kreis: str) -> Seither:
    """Compare some indicators, and all deliveries, of two builds.

    kreis: key of the area whose statements are compared
    """
    tables = {q.id: q.titel for q in jetzt.quellen()}
    before = {q.id: q.titel for q in vorher.quellen()}
    return Seither(
        (
            *_texts(jetzt, vorher, indikatoren),
            *_values(jetzt, vorher, indikatoren),
            *_statements(jetzt, vorher, indikatoren, kreis),
        ),
        tuple(sorted({tables[key] for key in tables.keys() - before.keys()})),
        tuple(sorted({before[key] for key in before.keys() - tables.keys()})),
    )


def _texts(jetzt: Service, vorher: Service, ids: Collection[str]) -> list[Aenderung]:
    now = {i.id: i for i in jetzt.indikatoren() if i.id in ids}
    old = {i.id: i for i in vorher.indikatoren()}
    found = [_change("indikator", id_, jetzt=i.titel) for id_, i in now.items() if id_ not in old]
    for id_ in now.keys() & old.keys():
        for name in TEXTE:
            before, after = getattr(old[id_], name), getattr(now[id_], name)
            if before != after:
                found.append(_change("text", id_, vorher=before, jetzt=after))
    fields = {
        z.handlungsfeld for i in now.values() for z in jetzt.leitziele() if z.id in i.leitziele
    }
    gone = [
        i
        for i in old.values()
        if i.id not in {x.id for x in jetzt.indikatoren()}
        and any(ziel.split("/")[0] in fields for ziel in i.leitziele)
    ]
    found += [_change("weggefallen", i.id, vorher=i.titel) for i in gone]
    return sorted(found, key=lambda a: (a.art, a.indikator, a.vorher))


def _values(jetzt: Service, vorher: Service, ids: Collection[str]) -> list[Aenderung]:
    now, old = _cells(jetzt, ids), _cells(vorher, ids)
    known = {key[0] for key in old}
    periods = {(key[0], key[2]) for key in old}
    left = {(key[0], key[2]) for key in now}
    groups: dict[tuple[str, str, str], list[float | None]] = {}
    for key, value in now.items():
        place = (key[0], key[2])
        if key[0] in known and place not in periods:
            groups.setdefault(("neu", *place), []).append(None)
        elif key in old and abs(value - old[key]) > GLEICH * max(1.0, abs(old[key])):
            size = 100 * abs(value - old[key]) / abs(old[key]) if old[key] else None
            groups.setdefault(("revision", *place), []).append(size)
    for key in old:
        if (key[0], key[2]) not in left:
            groups.setdefault(("verschwunden", key[0], key[2]), []).append(None)
    return [
        _change(
            art,
            indikator,
            zeit=zeit,
            anzahl=len(sizes),
            groesste=max((s for s in sizes if s is not None), default=None),
        )
        for (art, indikator, zeit), sizes in sorted(groups.items())
    ]


def _cells(service: Service, ids: Collection[str]) -> dict[tuple[Any, ...], float]:
    found = service.export(VALUES, [list(ids)]).fetchall()
    return {tuple(key): value for *key, value in found}


def _statements(
    jetzt: Service, vorher: Service, ids: Collection[str], kreis: str
) -> list[Aenderung]:
    now, old = jetzt.bewertungen(kreis), vorher.bewertungen(kreis)
    return [
        _change(
            "aussage",
            id_,
            gebiet=kreis,
            zeit=now[id_].zeit,
            vorher=old[id_].aussage,
            jetzt=now[id_].aussage,
        )
        for id_ in sorted(now.keys() & old.keys() & set(ids))
        if now[id_].aussage != old[id_].aussage
    ]


def _change(
    art: str,
    indikator: str,
    *,
    gebiet: str = "",
    zeit: str = "",
    vorher: str = "",
    jetzt: str = "",
    anzahl: int = 1,
    groesste: float | None = None,
) -> Aenderung:
    return Aenderung(art, indikator, gebiet, zeit, vorher, jetzt, anzahl, groesste)

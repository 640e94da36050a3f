"""What can be found: everything that has a page, with the words under which people look for it."""

from collections.abc import Iterator, Sequence

from etl.gebiete import Gebiete
from indicators.glossar import Begriff
from indicators.service import Service
from indicators.suche import Eintrag, Suchindex

TITEL, NAME, FRAGE, REST = 1.0, 0.9, 0.6, 0.35


def suchindex(
    service: Service, begriffe: Sequence[Begriff], seiten: Sequence[Eintrag]
) -> Suchindex:
    """Return the index of a build.

    begriffe: the glossary; seiten: pages of the dashboard that stand for themselves
    """
    entries = [
        *_indikatoren(service),
        *_gemeinden(service),
        *_agenda(service),
        *_praxis(service),
        *(
            Eintrag(
                "begriff",
                begriff.wort,
                begriff.wort,
                begriff.text,
                (
                    (TITEL, begriff.wort),
                    *((NAME, name) for name in begriff.auch),
                    (REST, begriff.text),
                ),
            )
            for begriff in begriffe
        ),
        *seiten,
    ]
    return Suchindex(entries, {begriff.wort: begriff.auch for begriff in begriffe})


def _indikatoren(service: Service) -> Iterator[Eintrag]:
    goals = {ziel.id: ziel for ziel in service.leitziele()}
    for i in service.indikatoren():
        own = [goals[key] for key in i.leitziele if key in goals]
        texts = [(TITEL, i.titel), (TITEL, i.kurztitel), (FRAGE, i.frage)]
        texts += [(NAME, word) for word in i.synonyme]
        texts += [(REST, f"{ziel.nr} {ziel.titel}") for ziel in own]
        texts += [(REST, i.berechnung)]
        yield Eintrag("indikator", i.id, i.titel, i.frage, tuple(texts))


def _gemeinden(service: Service) -> Iterator[Eintrag]:
    spellings: dict[str, list[str]] = {}
    for alias, key in Gebiete().aliases.items():
        spellings.setdefault(key, []).append(alias)
    for g in service.gebiete("gemeinde"):
        texts = [(TITEL, g.name), (TITEL, g.kurzname), (NAME, g.schluessel)]
        texts += [(NAME, alias) for alias in spellings.get(g.schluessel, ())]
        yield Eintrag("gemeinde", g.schluessel, g.name, "", tuple(texts))


def _agenda(service: Service) -> Iterator[Eintrag]:
    for feld in service.handlungsfelder():
        texts = ((TITEL, feld.titel), (TITEL, feld.kurztitel), (REST, feld.gremium))
        yield Eintrag("handlungsfeld", feld.id, f"{feld.nr} {feld.titel}", "", texts)
    for ziel in service.leitziele():
        texts = (
            (TITEL, f"{ziel.nr} {ziel.titel}"),
            (REST, ziel.begruendung),
            (REST, ziel.luecke or ""),
        )
        yield Eintrag("leitziel", ziel.id, f"{ziel.nr} {ziel.titel}", "", texts)
    for thema in service.querschnittsthemen():
        yield Eintrag("querschnitt", thema.id, thema.titel, "", ((TITEL, thema.titel),))


def _praxis(service: Service) -> Iterator[Eintrag]:
    for m in service.massnahmen():
        if m.leitziele:
            yield Eintrag(
                "massnahme",
                f"{m.leitziele[0]}#{m.id}",
                m.titel,
                m.beschreibung,
                ((TITEL, m.titel), (FRAGE, m.beschreibung)),
            )
    for g in service.gremien():
        texts = ((TITEL, g.titel), (NAME, g.kurztitel), (FRAGE, g.aufgabe))
        yield Eintrag("gremium", g.id, g.titel, g.aufgabe, texts)

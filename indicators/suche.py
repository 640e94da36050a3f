"""Full-text search in plain Python over a few hundred things: forgiving about spelling, not about sense.

A word matches exactly, as a beginning, as a part, or by the share of common letter triples, in this
order. Umlauts count as ae, oe, ue, ss and as a, o, u; words of the glossary also find by their
other names, so that »Hartz IV« leads to »SGB II«.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

UMLAUTE = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
WORT = re.compile(r"[^\W_]+")
FUELLWOERTER = frozenset({
    "am", "an", "auf", "aus", "bei", "das", "dem", "den", "der",
    "des", "die", "ein", "eine", "einer", "es", "fuer", "gibt", "hat",
    "im", "in", "ist", "je", "mit", "nach", "oder", "pro", "sind",
    "und", "unter", "viel", "viele", "von", "vom", "wer", "wie", "wo",
    "zu", "zum", "zur",
})  # fmt: skip
GENAU, ANFANG, BEUGUNG, TEIL, AEHNLICH = 1.0, 0.8, 0.75, 0.55, 0.5
ENDUNG = 2  # letters that a plural has more: Mieten, Miete
MINDESTENS_TEIL = 3  # letters of a part of a word
MINDESTENS_AEHNLICH = 4  # letters below which similarity is chance
SCHWELLE = 0.5  # share of common triples
NAHE_AM_BESTEN = 0.85  # of the best share: what is less alike is noise
UMWEG = 0.8  # what is found by another name stands behind


@dataclass(frozen=True, slots=True)
class Eintrag:
    """A thing that can be found: texts with the weight of each, the title first."""

    art: str
    id: str
    titel: str
    dazu: str
    texte: tuple[tuple[float, str], ...]


@dataclass(frozen=True, slots=True)
class Treffer:
    """A found thing, and how well it fits."""

    eintrag: Eintrag
    guete: float


@dataclass(frozen=True, slots=True)
class Fund:
    """The answer to a question.

    woerter: normalised words that were met, for marking; auch: other names that were searched too;
    teilweise: no thing has all words; meinten: a better spelling, if nothing was found
    """

    treffer: tuple[Treffer, ...]
    woerter: frozenset[str]
    auch: tuple[str, ...] = ()
    teilweise: bool = False
    meinten: str = ""


def normal(text: str) -> str:
    """Return a text in lower case with ae, oe, ue, ss and without accents.

    >>> normal("Nürtingen, Großbettlingen"), normal("Café")
    ('nuertingen, grossbettlingen', 'cafe')
    """
    return _ohne_akzente(text.casefold().replace("ß", "ss").translate(UMLAUTE))


def schlicht(text: str) -> str:
    """Return a text in lower case without the dots of umlauts: what hasty people type.

    >>> schlicht("Nürtingen")
    'nurtingen'
    """
    return _ohne_akzente(text.casefold().replace("ß", "ss"))


def _ohne_akzente(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def woerter(text: str) -> list[str]:
    """Return the normalised words of a text in their order."""
    return WORT.findall(normal(text))


def dreier(word: str) -> frozenset[str]:
    """Return the letter triples of a word, with its beginning and end."""
    padded = f"  {word} "
    return frozenset(padded[i : i + 3] for i in range(len(padded) - 2))


class Suchindex:
    """An index over entries, and the other names under which a word is known."""

    def __init__(
        self, eintraege: Sequence[Eintrag], namen: Mapping[str, Sequence[str]] | None = None
    ) -> None:
        """Index the entries.

        namen: word as written → its other names; each of them leads to all the others
        """
        self._eintraege = eintraege
        self._namen = [(word, *others) for word, others in (namen or {}).items()]
        self._stellen: dict[str, dict[int, float]] = {}
        for place, entry in enumerate(eintraege):
            for weight, text in entry.texte:
                for word in _schreibweisen(text):
                    found = self._stellen.setdefault(word, {})
                    found[place] = max(found.get(place, 0.0), weight)

    @cached_property
    def _dreier(self) -> dict[str, frozenset[str]]:
        return {word: dreier(word) for word in self._stellen}

    def suche(self, frage: str) -> Fund:
        """Return what fits a question, best first."""
        asked = _frage(frage)
        if not asked:
            return Fund((), frozenset())
        scores, met = self._alle(asked)
        partly = False
        others = self._andere_namen(frage)
        for other in others:
            more, words = self._alle(_frage(other), genau=True)
            met |= words
            for place, score in more.items():
                scores[place] = max(scores.get(place, 0.0), score * UMWEG)
        if not scores and len(asked) > 1:
            partly = True
            for word in asked:
                some, words = self._alle([word])
                met |= words
                for place, score in some.items():
                    scores[place] = scores.get(place, 0.0) + score / len(asked)
        hits = [Treffer(self._eintraege[place], score) for place, score in scores.items()]
        hits.sort(key=lambda hit: (-round(hit.guete, 3), hit.eintrag.titel))
        return Fund(
            tuple(hits), frozenset(met), others, partly, "" if hits else self._meinten(asked)
        )

    def _alle(
        self, asked: Sequence[str], *, genau: bool = False
    ) -> tuple[dict[int, float], set[str]]:
        """Return the entries that have every word, with their score, and the words that were met."""
        together: dict[int, float] | None = None
        met: set[str] = set()
        for word in asked:
            found: dict[int, float] = {}
            for known, fit in self._aehnliche(word, genau=genau):
                met.add(known)
                for place, weight in self._stellen[known].items():
                    found[place] = max(found.get(place, 0.0), fit * weight)
            together = (
                found
                if together is None
                else {p: together[p] + s for p, s in found.items() if p in together}
            )
        return {p: s / len(asked) for p, s in (together or {}).items()}, met

    def _aehnliche(self, word: str, *, genau: bool) -> Iterator[tuple[str, float]]:
        """Yield the known words that a word may mean; similar ones only if nothing else fits."""
        closest = False
        for known in self._stellen:
            fit = _passung(word, known)
            if genau and fit < ANFANG:
                continue
            if fit:
                closest = closest or fit > TEIL
                yield known, fit
        if closest or genau or len(word) < MINDESTENS_AEHNLICH:
            return
        own = dreier(word)
        shares = {
            known: share
            for known, parts in self._dreier.items()
            if (share := len(own & parts) / len(own | parts)) >= SCHWELLE
        }
        limit = max(shares.values(), default=0.0) * NAHE_AM_BESTEN
        for known, share in shares.items():
            if share >= limit and not _passung(word, known):
                yield known, share * AEHNLICH

    def _andere_namen(self, frage: str) -> tuple[str, ...]:
        wanted = woerter(frage)
        for names in self._namen:
            if any(woerter(name) == wanted for name in names):
                return tuple(name for name in names if woerter(name) != wanted)
        return ()

    def _meinten(self, asked: Sequence[str]) -> str:
        """Return the question with each word replaced by the nearest known one, if all have one."""
        nearest = []
        for word in asked:
            own = dreier(word)
            best = max(
                self._dreier, key=lambda w: len(own & self._dreier[w]) / len(own | self._dreier[w])
            )
            if len(own & self._dreier[best]) * 3 < len(own):
                return ""
            nearest.append(best)
        return " ".join(nearest)


def _frage(text: str) -> list[str]:
    words = list(dict.fromkeys(woerter(text)))
    return [word for word in words if word not in FUELLWOERTER] or words


def _schreibweisen(text: str) -> Iterable[str]:
    return {*WORT.findall(normal(text)), *WORT.findall(schlicht(text))}


def _passung(word: str, known: str) -> float:
    if known == word:
        return GENAU
    if known.startswith(word):
        return ANFANG if len(word) > 1 else 0.0
    if len(known) >= MINDESTENS_AEHNLICH and word.startswith(known):
        return BEUGUNG if len(word) - len(known) <= ENDUNG else 0.0
    if len(word) >= MINDESTENS_TEIL and word in known:
        return TEIL
    return 0.0


def passt(wort: str, gefunden: frozenset[str]) -> bool:
    """Return whether a word of a text is one that was met, in either spelling."""
    return normal(wort) in gefunden or schlicht(wort) in gefunden

"""What an indicator file and the Agenda may say; see README for a new indicator in five minutes."""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import ConfigDict, Field, model_validator

from etl.yamlfile import Strict

Art = Literal["anteil", "rate", "anzahl", "uebernommen"]
Typ = Literal["ergebnis", "ergebnisnah", "proxy", "angebot", "kontext"]
Richtung = Literal["hoeher_ist_besser", "niedriger_ist_besser", "kontext"]
NennerZeit = Literal["stichtag", "gleich", "jahresende", "vorjahresende", "jahresmittel"]
Merkmal = Literal["geschlecht", "alter", "nationalitaet", "gruppe"]
Messbarkeit = Literal["messbar", "teilweise", "nur Proxy", "nicht messbar"]
Ebene = Literal["gemeinde", "kreis"]
Altersgrenze = Annotated[int, Field(ge=0, le=120)]


class Operand(Strict):
    """Which Messwerte go into a formula: a Messgröße, narrowed down by characteristics.

    `alter` is inclusive; [75, null] means 75 and older, left out it means all ages.
    """

    messgroesse: str = Field(description="Kennung aus etl/messgroessen.yaml.")
    geschlecht: Literal["", "m", "w", "d"] = ""
    alter: tuple[Altersgrenze, Altersgrenze | None] | None = Field(
        None, description="[von, bis] einschließlich; [75, null] heißt 75 und älter."
    )
    nationalitaet: Literal["", "deutsch", "auslaendisch"] = ""
    gruppe: str = ""
    basis: str = ""


class Anforderung(Strict):
    """Figures that nobody has delivered yet: who holds them, for which levels, how often."""

    bei: Annotated[str, Field(max_length=160, description="Wer die Zahlen hat.")]
    ebenen: Annotated[tuple[Ebene, ...], Field(min_length=1)]
    rhythmus: Annotated[str, Field(max_length=80, description="Wie oft, zu welchem Stichtag.")]


class Indikator(Strict):
    """A question with a formula over Messgrößen, tied to Leitziele and Querschnittsthemen.

    angebot_fuer: the indicators whose people these facilities serve; both are shown together
    vorausberechnung: a Messgröße in the indicator's own unit that looks ahead; its `gruppe`
    untere_variante and obere_variante are the band. It is drawn and never tested.
    angefordert: who holds the figures that are not delivered yet
    """

    model_config = ConfigDict(str_strip_whitespace=True, str_min_length=1)

    titel: str = Field(max_length=80, description="Was die Zahl angibt, mit Bezug.")
    kurztitel: str = Field(max_length=32, description="Für Kacheln; kein zweiter heißt so.")
    frage: str = Field(max_length=160, description="Eine Frage, die jeder versteht.")
    leitziele: tuple[str, ...] = Field(description="handlungsfeld/leitziel, das wichtigste zuerst.")
    querschnittsthemen: tuple[str, ...] = Field(description="Kennungen der Themen.")
    typ: Typ = Field(description="Wie nah die Zahl an der Lage ist.")
    art: Art = Field(description="Wie gerechnet wird; uebernommen: nur die Quote ist bekannt.")
    faktor: int | None = Field(None, description="Nur bei rate: je wie viele, etwa 1000.")
    zaehler: Operand | None = None
    nenner: Operand | None = None
    nenner_zeit: NennerZeit | None = Field(None, description="Von wann der Nenner ist.")
    wert: Operand | None = Field(None, description="Nur bei uebernommen.")
    gliederung: tuple[Merkmal, ...] = Field((), description="Nach welchen Gruppen es Werte gibt.")
    einheit: str = Field(description="Wie sie hinter der Zahl steht.")
    nachkommastellen: Annotated[int, Field(ge=0, le=3)]
    richtung: Richtung
    richtung_durch: str = Field(
        min_length=1, description="Wer die Richtung gesetzt hat, oder warum es keine gibt."
    )
    relevant_ab: Annotated[float, Field(gt=0)] | None = Field(
        None, description="Ab welchem Unterschied einer zählt, in der Einheit des Indikators."
    )
    hinweise: tuple[Annotated[str, Field(max_length=220)], ...] = Field(
        min_length=1, max_length=6, description="Fallstricke in einfachen Worten."
    )
    synonyme: tuple[str, ...] = Field((), description="Wörter, unter denen man danach sucht.")
    angebot_fuer: tuple[str, ...] = Field((), description="Indikatoren, denen das Angebot dient.")
    vorausberechnung: Operand | None = Field(
        None, description="Messgröße, die nach vorn blickt, in derselben Einheit."
    )
    angefordert: Anforderung | None = Field(None, description="Wer die fehlenden Zahlen hat.")

    @model_validator(mode="after")
    def _formula_is_complete(self) -> Self:
        """Each kind of indicator needs exactly its own parts of a formula."""
        needed = {
            "anteil": {"zaehler", "nenner", "nenner_zeit"},
            "rate": {"zaehler", "nenner", "nenner_zeit", "faktor"},
            "anzahl": {"zaehler"},
            "uebernommen": {"wert"},
        }[self.art]
        beside = {"zaehler", "nenner", "nenner_zeit"} if self.art == "uebernommen" else set()
        for part in ("zaehler", "nenner", "nenner_zeit", "wert", "faktor"):
            given = getattr(self, part) is not None
            if part in needed and not given:
                raise ValueError(f"Die Art »{self.art}« verlangt das Feld »{part}«.")
            if given and part not in needed | beside:
                raise ValueError(f"Das Feld »{part}« passt nicht zur Art »{self.art}«.")
        if (self.nenner is None) != (self.nenner_zeit is None):
            raise ValueError("»nenner« und »nenner_zeit« gehören zusammen.")
        return self

    @property
    def skala(self) -> int:
        """Return what numerator / denominator is multiplied with."""
        return 100 if self.art == "anteil" else self.faktor or 1


class Bruch(Strict):
    """A change of law, census or definition: no trend reaches across it, every chart draws it.

    `messgroessen` may end in `*`; `gebiete` are beginnings of keys, left out it means everywhere.
    """

    datum: date
    titel: Annotated[str, Field(max_length=24)]
    text: Annotated[str, Field(max_length=300)]
    messgroessen: Annotated[tuple[str, ...], Field(min_length=1)]
    gebiete: tuple[str, ...] = ()
    ueberbrueckbar: bool = False


class Leitziel(Strict):
    """A goal of the Agenda, how far it can be measured, and the few indicators that stand for it."""

    id: str
    nr: str
    titel: str
    messbarkeit: Messbarkeit
    begruendung: str
    luecke: str | None = None
    kern: Annotated[tuple[str, ...], Field(max_length=8)] = ()


class Handlungsfeld(Strict):
    """A field of action with its goals and its steering body."""

    id: str
    nr: int
    titel: str
    kurztitel: str
    gremium: str
    leitziele: tuple[Leitziel, ...]


class Querschnittsthema(Strict):
    """A topic that runs through all fields of action."""

    id: str
    titel: str

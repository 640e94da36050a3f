"""What a Messgröße or a Quelle demands before its counts may be shown; on by default.

The fields are those of the rules in METHODS §4.1. `indicators.disclosure` acts on them; here they
are only read and checked.
"""

from typing import Annotated, Self

from pydantic import Field, model_validator

from etl.yamlfile import Strict


class Regelfelder(Strict):
    """Fields by which a Messgröße or a Quelle departs from the default rule; empty: the default.

    kleinste_zahl:         smallest count that is shown: 3 (BA), 5 (own Sozialdaten), 10 (violence,
                           kind of disability, origin by age)
    null_veroeffentlichen: a true zero is shown
    gegenzahl:             what is left of a published whole must not be small either
    dominanz, traeger:     largest share of one contributor, smallest number of contributors
    runden:                every count is rounded to this base instead of being suppressed
    nie_unter_kreis:       nothing below the Kreis, whatever its size
    """

    kleinste_zahl: Annotated[int, Field(ge=1)] | None = None
    null_veroeffentlichen: bool | None = None
    gegenzahl: bool | None = None
    dominanz: Annotated[float, Field(gt=0, le=1)] | None = None
    traeger: Annotated[int, Field(ge=1)] | None = None
    runden: Annotated[int, Field(ge=3, multiple_of=1)] | None = None
    nie_unter_kreis: bool | None = None

    @model_validator(mode="after")
    def _odd(self) -> Self:
        if self.runden is not None and self.runden % 2 == 0:
            raise ValueError("runden: eine ungerade Zahl ab 3 wird erwartet, zum Beispiel 5")
        return self

    def regeln(self) -> str:
        """Return what is stated here as a JSON object; empty where the default holds."""
        return self.model_dump_json(include=set(Regelfelder.model_fields), exclude_none=True)


class Geheimhaltung(Regelfelder):
    """The block `geheimhaltung` of a `.quelle.yaml`: stricter rules, or why none are needed.

    ausnahme: the reason why these figures are shown as they are: their publisher shows every one
              of them openly and keeps its own secrecy
    """

    ausnahme: Annotated[str, Field(pattern=r"^$|^.{20,}$")] = ""

    @model_validator(mode="after")
    def _one_or_the_other(self) -> Self:
        if self.ausnahme and self.model_dump(exclude={"ausnahme"}, exclude_none=True):
            raise ValueError("ausnahme: eine Quelle mit Ausnahme braucht keine weiteren Regeln")
        return self

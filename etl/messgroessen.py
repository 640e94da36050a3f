"""What is counted: the Messgrößen, declared once in messgroessen.yaml."""

from pathlib import Path

from etl.geheimhaltung import Regelfelder
from etl.mandant import mandant
from etl.yamlfile import load_yaml

FILE = Path(__file__).with_name("messgroessen.yaml")


class Messgroesse(Regelfelder):
    """A quantity with its unit, and how its counts are kept secret.

    additiv:      may be summed over areas and groups
    ohne_personen: money, minutes, buildings: nobody is to be protected behind the figure
    teil_von:     the Messgröße that counts the same people and others besides
    traeger_zahl, groesster_beitrag: the Messgrößen that say of each cell how many contribute to it
                  and how much the largest of them does; for `traeger` and `dominanz`
    """

    titel: str
    einheit: str
    additiv: bool
    ohne_personen: bool = False
    teil_von: str = ""
    traeger_zahl: str = ""
    groesster_beitrag: str = ""


def load_messgroessen(path: Path | None = None) -> dict[str, Messgroesse]:
    """Return all Messgrößen by id; path: left out, the file of the tenant."""
    return load_yaml(path or mandant().messgroessen or FILE, dict[str, Messgroesse])

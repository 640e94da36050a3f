"""What is counted: the Messgrößen, declared once in messgroessen.yaml."""

from pathlib import Path

from etl.yamlfile import Strict, load_yaml

FILE = Path(__file__).with_name("messgroessen.yaml")


class Messgroesse(Strict):
    """A quantity with its unit; `additiv` quantities may be summed over areas and groups."""

    titel: str
    einheit: str
    additiv: bool
    kleinste_zahl: int | None = None


def load_messgroessen(path: Path = FILE) -> dict[str, Messgroesse]:
    """Return all Messgrößen by id."""
    return load_yaml(path, dict[str, Messgroesse])

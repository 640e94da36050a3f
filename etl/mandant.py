"""The tenant: for which Kreis this process works, and where its own files lie. One strict YAML."""

import os
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from etl.errors import DefinitionError, Mangel
from etl.yamlfile import Strict, load_yaml, place

UMGEBUNG = "SOZIALMONITOR_MANDANT"
FILE = Path(__file__).with_name("mandant.yaml")
# What a path has to be, and what has to lie there.
ORTE = {
    "gebiete": ("gebiete.csv", "nachbarn.csv", "aliase.csv"),
    "agenda": ("handlungsfelder.yaml", "querschnittsthemen.yaml"),
    "katalog": (),
    "zuordnungen": (),
    "messgroessen": (),
    "fusszeilen": (),
}
IN = {"der": "im", "die": "in der", "das": "im"}
MIT_ARTIKEL = {"10": "im"}  # the Saarland is the only Land that needs its article


class Mandant(Strict):
    """One Kreis: its key and name, and the files that are its own.

    artikel:      of the name: »der Landkreis Esslingen«, »die Region Hannover«
    titel:        what the product is called here
    gebiete:      folder with gebiete.csv, nachbarn.csv, aliase.csv, and kacheln.csv if the map is
                  also to be drawn as tiles
    agenda, katalog, fusszeilen: as those that ship
    zuordnungen, messgroessen: left out, those that ship
    """

    kreis: Annotated[str, Field(pattern=r"^(0[1-9]|1[0-6])\d{3}$")]
    name: Annotated[str, Field(min_length=1, max_length=60)]
    artikel: Literal["der", "die", "das"] = "der"
    land: Annotated[str, Field(min_length=1)]
    titel: Annotated[str, Field(min_length=1, max_length=40)] = "Sozialmonitor"
    gebiete: Path
    agenda: Path
    katalog: Path
    fusszeilen: Path
    zuordnungen: Path | None = None
    messgroessen: Path | None = None

    @property
    def landesschluessel(self) -> str:
        """Return the key of the Land, with which every key of its areas begins."""
        return self.kreis[:2]

    @property
    def mit_artikel(self) -> str:
        """Return »der Landkreis Esslingen«."""
        return f"{self.artikel} {self.name}"

    @property
    def im_kreis(self) -> str:
        """Return »im Landkreis Esslingen«."""
        return f"{IN[self.artikel]} {self.name}"

    @property
    def im_land(self) -> str:
        """Return »in Baden-Württemberg«."""
        return f"{MIT_ARTIKEL.get(self.landesschluessel, 'in')} {self.land}"


@cache
def mandant() -> Mandant:
    """Return the tenant of this process: the file SOZIALMONITOR_MANDANT names, else the shipped one.

    Raises:  DefinitionError naming file, line, field and remedy
    """
    return load_mandant(Path(os.environ.get(UMGEBUNG) or FILE))


def load_mandant(path: Path) -> Mandant:
    """Load one tenant; its paths are then absolute and lead to what they should.

    Raises:  DefinitionError naming file, line, field and remedy
    """
    if not path.is_file():
        raise DefinitionError.at(
            path, "Diese Datei gibt es nicht.", f"Den Pfad in {UMGEBUNG} berichtigen."
        )
    loaded = load_yaml(path, Mandant)
    named = {name: (path.parent / own).resolve() for name in ORTE if (own := getattr(loaded, name))}
    maengel = [
        Mangel(
            place(path, name),
            f"»{name}« führt zu {file}; das gibt es nicht.",
            "Den Pfad berichtigen; er gilt vom Ordner dieser Datei aus.",
        )
        for name, target in named.items()
        for file in ([target / inside for inside in ORTE[name]] if target.is_dir() else [target])
        if not file.exists()
    ]
    if maengel:
        raise DefinitionError(maengel)
    return loaded.model_copy(update=named)

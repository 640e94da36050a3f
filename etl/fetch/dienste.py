"""The web services that can be asked: where they are and what they put up with."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from etl.errors import DefinitionError

DienstId = Literal["regionalstatistik", "destatis", "zensus", "wegweiser"]
LOKAL = frozenset({"127.0.0.1", "localhost", "::1"})


@dataclass(frozen=True, slots=True)
class Dienst:
    """One service.

    ordner:     folder below data/raw
    zugang:     whether it wants user and password
    auftraege:  whether a table that is too large can be ordered as a job
    pause:      seconds between two requests; there is never more than one request at a time
    """

    id: DienstId
    herausgeber: str
    adresse: str
    ordner: str
    zugang: bool
    auftraege: bool = False
    pause: float = 0.0
    lizenz: str = "dl-de/by-2-0"

    def url(self, pfad: str) -> str:
        """Return the address of a method; what would send a password in the clear is refused."""
        teile = urlsplit(self.adresse)
        if self.zugang and teile.scheme != "https" and teile.hostname not in LOKAL:
            raise DefinitionError.at(
                self.adresse,
                "Zugangsdaten gingen hier unverschlüsselt über das Netz.",
                "Eine Adresse mit https verwenden.",
            )
        return f"{self.adresse.rstrip('/')}/{pfad}"


# The part after the host matters: Regionalstatistik knows it in lower case only, Destatis under
# another host name answers with a redirect, which is never followed.
DIENSTE: Mapping[DienstId, Dienst] = {
    "regionalstatistik": Dienst(
        "regionalstatistik",
        "Statistische Ämter des Bundes und der Länder",
        "https://www.regionalstatistik.de/genesisws/rest/2020/",
        "statistische_aemter",
        zugang=True,
        auftraege=True,
    ),
    "destatis": Dienst(
        "destatis",
        "Statistisches Bundesamt (Destatis)",
        "https://genesis.destatis.de/genesisWS/rest/2020/",
        "destatis",
        zugang=True,
        auftraege=True,
    ),
    "zensus": Dienst(
        "zensus",
        "Statistische Ämter des Bundes und der Länder",
        "https://ergebnisse.zensus2022.de/api/rest/2020/",
        "zensus",
        zugang=True,
    ),
    "wegweiser": Dienst(
        "wegweiser",
        "Bertelsmann Stiftung",
        "https://www.wegweiser-kommune.de/data-api/",
        "wegweiser_kommune",
        zugang=False,
        pause=1.0,
    ),
}

"""What a request for a file or of the API asks for, checked before the first byte is sent."""

from collections.abc import Collection, Mapping

from etl.errors import SozialmonitorError, suggestion
from indicators.export import Umfang
from indicators.service import Service

JA_NEIN = ("ja", "nein")
HOECHSTES = 10**9  # beyond this a number is a slip


def umfang(service: Service, args: Mapping[str, str], gebiete: str = "gebiete") -> Umfang:
    """Return the choice of values; raises SozialmonitorError with the remedy if part of it is wrong."""
    indikatoren, areas = liste(args, "indikator"), liste(args, gebiete)
    for id_ in indikatoren or ():
        service.indikator(id_)
    for key in areas or ():
        service.gebiet(key)
    von, bis = jahr(args, "von"), jahr(args, "bis")
    if von is not None and bis is not None and von > bis:
        raise SozialmonitorError.at(
            f"von={von}&bis={bis}", "Der Zeitraum endet, bevor er beginnt.", "Beide Jahre tauschen."
        )
    with_groups = wahl(args, "gruppen", JA_NEIN, "ja") == "ja"
    return Umfang(indikatoren, areas, von, bis, gruppen=with_groups)


def liste(args: Mapping[str, str], name: str) -> list[str] | None:
    """Return the parts of a list with commas, each once; None if there is none."""
    parts = (part.strip() for part in args.get(name, "").split(","))
    return list(dict.fromkeys(part for part in parts if part)) or None


def jahr(args: Mapping[str, str], name: str) -> int | None:
    """Return a year, or None if none is given."""
    text = args.get(name, "")
    if not text:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) == 4):
        raise SozialmonitorError.at(
            f"{name}={text}", f"»{name}={text}« ist kein Jahr.", "Vier Ziffern, zum Beispiel 2015."
        )
    return int(text)


def ganze_zahl(args: Mapping[str, str], name: str, usual: int, unten: int, oben: int) -> int:
    """Return a whole number within its bounds, or the usual one if none is given."""
    text = args.get(name, "")
    if not text:
        return usual
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else -1
    if not unten <= number <= oben:
        raise SozialmonitorError.at(
            f"{name}={text}",
            f"»{name}« muss eine ganze Zahl von {unten} bis {oben} sein.",
            f"Weglassen (dann {usual}) oder eine Zahl in diesem Bereich angeben.",
        )
    return number


def wahl(args: Mapping[str, str], name: str, words: Collection[str], usual: str) -> str:
    """Return one of some words, or the usual one if none is given."""
    text = args.get(name, "") or usual
    if text not in words:
        remedy = suggestion(text, list(words), f"Möglich: {', '.join(words)}.")
        raise SozialmonitorError.at(
            f"{name}={text}", f"»{text}« gibt es für »{name}« nicht.", remedy
        )
    return text

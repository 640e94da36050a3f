"""What can go wrong on the way to a publisher; the old data stay in use each time."""

from etl.errors import Mangel, SozialmonitorError

SPAETER = "Es bleibt beim bisherigen Stand; der nächste Abruf versucht es wieder."


class FetchError(SozialmonitorError):
    """The publisher's answer cannot be used; asking again the same way would not help."""


class TemporaryError(FetchError):
    """The service cannot answer now: time-out, maintenance page, too many requests.

    warte: seconds that the service itself asked to wait, 0 if it did not say
    """

    warte: float = 0.0

    @classmethod
    def weil(cls, ort: object, problem: str, warte: float = 0.0) -> "TemporaryError":
        """Build the error; the remedy is always the same."""
        error = cls([Mangel(str(ort), problem, SPAETER)])
        error.warte = warte
        return error

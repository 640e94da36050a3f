"""Where the rows of a GENESIS table are: title, header, data and notes, and what leads a row.

A data row begins with a time, a key or a label and ends with printed values. The first such row
ends the header, the last one begins the notes; whatever stands between them and is neither a data
row nor the line of a time or an area stops the file, so that no row is lost unseen.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from etl.errors import DeliveryError
from etl.formats.genesis_kopf import ist_zeit, merkmal_von, sauber, teil_von
from etl.symbols import GUETE_OF_MARK, STATUS_OF_PRINT, lies_druck
from etl.tafel import Tafel

KEY = re.compile(r"DG|[0-9]{2,3}|[0-9]{5}|[0-9]{7,12}")
LINE = re.compile(r"_{5,}")
REMEDY = "Die Datei unverändert neu herunterladen; sie muss mit der Fußzeile »Stand: …« enden."
VORSPALTE = "Vorspalte"


@dataclass
class Aufbau:
    """The parts of a table, as row numbers of the sheet."""

    titel: list[int]
    kopf: list[int]
    daten: list[int]
    zwischen: dict[int, str]  # lines of a time or an area among the data
    fuss: list[int]
    vorn: int  # columns before the first value
    breite: int
    rollen: list[str] = field(
        default_factory=list
    )  # zeit, schluessel, name, gebiet, teil or Merkmal


@lru_cache(maxsize=65536)
def ist_druck(text: str) -> bool:
    """Say whether a cell holds a number or a sign, a mark of quality, or nothing."""
    if text.strip() in GUETE_OF_MARK:
        return True
    try:
        lies_druck(text)
    except ValueError:
        return False
    return True


def zerlege(tafel: Tafel, rows: list[list[str]], ist_gebiet: Callable[[str], bool]) -> Aufbau:
    """Find the parts of a table.

    Raises:  DeliveryError where it falls apart
    """
    end = next((n for n, row in enumerate(rows) if row and LINE.fullmatch(row[0].strip())), None)
    if end is None:
        end = next((n for n, row in enumerate(rows) if row and _is_note(row[0])), len(rows))
        if end == len(rows):
            raise DeliveryError.at(
                tafel.ort(len(rows) - 1) if rows else tafel.datei,
                "Die Fußzeile fehlt; die Tabelle ist wohl nicht vollständig.",
                REMEDY,
            )
    body = rows[:end]
    first = _first_row(tafel, body)
    width = len(body[first])
    candidates = [n for n in range(first, end) if _is_row(body[n], width, body[first])]
    last = candidates[-1]
    between = _between(tafel, body, first, last, set(candidates), ist_gebiet)
    _nothing_lost(tafel, body, last, width)
    head = [n for n in range(first) if any(cell.strip() for cell in body[n][1:])]
    top = head[0] if head else first
    between |= {  # the time of the first block, below the header
        n: body[n][0].strip()
        for n in range(top, first)
        if body[n]
        and not any(cell.strip() for cell in body[n][1:])
        and (ist_zeit(body[n][0]) or ist_gebiet(body[n][0]))
    }
    aufbau = Aufbau(
        titel=[n for n in range(top) if body[n] and body[n][0].strip()],
        kopf=[n for n in range(top, first) if n not in between and any(map(str.strip, body[n]))],
        daten=candidates,
        zwischen=between,
        fuss=list(range(last + 1, len(rows))),
        vorn=0,
        breite=width,
    )
    aufbau.vorn = _leading(body, aufbau)
    if aufbau.vorn >= width:
        raise DeliveryError.at(
            tafel.ort(first), "Nach den Vorspalten folgt keine Spalte mit Werten.", REMEDY
        )
    aufbau.rollen = _roles(body, aufbau, ist_gebiet)
    return aufbau


def _is_note(text: str) -> bool:
    return text.lstrip().startswith(("©", "(C)opyright", "(c)", "Stand:"))


def _first_row(tafel: Tafel, body: Sequence[Sequence[str]]) -> int:
    """Return the first row with a time or key in front, else the first with a label."""
    full = [n for n, row in enumerate(body) if len(row) > 1 and _ends_in_values(row)]
    for leads in (_leads_by_key, _leads_by_label):
        found = next((n for n in full if leads(body[n])), None)
        if found is not None:
            return found
    raise DeliveryError.at(tafel.datei, "Die Tabelle enthält keine Zeile mit Werten.", REMEDY)


def _ends_in_values(row: Sequence[str]) -> bool:
    """Say whether a row ends in a printed value: its last filled cell is no heading."""
    last = next((cell for cell in reversed(row) if cell.strip()), "")
    return last is not row[0] and ist_druck(last)


def _leads_by_key(row: Sequence[str]) -> bool:
    head = row[0].strip()
    return ist_zeit(head) or (KEY.fullmatch(head) is not None and not ist_druck(row[1])) or (
        len(row) > 2 and KEY.fullmatch(row[1].strip()) is not None and not ist_druck(row[2])
    )  # fmt: skip


def _leads_by_label(row: Sequence[str]) -> bool:
    return bool(row[0].strip()) and not ist_druck(row[0])


def _is_row(row: Sequence[str], width: int, model: Sequence[str]) -> bool:
    """Say whether a row is built like the first data row."""
    if len(row) != width or not any(cell.strip() for cell in row[1:]):
        return False
    return all(
        not ist_druck(model[n]) or ist_druck(row[n]) or KEY.fullmatch(model[n].strip())
        for n in range(width)
    ) and all(KEY.fullmatch(row[n].strip()) for n in (0, 1) if _is_key(model, n))


def _is_key(row: Sequence[str], n: int) -> bool:
    return (
        n + 1 < len(row) and KEY.fullmatch(row[n].strip()) is not None and not ist_druck(row[n + 1])
    )


def _between(
    tafel: Tafel,
    body: Sequence[Sequence[str]],
    first: int,
    last: int,
    rows: set[int],
    ist_gebiet: Callable[[str], bool],
) -> dict[int, str]:
    """Return the lines of a time or an area among the data rows; anything else is refused."""
    found = {}
    for n in range(first, last):
        words = [cell.strip() for cell in body[n] if cell.strip()]
        if n in rows or not words:
            continue
        alone = len(words) == 1 and body[n][0].strip() == words[0]
        if not alone or not (ist_zeit(words[0]) or ist_gebiet(words[0])):
            raise DeliveryError.at(
                tafel.ort(n),
                "Die Zeile hat nicht den Aufbau der übrigen Zeilen mit Werten"
                f" ({len(body[n])} Felder, erwartet {len(body[first])}): {' · '.join(words)[:80]}",
                "Die Zeile mit der Originaldatei vergleichen; die Datei neu herunterladen.",
            )
        found[n] = words[0]
    return found


def _nothing_lost(tafel: Tafel, body: Sequence[Sequence[str]], last: int, width: int) -> None:
    """Refuse a row behind the data that is filled like one: it must have been damaged."""
    for n in range(last + 1, len(body)):
        filled = sum(bool(cell.strip()) for cell in body[n])
        if filled > 1 and (filled * 2 > width or _leads_by_key([*body[n], ""])):
            raise DeliveryError.at(
                tafel.ort(n),
                f"Die Zeile hat nicht den Aufbau der übrigen Zeilen mit Werten: {' · '.join(body[n])[:80]}",
                "Die Zeile mit der Originaldatei vergleichen; die Datei neu herunterladen.",
            )


def _leading(body: Sequence[Sequence[str]], aufbau: Aufbau) -> int:
    """Return how many columns stand before the values."""
    sample = [body[n] for n in aufbau.daten]
    lead = 1
    for column in range(aufbau.breite - 1, 0, -1):
        words = {row[column].strip() for row in sample}
        headed = not aufbau.kopf or any(
            column < len(body[n]) and body[n][column].strip() for n in aufbau.kopf
        )
        signs = all(word in STATUS_OF_PRINT for word in words) and not headed
        if not all(ist_druck(word) for word in words) or signs or _is_key(sample[0], column):
            lead = column + 1
            break
    blank = 1
    for column in range(1, aufbau.breite - 1):
        if not aufbau.kopf or any(
            column < len(body[n]) and body[n][column].strip() for n in aufbau.kopf
        ):
            break
        blank = column + 1
    return max(lead, blank)


def _roles(
    body: Sequence[Sequence[str]], aufbau: Aufbau, ist_gebiet: Callable[[str], bool]
) -> list[str]:
    """Say what each leading column holds."""
    roles: list[str] = []
    for column in range(aufbau.vorn):
        words = list({body[n][column].strip() for n in aufbau.daten})
        heads = [sauber(body[n][column]) for n in aufbau.kopf if column < len(body[n])]
        names = {sauber(body[n][column + 1]) for n in aufbau.daten}
        role = _role(words, roles, ist_gebiet, names)
        if not role:
            named = next((head for head in heads if head), "")
            role = named or merkmal_von([sauber(word) for word in words]) or VORSPALTE
            number = sum(other == role or other.startswith(f"{role} ") for other in roles)
            role = f"{role} {number + 1}" if number else role
        roles.append(role)
    return roles


def _role(
    words: Sequence[str],
    before: Sequence[str],
    ist_gebiet: Callable[[str], bool],
    names: Iterable[str],
) -> str:
    filled = [word for word in words if word]
    if before and before[-1] == "schluessel":
        return "name"
    if not filled:
        return ""
    rules: tuple[tuple[str, Callable[[str], bool]], ...] = (
        ("zeit", ist_zeit),
        ("schluessel", lambda word: KEY.fullmatch(word) is not None),
        ("teil", lambda word: teil_von(word) is not None),
        ("gebiet", ist_gebiet),
    )
    for role, rule in rules:
        if role in before or not all(map(rule, filled)):
            continue
        if role == "schluessel" and not _are_areas(filled, names, ist_gebiet):
            continue
        if role != "gebiet" or "schluessel" not in before:
            return role
    return ""


def _are_areas(
    keys: Iterable[str], names: Iterable[str], ist_gebiet: Callable[[str], bool]
) -> bool:
    """Say whether codes are keys of areas: two digits alone could be branches of industry."""
    return any(key == "DG" or len(key) > 3 for key in keys) or any(map(ist_gebiet, names))

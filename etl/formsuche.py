"""Finds out by itself how a sheet with one row per region is laid out, and says so as a Form.

Row numbers shift from edition to edition, so everything is found from the cells: the column that
holds regions (»08116 Esslingen«, 08116019, Deutschland), the first row of figures, a row of running
numbers above it, the headings above that, among them a row of dates, and columns of words, which
are characteristics.
"""

import re
from collections.abc import Sequence

from etl.dezimal import hat_punkte, in_deutsch
from etl.form import Angabe, Form
from etl.kopfzeilen import ist_zaehlzeile, sauber, ueberschriften
from etl.mandant import mandant
from etl.symbols import lies_druck
from etl.tafel import Tafel
from etl.zeit import erkenne_zeit

REGION = re.compile(
    r"(?:\d{2}|\d{3}|\d{5}|\d{7,9})(?: \D.*)?|Deutschland|Bundesgebiet|(?:Ost|West)deutschland"
)
KEY_COLUMNS = 4  # regions stand in one of the first columns
NAME = re.compile(
    r"^lfd|^gem\b|^nr\.?$|region|gemeinde|kreis|name|bezeichnung|arbeitsort|wohnort|agentur",
    re.IGNORECASE,
)
MONTHS = "Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember"
WHEN = re.compile(
    rf"\d{{1,2}}\.\s?\d{{1,2}}\.\s?\d{{4}}|(?:\d{{1,2}}\. )?(?:{MONTHS}) \d{{4}}"
    r"|Jahresdurchschnitt \d{4}|Jahr \d{4}|(?:Berichtsjahr|Berichtsmonat):? \d{4,6}"
)
STAND = re.compile(rf"(?:Datenstand|Stand|Erstellungsdatum|erstellt am):?\s*({WHEN.pattern})")
WHOLE_YEAR = re.compile(r"0?1\.0?1\.(\d{4}) bis 31\.12\.\1")
PERIODS = re.compile(
    r"(berichts|erhebungs|bezugs|schul)?(jahr|zeit|zeitpunkt|zeitraum|stichtag|monat)"
    r"|year|time([_ ]period)?|reference[_ ]date",
    re.IGNORECASE,
)
KEYS = re.compile(
    r"schl(ü|ue)ssel|kennziffer|^_?(ags|ars|rs)$|gemeinde_?id|ref_?area", re.IGNORECASE
)
DAY = re.compile(r"(18|19|20)\d{6}")  # 20220515 is no municipality
PUBLISHER = re.compile(
    r"Bundesagentur für Arbeit|Zentraler Statistik-Service|statistik\.arbeitsagentur\.de"
)
SHORT = re.compile(r"1\d{5}|[234]\d{5}")  # 116019: without the Land, where the title names it
UNIT = re.compile(r"\((Anzahl|absolut)\)|in (Prozent|%|Euro|EUR)\b|\((Euro|EUR|€)\)")


def suche_form(tafel: Tafel, else_when: str) -> Form | None:
    """Return the form of a sheet; nothing if it has no rows of regions."""
    point = not tafel.blatt and hat_punkte(tafel)
    tafel = in_deutsch(tafel) if point else tafel
    keyed = _keyed(tafel)
    key = _key_column(tafel, keyed)
    if key is None:
        return None
    first = _first_row(tafel, key, keyed)
    top, last = _headings(tafel, key, first)
    if last < 0 or top > last:
        return None
    last_row = _last_row(tafel, key, first)
    rows = [
        row for row in tafel.reihen[first : last_row + 1] if "".join(row[key : key + 1]).strip()
    ]
    values, texts = _columns(rows, key)
    if not values:
        return None
    above = ueberschriften(tafel, top)
    dates = _date_row(tafel, range(top, last + 1), values)
    when = Angabe(kopfzeile=tafel.zeilen[dates]) if dates is not None else None
    heads = {j: _heading(tafel, j, range(top, last + 1)) for j in (*values, *texts)}
    told = next((j for j, head in heads.items() if PERIODS.fullmatch(head)), None)
    if told is not None and when is None:
        when = Angabe(spalte=str(told + 1))
    if set(values) == {told}:
        return None
    unit = next((j for j in texts if heads[j].casefold() == "einheit"), None)
    words = {row[j] for row in tafel.reihen[top : last + 1] for j in values if j < len(row)}
    bare = all(not word.strip() or _is_period(word) for word in words)
    extra = [j for j in texts if j not in (told, unit) and not _is_name(rows, key, j, heads[j])]
    return Form(
        blatt=tafel.blatt,
        kopf=(tafel.zeilen[top], tafel.zeilen[last]),
        daten=(tafel.zeilen[first], tafel.zeilen[last_row]),
        schluessel=(str(key + 1),),
        vorsatz=mandant().landesschluessel
        if all(SHORT.fullmatch(row[key].strip()) for row in rows)
        else "",
        zeit=when or Angabe(fest=_when(above) or else_when),
        werte=tuple(str(j + 1) for j in values if j != told),
        inhalt=Angabe(fest=_subject(above)) if bare else None,
        merkmale={heads[j]: Angabe(spalte=str(j + 1)) for j in extra},
        einheit=Angabe(fest=_unit(above)) if unit is None else Angabe(spalte=str(unit + 1)),
        titel=above[0] if above else "",
        dezimal="." if point else ",",
        stand=next((m[1] for text in above for m in STAND.finditer(text)), ""),
    )


def _keyed(tafel: Tafel) -> set[int]:
    """Return the columns whose headings say that keys stand there: 8116 is a Kreis only there."""
    rows = tafel.reihen[:15]
    return {j for row in rows for j, cell in enumerate(row) if KEYS.search(sauber(cell))}


def _is_name(rows: Sequence[Sequence[str]], key: int, j: int, head: str) -> bool:
    """Tell whether a column of words only names the region: the same word for the same key."""
    if not head:
        return True
    words: dict[str, str] = {}
    same = all(words.setdefault(row[key], row[j]) == row[j] for row in rows if j < len(row))
    return same and NAME.search(head) is not None


def _key_column(tafel: Tafel, keyed: set[int]) -> int | None:
    """Return the column in which most regions stand, with a number in the same row."""
    votes = [0] * KEY_COLUMNS
    for row in tafel.reihen:
        for j, cell in enumerate(row[:KEY_COLUMNS]):
            if _is_region(tafel, cell, short=j in keyed) and any(map(_is_number, row[j + 1 :])):
                votes[j] += 1 if len(cell) < 5 else 3  # two digits may just count the rows
    best = max(range(KEY_COLUMNS), key=lambda j: votes[j])
    return best if votes[best] else None


def _is_region(tafel: Tafel, text: str, *, short: bool) -> bool:
    if DAY.fullmatch(text):
        return False
    if short and re.fullmatch(r"\d{4}", text):
        return True
    if SHORT.fullmatch(text):
        return any(mandant().land in cell for row in tafel.reihen[:10] for cell in row)
    return REGION.fullmatch(sauber(text)) is not None


def _first_row(tafel: Tafel, key: int, keyed: set[int]) -> int:
    """Return the first row of figures: the first region, or totals directly above it."""
    first = next(
        i
        for i, row in enumerate(tafel.reihen)
        if key < len(row)
        and _is_region(tafel, row[key], short=key in keyed)
        and any(map(_is_number, row[key + 1 :]))
    )
    while first > 0:
        row = tafel.reihen[first - 1]
        named = key < len(row) and row[key].strip() and not _is_number(row[key])
        if not named or ist_zaehlzeile(row) or not _figures(row[key + 1 :]):
            break
        first -= 1
    return first


def _last_row(tafel: Tafel, key: int, first: int) -> int:
    """Return the last row of figures; below it stand notes and the line of the publisher."""
    return max(
        i
        for i, row in enumerate(tafel.reihen)
        if i >= first
        and "".join(row[key : key + 1]).strip()
        and any(map(_is_number, row[key + 1 :]))
    )


def _headings(tafel: Tafel, key: int, first: int) -> tuple[int, int]:
    """Return the first and last row of the headings above the figures."""
    last = first - 1
    while last >= 0 and (
        ist_zaehlzeile(tafel.reihen[last]) or not any(map(str.strip, tafel.reihen[last]))
    ):
        last -= 1
    top = last
    label = next(
        (i for i in range(last, -1, -1) if sauber("".join(tafel.reihen[i][key : key + 1]))), None
    )
    if label is not None and not _is_title(tafel, label):
        return label, last
    while top > 0 and any(map(str.strip, tafel.reihen[top - 1])) and not _is_title(tafel, top - 1):
        top -= 1
    return top, last


def _is_title(tafel: Tafel, row: int) -> bool:
    """Tell whether a row holds one text only, and it does not belong to a column below."""
    texts = [cell for cell in tafel.reihen[row] if cell.strip()]
    deep = any(top <= row < bottom for top, _, bottom, _ in tafel.verbunden)
    return len(texts) == 1 and not deep


def _columns(rows: Sequence[Sequence[str]], key: int) -> tuple[list[int], list[int]]:
    """Return the columns of figures, right of the key, and those of words, on both sides."""
    values, texts = [], []
    for j in range(max((len(row) for row in rows), default=0)):
        cells = [row[j] for row in rows if j < len(row) and row[j].strip()]
        if all(j < len(row) and row[j] == row[key] for row in rows):
            continue  # the key itself, or its copy
        coded = any(re.fullmatch(r"0\d+", cell) for cell in cells)  # 08111000, a second region
        if (
            j > key
            and cells
            and not coded
            and (any(map(_is_number, cells)) or all(map(_is_cell, cells)))
        ):
            values.append(j)
        elif cells and not all(re.fullmatch(r"\d{1,4}", cell) for cell in cells):
            texts.append(j)
    return values, texts


def _date_row(tafel: Tafel, kopf: range, values: Sequence[int]) -> int | None:
    """Return the row of headings in which every figure has its period."""
    rows = tafel.gefuellt(kopf[-1] + 1)
    for i in reversed(kopf):
        cells = [sauber(rows[i][j]) if j < len(rows[i]) else "" for j in values]
        if all(map(_is_period, cells)):
            return i
    return None


def _heading(tafel: Tafel, j: int, kopf: range) -> str:
    rows = tafel.gefuellt(kopf[-1] + 1)
    words = [sauber(rows[i][j]) for i in kopf if j < len(rows[i])]
    return next((word for word in reversed(words) if word), "")


def _when(texts: Sequence[str]) -> str:
    """Return the period that titles name; not the day on which the table was made."""
    for text in texts:
        year = WHOLE_YEAR.search(text)
        if year:
            return year[1]
        match = WHEN.search(STAND.sub("", text))
        if match and _is_period(match[0]):
            return match[0]
    return ""


def zeit_der_datei(stem: str, tafeln: Sequence[Tafel]) -> str:
    """Return the period from the cover sheet, or from the name of the file (202406)."""
    covers = [
        t for t in tafeln if re.search(r"impressum|deckblatt|titel|inhalt", t.blatt, re.IGNORECASE)
    ]
    told = _when([text for t in covers for text in ueberschriften(t, len(t.reihen))])
    month = re.search(r"(?<!\d)20\d\d(?:0[1-9]|1[0-2])(?!\d)", stem)
    return told or (month[0] if month else "")


def _subject(texts: Sequence[str]) -> str:
    """Return the first title that says what is counted, where no heading does."""
    return next(
        (t for t in texts if not (PUBLISHER.search(t) or STAND.match(t) or _is_period(t))), ""
    )


def _unit(texts: Sequence[str]) -> str:
    match = next((m for text in texts for m in UNIT.finditer(text)), None)
    return next(filter(None, match.groups()), "") if match else ""


def _figures(cells: Sequence[str]) -> list[str]:
    return [cell for cell in cells if _is_number(cell) and not _is_period(cell)]


def _is_cell(text: str) -> bool:
    try:
        lies_druck(text)
    except ValueError:
        return False
    return True


def _is_number(text: str) -> bool:
    return bool(re.match(r"\s*[-−]?\d", text)) and _is_cell(text)


def _is_period(text: str) -> bool:
    try:
        erkenne_zeit(text)
    except ValueError:
        return False
    return True

"""A YAML list rewritten entry by entry, so that comments and untouched entries stay as they were.

Dumping the whole file would drop every comment. Here an entry that has not changed keeps its text
to the byte; of one that changes or goes, the comments stay and stand above.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

import yaml

from indicators.model_steuerung import Eintrag

LEER = "[]\n"
Schluessel = Callable[[Eintrag], Hashable]


@dataclass(frozen=True, slots=True)
class Block:
    """One entry as written: the comments above it, and its own lines."""

    davor: str
    text: str


def umgeschrieben(
    text: str, alt: Sequence[Eintrag], neu: Sequence[Eintrag], schluessel: Schluessel
) -> str:
    """Return the text of a list file in which the entries `alt` have become `neu`.

    text: holds exactly `alt`, in that order; entries with the same key are the same entry
    """
    head, blocks, foot = _zerlegt(text)
    blocks = blocks or [Block("", "")] * len(alt)  # was written as one `[…]`
    places: dict[Hashable, list[int]] = {}
    for n, entry in enumerate(alt):
        places.setdefault(schluessel(entry), []).append(n)
    wanted: list[tuple[Eintrag, int | None]] = []
    for entry in neu:
        same = places.get(schluessel(entry))
        wanted.append((entry, same.pop(0) if same else None))
    kept = {place for _, place in wanted}
    orphans = _verwaist(blocks, kept)
    parts = [head]
    for entry, place in wanted:
        block = Block("", "") if place is None else blocks[place]
        parts += [] if place is None else [orphans.pop(place, "")]
        as_it_was = block.text if place is not None and entry == alt[place] else ""
        parts += [block.davor, as_it_was or _zeilen(kommentare(block.text)) + _geschrieben(entry)]
    parts += [] if wanted else [LEER]
    return "".join([*parts, *orphans.values(), foot])


def kommentare(text: str) -> list[str]:
    """Return the comments in a piece of YAML, in their order."""
    found, end = [], 0
    for token in yaml.scan(text, Loader=yaml.SafeLoader):
        found += _zwischen(text[end : token.start_mark.index])
        end = token.end_mark.index
    return [*found, *_zwischen(text[end:])]


def _zwischen(gap: str) -> list[str]:
    """Return the comments between two tokens, where nothing else can stand."""
    return [f"#{line.partition('#')[2]}".rstrip() for line in gap.splitlines() if "#" in line]


def _verwaist(blocks: Sequence[Block], kept: set[int | None]) -> dict[int | None, str]:
    """Return the comments of entries that go, by the next entry that stays (None: the end)."""
    orphans: dict[int | None, str] = {}
    for place, block in enumerate(blocks):
        if place not in kept:
            after = next((n for n in range(place, len(blocks)) if n in kept), None)
            orphans[after] = orphans.get(after, "") + block.davor + _zeilen(kommentare(block.text))
    return orphans


def _zeilen(comments: Sequence[str]) -> str:
    return "".join(f"{comment}\n" for comment in comments)


def _geschrieben(entry: Eintrag) -> str:
    data = entry.model_dump(exclude_defaults=True)
    written: str = yaml.safe_dump(
        [_einfach(data)],
        allow_unicode=True,
        sort_keys=False,
        default_flow_style=None,
        width=float("inf"),
    )
    return written


def _einfach(value: object) -> object:
    """Return what a dumper writes without tags: lists for tuples."""
    if isinstance(value, dict):
        return {key: _einfach(inner) for key, inner in value.items()}
    return [_einfach(inner) for inner in value] if isinstance(value, tuple) else value


def _zerlegt(text: str) -> tuple[str, list[Block], str]:
    """Split a list file: what stands above, its entries, what stands below."""
    text = text if text.endswith("\n") or not text else f"{text}\n"
    lines = [f"{line}\n" for line in text.split("\n")[:-1]]
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    if root is None:
        return text, [], ""
    first, last = root.start_mark.line, root.end_mark.line
    if isinstance(root, yaml.SequenceNode) and root.flow_style:
        inside = _zeilen(kommentare("".join(lines[first : last + 1])))
        return "".join(lines[:first]) + inside, [], "".join(lines[last + 1 :])
    starts = [
        token.start_mark.line
        for token in yaml.scan(text, Loader=yaml.SafeLoader)
        if isinstance(token, yaml.BlockEntryToken)
        and token.start_mark.column == root.start_mark.column
    ]
    bodies, above = [], _ab_leerzeile(lines[: starts[0]])
    head, davor = "".join(lines[: starts[0] - len(above)]), "".join(above)
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        tail = _danach(lines[start:end])
        bodies.append(Block(davor, "".join(lines[start : end - tail])))
        davor = "".join(lines[end - tail : end])
    return head, bodies, davor


def _ab_leerzeile(lines: Sequence[str]) -> list[str]:
    """Return the lines below the last empty one: they belong to the first entry, not to the file."""
    empty = [n for n, line in enumerate(lines) if not line.strip()]
    return list(lines[empty[-1] + 1 :]) if empty else []


def _danach(lines: Sequence[str]) -> int:
    """Count the empty lines and unindented comments at the end: they belong to what follows."""
    n = 0
    while n < len(lines) and (not lines[-1 - n].strip() or lines[-1 - n].startswith("#")):
        n += 1
    return n

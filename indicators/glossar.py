"""The glossary: words that a council member may not know, explained in one strict YAML file."""

from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import Field

from etl.yamlfile import Strict, load_yaml


class Begriff(Strict):
    """A word: what it means here, its other names, and where one reads on."""

    wort: Annotated[str, Field(max_length=60)]
    text: Annotated[str, Field(max_length=420)]
    auch: tuple[str, ...] = ()
    mehr: Annotated[str, Field(pattern=r"^/[a-z/#_-]*$")] = "/"


@cache
def glossar(file: Path) -> tuple[Begriff, ...]:
    """Return the words of a file in its order.

    Raises:  DefinitionError naming file, line, field and remedy
    """
    return load_yaml(file, tuple[Begriff, ...])

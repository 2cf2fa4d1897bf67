"""What every container gives: paragraphs and tables, each cell with its place."""

import re
from dataclasses import dataclass, field

DEBRIS = re.compile(r"\[bookmark:[^\]]*\]")
SPACES = re.compile(r"[ \t\r\f\v\u00a0\u3000]+")


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: table, row and column from 1, or a line of text."""

    table: int = 0
    row: int = 0
    column: int = 0
    line: int = 0


@dataclass(slots=True)
class Cell:
    """One cell: its text as it stands, and whether a merge carries it on.

    ``above`` says that the cell is the lower part of a vertical merge; ``span`` is how
    many grid columns it covers.
    """

    raw: str
    place: Place
    above: bool = False
    span: int = 1

    @property
    def text(self) -> str:
        """The text without export debris, its line breaks closed up."""
        return clean(self.raw)


@dataclass(slots=True)
class Table:
    """A table as rows of cells; a cell that spans columns stands once."""

    number: int
    rows: list[list[Cell]]
    captions: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Source:
    """A document: its paragraphs, its tables, and what it was stored as."""

    container: str
    paragraphs: list[str]
    tables: list[Table]


def clean(raw: str) -> str:
    """Return ``raw`` without debris: bookmarks, outer blanks, breaks within words."""
    text = DEBRIS.sub("", raw)
    lines = [SPACES.sub(" ", line).strip() for line in text.split("\n")]
    return "".join(line for line in lines if line)

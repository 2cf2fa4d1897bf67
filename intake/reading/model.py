"""What a reading holds: rows with every field's raw text, place and doubts."""

import datetime
from dataclasses import dataclass, field
from typing import Any

from intake.reading.source import Place

ROLES = ("lead", "support", "responsible")


@dataclass(slots=True)
class Names:
    """The units of one cell, as printed and as split."""

    raw: str = ""
    units: list[str] = field(default_factory=list)
    resolved: dict[str, str] = field(default_factory=dict)
    exclusions: list[str] = field(default_factory=list)
    collective: list[str] = field(default_factory=list)
    open_ended: bool = False


@dataclass(slots=True)
class Deadline:
    """When a row is due: as printed, as a day, and how exactly it was said.

    ``doubt`` is why a person must look, empty where the text is plain.
    """

    raw: str = ""
    date: datetime.date | None = None
    precision: str = "none"
    start: datetime.date | None = None
    doubt: str = ""


@dataclass(slots=True)
class Milestone:
    """A dated promise in the text, proposed as a milestone."""

    date: datetime.date
    text: str


@dataclass(slots=True)
class Task:
    """One row of a task list."""

    serial: str
    section: str
    group: str
    group_index: int
    content: str
    names: dict[str, Names]
    deadline: Deadline
    inherits_from: str = ""
    milestones: list[Milestone] = field(default_factory=list)
    doubts: dict[str, str] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    raws: dict[str, str] = field(default_factory=dict)
    table: int = 0

    def doubt(self, name: str, reason: str) -> None:
        """Say that a person must look at the field ``name``, and why."""
        known = self.doubts.get(name)
        self.doubts[name] = f"{known}；{reason}" if known else reason


@dataclass(slots=True)
class Indicator:
    """One row of a table of indicators."""

    serial: str
    name: str
    mandatory: bool
    level1: str
    level2: str
    current: str | None
    targets: list[dict[str, Any]]
    lead_units: list[str]


@dataclass(slots=True)
class RosterRow:
    """One row of a roster: a kind of 无废细胞, how many or which, under whom."""

    name: str
    count: int | None
    sites: list[str]
    lead_units: list[str]


@dataclass(slots=True)
class Notice:
    """Something about the document a person should know."""

    kind: str
    sentence: str
    place: Place = field(default_factory=Place)


@dataclass(slots=True)
class Document:
    """The document itself."""

    container: str
    title: str = ""
    number: str = ""
    issuer: str = ""
    issued_on: datetime.date | None = None
    year: int | None = None
    lists: list[dict[str, Any]] = field(default_factory=list)


@dataclass(slots=True)
class Reading:
    """All that was read from one document."""

    document: Document
    tasks: list[Task] = field(default_factory=list)
    indicators: list[Indicator] = field(default_factory=list)
    cells: list[RosterRow] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    tables: list[list[list[dict[str, Any]]]] = field(default_factory=list)

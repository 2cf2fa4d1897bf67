"""What the document says of itself: title, number, issuer, date, year."""

import re
from datetime import date

from intake.reading.columns import columns_of
from intake.reading.deadlines import day_of, normal
from intake.reading.model import Document
from intake.reading.source import Source

NUMBER = re.compile(r"^[\u4e00-\u9fff]{2,12}[〔\[](?:19|20)\d\d[〕\]]\d+号$")
DATE_LINE = re.compile(r"^((?:19|20)\d\d)年(\d{1,2})月(\d{1,2})日$")
ANNEX = re.compile(r"^(?:附件|附表)\s*\d*\s*[：:]?$")
ISSUER = re.compile(r"(?:人民政府|办公室|办公厅|委员会|管委会|领导小组|局)$")
YEAR = re.compile(r"((?:19|20)\d\d)年")


def read_document(source: Source) -> Document:
    """Return what can be said of the document as a whole."""
    head = source.paragraphs[:12]
    issued = issue_date(source.paragraphs)
    document = Document(
        container=source.container,
        number=next((found[0] for line in head if (found := NUMBER.match(line))), ""),
        issuer=issuer_of(head),
        issued_on=issued,
        lists=[
            {"table": table.number, "title": title_of(table.captions)}
            for table in source.tables
            if columns_of(table)
        ],
    )
    document.title = title_of_document(source, document)
    named = YEAR.search(document.title)
    document.year = int(named[1]) if named else (issued.year if issued else None)
    return document


def title_of(captions: list[str]) -> str:
    """Return the title above a table: the last short line that is no 附件 mark."""
    for line in reversed(captions):
        if not ANNEX.match(line) and len(line) <= 60 and not line.endswith("。"):
            return line
    return ""


def title_of_document(source: Source, document: Document) -> str:
    """Return the title of the task list, or failing that the first line."""
    for table in source.tables:
        columns = columns_of(table)
        if columns and columns.is_tasks:
            return title_of(table.captions)
    return source.paragraphs[0][:100] if source.paragraphs else ""


def issue_date(paragraphs: list[str]) -> date | None:
    """Return the date that stands on a line of its own, as under a signature."""
    for line in paragraphs[:200]:
        if found := DATE_LINE.match(normal(line)):
            year, month, day = (int(part) for part in found.groups())
            return day_of(year, month, day)
    return None


def issuer_of(head: list[str]) -> str:
    """Return the body named on the first lines."""
    for line in head[:3]:
        if ISSUER.search(line) and len(line) <= 30:
            return line
    return ""

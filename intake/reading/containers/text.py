"""Plain text exported from Word: a line with a tab before it begins a cell."""

import codecs

from intake.reading.errors import ReadingError
from intake.reading.source import Cell, Place, Source, Table, clean

BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def read_text(data: bytes) -> Source:
    """Return the paragraphs and tables of a text export.

    A table's rows are parted by empty lines; within a row each line that begins with
    a tab begins a cell, any other line goes on with the cell before it.

    Raises:
        ReadingError: the bytes are text in no known encoding.
    """
    lines = decode(data).splitlines()
    paragraphs: list[str] = []
    tables: list[Table] = []
    recent: list[str] = []
    rows: list[list[Cell]] = []
    for start, record in records(lines):
        if record[0].startswith("\t"):
            number = len(tables) + 1
            rows.append(cells_of(record, Place(number, len(rows) + 1, 0, start)))
            continue
        if rows:
            tables.append(Table(len(tables) + 1, rows, recent[-3:]))
            rows, recent = [], []
        texts = [text for line in record if (text := clean(line))]
        paragraphs += texts
        recent += texts
    if rows:
        tables.append(Table(len(tables) + 1, rows, recent[-3:]))
    return Source("txt", paragraphs, tables)


def decode(data: bytes) -> str:
    """Return the text, by its mark, as UTF-8, or as GB18030."""
    for mark, encoding in BOMS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    if b"\x00" in data[:4000]:
        return decode_utf16(data)
    for encoding in ("utf-8", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ReadingError("文字编码无法识别，请另存为 UTF-8 文本后再上传。")


def decode_utf16(data: bytes) -> str:
    """Return text without a mark whose bytes alternate with zeros."""
    little = data[1:400:2].count(0) >= data[0:400:2].count(0)
    try:
        return data.decode("utf-16-le" if little else "utf-16-be")
    except UnicodeDecodeError as broken:
        raise ReadingError("这不是文本文件；请上传 .docx 或 .txt 文件。") from broken


def records(lines: list[str]) -> list[tuple[int, list[str]]]:
    """Return runs of lines without an empty one, each with its first line's number.

    A line that holds only a tab is an empty cell, not an empty line.
    """
    found: list[tuple[int, list[str]]] = []
    run: list[str] = []
    for number, line in enumerate([*lines, ""], 1):
        if line.strip(" \u3000\x0c") == "":
            if run:
                found.append((number - len(run), run))
            run = []
        elif (
            run
            and line.startswith("\t") != run[0].startswith("\t")
            and not (run[0].startswith("\t"))
        ):
            found.append((number - len(run), run))
            run = [line]
        else:
            run.append(line)
    return found


def cells_of(record: list[str], place: Place) -> list[Cell]:
    """Return the cells of one row."""
    texts: list[tuple[int, str]] = []
    for offset, line in enumerate(record):
        if line.startswith("\t"):
            texts.append((place.line + offset, line[1:]))
        else:
            first, before = texts[-1]
            texts[-1] = (first, f"{before}\n{line}")
    return [
        Cell(text, Place(place.table, place.row, column, line))
        for column, (line, text) in enumerate(texts, 1)
    ]

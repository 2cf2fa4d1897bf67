"""The whole way: bytes → container → tables → rows with their doubts."""

from typing import Any

from intake.reading.columns import columns_of
from intake.reading.containers.docx import read_docx
from intake.reading.containers.text import read_text
from intake.reading.document import read_document
from intake.reading.errors import ReadingError
from intake.reading.indicators import read_indicators
from intake.reading.model import Notice, Reading
from intake.reading.rosters import read_roster
from intake.reading.source import Source, Table
from intake.reading.tasks import TaskTable, serial_notices

MAX_BYTES = 20 * 1024 * 1024
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
KNOWN_OTHERS = (
    (b"%PDF", "这是 PDF 文件，目前请上传 Word（.docx）或文本（.txt）。"),
    (b"\x89PNG", "这是图片，不含文字；请上传 Word（.docx）或文本（.txt）。"),
    (b"\xff\xd8\xff", "这是图片，不含文字；请上传 Word（.docx）或文本（.txt）。"),
    (b"{\\rtf", "这是 RTF 文件，请用 Word 另存为 .docx 后再上传。"),
    (b"MZ", "这是程序文件，不能读取；请上传 Word（.docx）或文本（.txt）。"),
)


def read(data: bytes) -> Reading:
    """Read an issued list; the kind is decided by the content, not by the name.

    Raises:
        ReadingError: with a plain sentence and, where there is one, the place.
    """
    source = read_source(data)
    reading = Reading(read_document(source))
    for table in source.tables:
        read_table(table, reading)
    reading.tables = [grid_of(table) for table in source.tables]
    if not reading.tasks:
        raise ReadingError(
            "没有找到任务清单：需要有“序号、任务、牵头单位或责任单位”等表头的表格。"
            "请核对文件内容。"
        )
    reading.notices += document_notices(reading)
    return reading


def read_source(data: bytes) -> Source:
    """Return the document's paragraphs and tables, by the container it really is."""
    if not data.strip(b"\x00\r\n\t "):
        raise ReadingError("文件是空的，请重新选择。")
    if len(data) > MAX_BYTES:
        limit = MAX_BYTES // 1024 // 1024
        raise ReadingError(f"文件超过 {limit} MB，请拆分或删去图片后再上传。")
    if data.startswith(b"PK"):
        return read_docx(data)
    if data.startswith(OLE):
        raise ReadingError(ole_sentence(data))
    for mark, sentence in KNOWN_OTHERS:
        if data.startswith(mark):
            raise ReadingError(sentence)
    return read_text(data)


def ole_sentence(data: bytes) -> str:
    """Return what to do with an old or encrypted Office file."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return "文件有密码保护，请取消密码后再上传。"
    return "这是旧版 Office 格式（.doc/.xls/.wps），请用 Word 另存为 .docx 后再上传。"


def read_table(table: Table, reading: Reading) -> None:
    """Add what the table holds to ``reading``."""
    columns = columns_of(table)
    if columns is None:
        return
    if columns.is_tasks:
        tasks = TaskTable(table, columns, year=reading.document.year).read()
        reading.tasks += tasks
        reading.notices += serial_notices(tasks, table.number)
        if "lead" not in columns.roles and tasks:
            sentence = "清单没有牵头单位一栏，牵头单位须由人确认。"
            reading.notices.append(Notice("no_lead_column", sentence))
    elif columns.is_indicators:
        reading.indicators += read_indicators(table, columns)
    elif columns.is_roster:
        reading.cells += read_roster(table, columns)


def grid_of(table: Table) -> list[list[dict[str, Any]]]:
    """Return the table as it looked, for showing beside the reading."""
    return [
        [
            {
                "text": cell.text,
                "column": cell.place.column,
                "span": cell.span,
                "above": cell.above,
            }
            for cell in row
        ]
        for row in table.rows
    ]


def document_notices(reading: Reading) -> list[Notice]:
    """Say what concerns the whole list."""
    collective = {
        name
        for task in reading.tasks
        for names in task.names.values()
        for name in names.collective
    }
    if not collective:
        return []
    listed = "、".join(sorted(collective))
    return [Notice("collective", f"统称或不明确的单位须由人确认：{listed}。")]

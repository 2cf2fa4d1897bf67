"""Word documents: an own grid over the XML, with the merges as they are."""

import io
import zipfile
from collections.abc import Iterator

from lxml import etree

from intake.reading.errors import ReadingError
from intake.reading.source import Cell, Place, Source, Table, clean

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MAX_XML_BYTES = 60 * 1024 * 1024
MAX_CELLS = 200_000
# Text in these is not part of the document any more, or not yet.
DELETED = {f"{W}del", f"{W}moveFrom", f"{W}delText", f"{W}instrText"}


def read_docx(data: bytes) -> Source:
    """Return the paragraphs and tables of a Word document.

    Raises:
        ReadingError: truncated, no Word document, too large, broken XML.
    """
    body = parse(document_xml(data)).find(f"{W}body")
    if body is None:
        raise ReadingError(
            "这不是完整的 Word 文档：没有正文。请用 Word 重新保存后再上传。"
        )
    paragraphs: list[str] = []
    tables: list[Table] = []
    recent: list[str] = []
    for element in blocks(body):
        if element.tag == f"{W}p":
            text = clean(text_of(element))
            if text:
                paragraphs.append(text)
                recent.append(text)
        else:
            rows = grid(element, len(tables) + 1)
            tables.append(Table(len(tables) + 1, rows, recent[-3:]))
            recent = []
    return Source("docx", paragraphs, tables)


def document_xml(data: bytes) -> bytes:
    """Return the main part of the package, refusing what unpacks too large."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            part = package.getinfo("word/document.xml")
            if part.flag_bits & 1:
                raise ReadingError("文件有密码保护，请取消密码后再上传。")
            if part.file_size > MAX_XML_BYTES:
                raise ReadingError("文档展开后过大，可能已损坏；请拆分后再上传。")
            with package.open(part) as stream:
                content = stream.read(MAX_XML_BYTES + 1)
    except KeyError as missing:
        raise ReadingError(
            "这是压缩包但不是 Word 文档；请上传 .docx 文件。"
        ) from missing
    except (zipfile.BadZipFile, EOFError, OSError, ValueError) as broken:
        raise ReadingError("文件不完整或已损坏，请重新导出后再上传。") from broken
    if len(content) > MAX_XML_BYTES:
        raise ReadingError("文档展开后过大，可能已损坏；请拆分后再上传。")
    return content


def parse(content: bytes) -> etree._Element:
    """Return the root of the XML; entities and networks are off."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True
    )
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError as broken:
        raise ReadingError("文档内容已损坏，请用 Word 打开修复后再上传。") from broken


def blocks(body: etree._Element) -> Iterator[etree._Element]:
    """Yield the paragraphs and tables of the body, through content controls."""
    for element in body:
        if element.tag in (f"{W}p", f"{W}tbl"):
            yield element
        elif element.tag == f"{W}sdt":
            content = element.find(f"{W}sdtContent")
            if content is not None:
                yield from blocks(content)


def text_of(element: etree._Element) -> str:
    """Return the text under ``element``; inserted text counts, deleted does not."""
    parts: list[str] = []
    for child in element:
        if child.tag in DELETED or child.tag == f"{W}pPr":
            continue
        if child.tag == f"{W}t":
            parts.append(child.text or "")
        elif child.tag == f"{W}tab":
            parts.append("\t")
        elif child.tag in (f"{W}br", f"{W}cr"):
            parts.append("\n")
        else:
            parts.append(text_of(child))
            if child.tag == f"{W}p":
                parts.append("\n")
    return "".join(parts)


def grid(table: etree._Element, number: int) -> list[list[Cell]]:
    """Return the rows of a table, each cell with its grid column and its merge."""
    rows: list[list[Cell]] = []
    count = 0
    for row_number, row in enumerate(table.iterfind(f"{W}tr"), 1):
        cells: list[Cell] = []
        column = 1
        for element in row.iterfind(f"{W}tc"):
            cell = cell_of(element, Place(number, row_number, column))
            cells.append(cell)
            column += cell.span
        count += len(cells)
        if count > MAX_CELLS:
            raise ReadingError(f"第 {number} 个表格过大，请拆分后再上传。")
        rows.append(cells)
    return rows


def cell_of(element: etree._Element, place: Place) -> Cell:
    """Return one cell of a table."""
    properties = element.find(f"{W}tcPr")
    span, above = 1, False
    if properties is not None:
        grid_span = properties.find(f"{W}gridSpan")
        if grid_span is not None:
            span = int(grid_span.get(f"{W}val") or 1)
        merge = properties.find(f"{W}vMerge")
        above = merge is not None and merge.get(f"{W}val", "continue") == "continue"
    return Cell(text_of(element).strip("\n"), place, above, span)

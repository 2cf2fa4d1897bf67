"""Files that cannot be read: a plain sentence each, and the server unharmed."""

import io
import zipfile
from pathlib import Path

import pytest

from intake.reading.errors import ReadingError
from intake.reading.sandbox import read_in_child

pytestmark = pytest.mark.once

TESTS = Path(__file__).resolve().parents[1]
DOCX = (TESTS.parents[1] / "demo" / "documents" / "003.docx").read_bytes()


def package(**parts: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return stream.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENTITIES = b"""<!DOCTYPE a [<!ENTITY b "%s">]><a>&b;</a>""" % (b"x" * 1000)

BAD = {
    "empty": (b"", "空"),
    "blank": (b"\r\n\t ", "空"),
    "truncated": (DOCX[: len(DOCX) // 2], "不完整"),
    "not Word": (package(a_xml=b"<a/>"), "不是 Word"),
    "broken XML": (package(word__document_xml=b"<w:document"), "损坏"),
    "entities": (package(word__document_xml=ENTITIES), "正文"),
    "no table": ("关于天气的通知\n今天晴。".encode(), "没有找到任务清单"),
    "no rows": (
        "\t序号\n\t任务\n\t牵头单位\n\t完成时限\n".encode(),
        "没有找到任务清单",
    ),
    "password": (OLE + "EncryptedPackage".encode("utf-16-le"), "密码"),
    "old Word": ((TESTS / "documents" / "003.doc").read_bytes(), "另存为 .docx"),
    "PDF": (b"%PDF-1.7", "PDF"),
    "picture": (b"\x89PNG\r\n", "图片"),
    "huge": (b"x" * (21 * 1024 * 1024), "20 MB"),
    "bomb": (package(word__document_xml=b" " * (200 * 1024 * 1024)), "过大"),
    "noise": (bytes(range(128, 256)) * 50, ""),
}


@pytest.mark.parametrize("name", BAD)
def test_a_file_that_is_no_list_is_refused_in_a_sentence(name: str) -> None:
    data, words = BAD[name]
    with pytest.raises(ReadingError) as refused:
        read_in_child(data)
    assert words in refused.value.sentence
    assert refused.value.sentence.endswith("。")
    assert "Traceback" not in refused.value.sentence


def test_deleted_text_does_not_count_and_inserted_text_does() -> None:
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    cells = ["1", "完成<DEL/>整治<INS/>", "市教委", "2025年"]
    heads = ["序号", "任务", "牵头单位", "完成时限"]
    marked = {
        "<DEL/>": "</w:t></w:r><w:del><w:r><w:delText>旧</w:delText></w:r></w:del><w:r><w:t>",
        "<INS/>": "</w:t></w:r><w:ins><w:r><w:t>新</w:t></w:r></w:ins><w:r><w:t>",
    }

    def row(texts: list[str]) -> str:
        body = "".join(
            f"<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>" for text in texts
        )
        for mark, xml in marked.items():
            body = body.replace(mark, xml)
        return f"<w:tr>{body}</w:tr>"

    table = f"<w:tbl>{row(heads)}{row(cells)}</w:tbl>"
    xml = f'<w:document xmlns:w="{word}"><w:body>{table}</w:body></w:document>'
    reading = read_in_child(package(word__document_xml=xml.encode()))
    assert reading["tasks"][0]["content"] == "完成整治新"

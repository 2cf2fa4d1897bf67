"""A file comes in with its reading, or leaves nothing behind but a sentence."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from files.models import StoredFile
from intake.models import Document
from journal.models import Event
from tests.intake.review.scene import CITY_LIST, Scene, word_list

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
BAD = {
    "a picture": (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "这是图片"),
    "nothing": (b"", "文件是空的"),
    "only blanks": (b" \r\n\r\n", "文件是空的"),
    "a torn docx": (CITY_LIST.read_bytes()[:20_000], "损坏|不完整|无法"),
    "a locked docx": (OLE + "EncryptedPackage".encode("utf-16-le"), "密码"),
    "an old doc": (OLE, "另存为 .docx"),
    "a table without rows": (word_list(), "没有找到任务"),
    "no table of tasks": (word_list(["1"], header=["姓名"]), "没有找到任务"),
    "too much": (b"1" * (20 * 1024 * 1024 + 1), "超过 20 MB"),
    "a name no column holds": (
        word_list(["1", "做", "市" + "长" * 300 + "局", "", "", "2025年"]),
        "单位名称|名称超过|名称",
    ),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_file_gets_a_sentence_and_leaves_nothing(
    case: str, scene: Scene, client: Client
) -> None:
    data, sentence = BAD[case]
    client.force_login(scene.office)
    events = Event.objects.count()
    answer = client.post("/import/", upload_form(scene, data))
    assert answer.status_code == 422
    assert re.search(sentence, told(answer.content.decode()))
    assert not Document.objects.exists()
    assert not StoredFile.objects.exists()
    assert not list(Path(settings.MEDIA_ROOT).rglob("*"))
    assert Event.objects.count() == events


def test_a_list_is_kept_with_its_reading_and_told(scene: Scene, client: Client) -> None:
    client.force_login(scene.office)
    answer = client.post("/import/", upload_form(scene, CITY_LIST.read_bytes()))
    document = Document.objects.get()
    assert answer.headers["Location"] == f"/import/{document.pk}/"
    assert len(document.reading["tasks"]) == 111
    assert document.file.name == "x.docx"
    [event] = Event.objects.filter(subject=f"document:{document.pk}")
    assert event.actor["person"] == scene.office.pk


def test_the_same_file_again_is_the_document_that_is_there(
    scene: Scene, client: Client
) -> None:
    client.force_login(scene.office)
    data = word_list(["1", "做", "市甲局", "", "", "2025年"])
    first = client.post("/import/", upload_form(scene, data))
    second = client.post("/import/", upload_form(scene, data))
    assert first.headers["Location"] == second.headers["Location"]
    assert Document.objects.count() == 1


def test_a_list_without_a_title_goes_by_its_file(scene: Scene) -> None:
    data = word_list(["1", "做", "市甲局", "", "", "2025年"], title="")
    assert scene.take_in(data, "甲清单.docx").title == "甲清单"


@pytest.mark.parametrize("who", ["officer", "leader", "stranger"])
def test_only_the_office_uploads(who: str, scene: Scene, client: Client) -> None:
    client.force_login(getattr(scene, who))
    answer = client.post("/import/", upload_form(scene, CITY_LIST.read_bytes()))
    # A stranger is an office too, of another programme: this one is no choice there.
    assert answer.status_code == (422 if who == "stranger" else 403)
    assert not Document.objects.exists()


def upload_form(scene: Scene, data: bytes) -> dict[str, object]:
    """Return the form as a browser sends it."""
    return {
        "programme": scene.programme.pk,
        "file": SimpleUploadedFile("x.docx", data),
    }


def told(page: str) -> str:
    """Return the sentences at the fields of a page."""
    return " ".join(
        re.findall(r'class="errorlist[^"]*"[^>]*>(.*?)</ul>', page, re.DOTALL)
    )

"""Evidence: kept once, found again, and refused with a plain sentence."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from files import store as storing
from files.models import Blob, StoredFile
from files.store import RefusedFile, open_file, store

pytestmark = pytest.mark.django_db


def keep(content: bytes, name: str, sender: int = 1) -> StoredFile:
    return store(ContentFile(content), name=name, sender=sender, now=timezone.now())


def on_disk(settings: Any) -> list[Path]:
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def test_what_was_sent_is_what_is_given_back() -> None:
    stored = keep("台账".encode(), "台账.docx")
    with open_file(stored) as file:
        assert file.read() == "台账".encode()
    assert stored.blob.size == len("台账".encode())
    assert stored.content_type.endswith("wordprocessingml.document")


def test_one_content_sent_twice_is_kept_once_under_both_names(settings: Any) -> None:
    one, other = keep(b"same", "a.txt", 1), keep(b"same", "b.txt", 2)
    assert one.blob == other.blob
    assert (one.name, other.name) == ("a.txt", "b.txt")
    assert Blob.objects.count() == len(on_disk(settings)) == 1


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\报送\\台账.txt", "台账.txt"),
        ("", "未命名"),
        ("长" * 300 + ".txt", ("长" * 300 + ".txt")[-200:]),
    ],
    ids=["upwards", "windows", "empty", "long"],
)
def test_a_name_never_says_where_to_write(given: str, kept: str, settings: Any) -> None:
    assert keep(b"x", given).name == kept
    root = Path(settings.MEDIA_ROOT).resolve()
    assert all(path.resolve().is_relative_to(root) for path in on_disk(settings))


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "空.txt", "是空的"),
        (b"MZ", "工具.EXE", "程序文件"),
        (b"x" * 11, "大.txt", "请压缩或拆分"),
    ],
    ids=["empty", "program", "huge"],
)
def test_what_is_not_kept_is_refused_with_what_to_do(
    content: bytes,
    name: str,
    sentence: str,
    settings: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(storing, "MAX_BYTES", 10)
    with pytest.raises(RefusedFile, match=sentence) as refused:
        keep(content, name)
    assert name in str(refused.value)
    assert not StoredFile.objects.exists()
    assert not Path(settings.MEDIA_ROOT).exists() or not on_disk(settings)

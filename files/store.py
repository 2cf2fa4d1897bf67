"""Take content in, give it back."""

import hashlib
import mimetypes
import os
import tempfile
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.files.base import File

from files.models import Blob, StoredFile

MAX_BYTES = 50 * 1024 * 1024
REFUSED_ENDINGS = {
    ".exe",
    ".bat",
    ".cmd",
    ".com",
    ".js",
    ".vbs",
    ".scr",
    ".msi",
    ".ps1",
}


class RefusedFile(Exception):
    """A file that is not kept; its text tells the sender why and what to do."""


def store(file: "File[Any]", *, name: str, sender: int, now: datetime) -> StoredFile:
    """Keep ``file`` and return it as stored; content seen before is not kept twice.

    The bytes are on the disk before the row exists, so a row never points at
    nothing; bytes without a row are harmless.

    Raises:
        RefusedFile: empty, over ``MAX_BYTES`` (bytes), or a program.
    """
    name = Path(name.replace("\\", "/")).name[-200:] or "未命名"
    check(file, name)
    sha256 = put(file)
    blob, _ = Blob.objects.get_or_create(sha256=sha256, defaults={"size": file.size})
    return StoredFile.objects.create(
        blob=blob,
        name=name,
        content_type=mimetypes.guess_type(name)[0] or "application/octet-stream",
        sender=sender,
        sent_at=now,
    )


def check(file: "File[Any]", name: str) -> None:
    """Raise RefusedFile when ``file`` may not be kept."""
    if not file.size:
        raise RefusedFile(f"文件“{name}”是空的，请重新选择。")
    if file.size > MAX_BYTES:
        limit = MAX_BYTES // 1024 // 1024
        raise RefusedFile(f"文件“{name}”超过 {limit} MB，请压缩或拆分后再上传。")
    if Path(name).suffix.lower() in REFUSED_ENDINGS:
        raise RefusedFile(f"文件“{name}”是程序文件，不能作为附件。")


def put(file: "File[Any]") -> str:
    """Write the bytes under their SHA-256 and return it."""
    folder = Path(settings.MEDIA_ROOT)
    folder.mkdir(parents=True, exist_ok=True)
    sha = hashlib.sha256()
    with tempfile.NamedTemporaryFile(dir=folder, delete=False) as out:
        for chunk in file.chunks():
            sha.update(chunk)
            out.write(chunk)
        out.flush()
        os.fsync(out.fileno())
    target = path_of(sha.hexdigest())
    target.parent.mkdir(exist_ok=True)
    Path(out.name).replace(target)
    return sha.hexdigest()


def path_of(sha256: str) -> Path:
    """Return where the content with this checksum lies."""
    return Path(settings.MEDIA_ROOT) / sha256[:2] / sha256


def open_file(stored: StoredFile) -> IO[bytes]:
    """Open the content of ``stored`` for reading."""
    return path_of(stored.blob_id).open("rb")

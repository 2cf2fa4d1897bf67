"""Take a file in and have it read."""

import hashlib
from datetime import datetime
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

from django.core.files.base import ContentFile, File
from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from files.store import RefusedFile, store
from intake.models import Document
from intake.models.documents import DocumentState
from intake.reading.errors import ReadingError
from intake.reading.read import MAX_BYTES
from intake.reading.sandbox import read_in_child
from journal.record import Happening, record
from orgs.actors import Actor, Membership
from orgs.models import Programme, UnitName
from workflow.models import TaskItem
from workflow.permissions import may_issue
from workflow.refusals import NotAllowed, NotPossible

# A reading may take 512 MB; more at once would not fit beside the server.
READERS = BoundedSemaphore(2)
PATIENCE_SECONDS = 20
LONGEST_TASK = 20_000


def take_in(
    *, programme: Programme, file: "File[Any]", by: Actor, now: datetime
) -> Document:
    """Read the file first and keep it only with its reading; of a bad file, nothing.

    The child reads before the transaction, so that no lock waits for it. A file that
    is under review already gives the document that is there: a second click is none.

    Raises:
        NotAllowed: the actor is not of the programme's office.
        NotPossible: the file cannot be read or kept; says why and where.
    """
    standing = may_issue(by, programme.pk, programme.office_id)
    if standing is None:
        raise NotAllowed(_("只有督办办公室可以导入清单。"))
    if file.size > MAX_BYTES:
        limit = MAX_BYTES // 1024 // 1024
        said = _("文件超过 %(limit)s MB，请拆分或删去图片后再上传。")
        raise NotPossible(said % {"limit": limit}, field="file")
    data = file.read()
    reading = reading_of(data)
    check_lengths(reading)
    with transaction.atomic():
        # Two uploads of one file at the same moment queue here.
        Programme.objects.select_for_update().get(pk=programme.pk)
        known = Document.objects.filter(
            programme=programme,
            file__blob=hashlib.sha256(data).hexdigest(),
            state=DocumentState.REVIEW,
        )
        if there := known.first():
            return there
        content = ContentFile(data, name=file.name)
        return keep(programme, content, reading, by, standing, now)


def reading_of(data: bytes) -> dict[str, Any]:
    """Return the reading of a file as plain values (see ``intake.reading.as_json``).

    Raises:
        NotPossible: with the reader's sentence, and the place where there is one.
    """
    if not READERS.acquire(timeout=PATIENCE_SECONDS):
        raise NotPossible(_("正在读取其他文件，请稍后再上传。"), field="file")
    try:
        return read_in_child(data)
    except ReadingError as refused:
        place = f"（{refused.place}）" if refused.place else ""
        raise NotPossible(f"{refused.sentence}{place}", field="file") from refused
    finally:
        READERS.release()


def check_lengths(reading: dict[str, Any]) -> None:
    """Refuse what no column holds: it is then no list of tasks that was read.

    Raises:
        NotPossible: naming the row and the field.
    """
    for task in reading["tasks"]:
        for words, text, longest in measured(task):
            if len(text) <= longest and "\x00" not in text:
                continue
            said = _(
                "第%(serial)s项的%(field)s超过 %(longest)s 字或含有无法识别的字符，"
                "请核对文件中的表格后再上传。"
            )
            told = {"serial": task["serial"][:20], "field": words, "longest": longest}
            raise NotPossible(said % told, field="file")


def measured(task: dict[str, Any]) -> list[tuple[str, str, int]]:
    """Return (field in words, text, most characters) of a row."""
    told = []
    for column in ("serial", "section", "group", "deadline_raw"):
        words, longest = limit_of(TaskItem, column)
        told.append((words, task[column], longest))
    told.append((_("任务"), task["content"], LONGEST_TASK))
    words, longest = limit_of(UnitName, "name")
    names = [*task["resolved"].values()]
    for role, excluded in task["excluded"].items():
        names += [*task[f"{role}_units"], *excluded]
    return told + [(words, name, longest) for name in names]


def limit_of(model: type[Model], name: str) -> tuple[str, int]:
    """Return a column's name in words and how many characters it holds."""
    column: Any = model._meta.get_field(name)  # noqa: SLF001  # public in Django
    return str(column.verbose_name), column.max_length


def keep(
    programme: Programme,
    file: "File[Any]",
    reading: dict[str, Any],
    by: Actor,
    standing: Membership,
    now: datetime,
) -> Document:
    """Keep the file with its reading and record that it came; people review it now."""
    try:
        stored = store(file, name=file.name or "", sender=by.person_id, now=now)
    except RefusedFile as refused:
        raise NotPossible(str(refused), field="file") from refused
    title = reading["document"]["title"] or Path(stored.name).stem
    document = Document.objects.create(
        programme=programme,
        file=stored,
        reading=reading,
        title=title[:200],
        uploaded_by_id=by.person_id,
        uploaded_at=now,
    )
    told = {"name": stored.name, "sha256": stored.blob_id}
    happening = Happening("document.uploaded", f"document:{document.pk}", told)
    record([happening], at=now, actor=by.as_record(standing))
    return document

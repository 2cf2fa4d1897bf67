"""Take a file in and have it read."""

import threading
from datetime import datetime, timedelta
from typing import Any

from django.core.files.base import File
from django.db import connections, transaction
from django.utils.translation import gettext as _

from files.store import RefusedFile, open_file, store
from intake.models import Document
from intake.models.documents import DocumentState
from intake.reading.errors import ReadingError
from intake.reading.sandbox import read_in_child
from journal.record import Happening, record
from orgs.actors import Actor
from orgs.models import Programme
from workflow.permissions import may_issue
from workflow.refusals import NotAllowed, NotPossible


def upload(
    *, programme: Programme, file: "File[Any]", by: Actor, now: datetime
) -> Document:
    """Keep the file and note that it is to be read; ``read_stored`` does that.

    Raises:
        NotAllowed: the actor is not of the programme's office.
        NotPossible: the file may not be kept; says why.
    """
    standing = may_issue(by, programme.pk, programme.office_id)
    if standing is None:
        raise NotAllowed(_("只有督办办公室可以导入清单。"))
    try:
        with transaction.atomic():
            stored = store(file, name=file.name or "", sender=by.person_id, now=now)
            document = Document.objects.create(
                programme=programme,
                file=stored,
                uploaded_by_id=by.person_id,
                uploaded_at=now,
                reading_since=now,
            )
            told = {"name": stored.name, "sha256": stored.blob_id}
            happening = Happening("document.uploaded", f"document:{document.pk}", told)
            record([happening], at=now, actor=by.as_record(standing))
    except RefusedFile as refused:
        raise NotPossible(str(refused), field="file") from refused
    return document


def read_stored(document: Document) -> Document:
    """Read the stored file in a child process and keep the reading, or the problem."""
    with open_file(document.file) as stream:
        data = stream.read()
    try:
        reading = read_in_child(data)
    except ReadingError as refused:
        document.state = DocumentState.FAILED
        document.problem = refused.sentence
    else:
        document.state = DocumentState.REVIEW
        document.reading = reading
        document.title = reading["document"]["title"][:200]
    waiting = Document.objects.filter(pk=document.pk, state=DocumentState.READING)
    waiting.update(
        state=document.state,
        problem=document.problem,
        reading=document.reading,
        title=document.title,
    )
    return document


def read_in_background(document: Document) -> None:
    """Read after the commit in a thread of its own; the page asks how far it is."""

    def work() -> None:
        try:
            read_stored(document)
        finally:
            connections.close_all()

    thread = threading.Thread(target=work, name=f"read-{document.pk}", daemon=True)
    transaction.on_commit(thread.start)


def read_again_if_stuck(document: Document, now: datetime) -> None:
    """Begin anew what a restart of the server has interrupted; at most once a minute."""
    stuck = Document.objects.filter(
        pk=document.pk,
        state=DocumentState.READING,
        reading_since__lt=now - timedelta(minutes=1),
    )
    if stuck.update(reading_since=now):
        read_in_background(document)

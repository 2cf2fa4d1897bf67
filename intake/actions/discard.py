"""Put away a document that came in by mistake."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from intake.actions.answer import office_standing
from intake.models import Document
from intake.models.documents import DocumentState
from journal.record import Happening, record
from orgs.actors import Actor
from workflow.refusals import Stale, not_found


@transaction.atomic
def discard(*, document: Document, by: Actor, now: datetime) -> None:
    """Delete the document with its answers; the journal keeps that it was there.

    The stored file stays, as everything that was ever sent does.

    Raises:
        NotFound: it is gone already.
        Stale: it has been registered.
    """
    standing = office_standing(document, by)
    found = Document.objects.select_for_update().filter(pk=document.pk).first()
    if found is None:
        raise not_found()
    if found.state == DocumentState.REGISTERED:
        raise Stale(_("该文件已立项，不能移除。"))
    told = {"name": found.file.name, "sha256": found.file.blob_id}
    happening = Happening("document.discarded", f"document:{found.pk}", told)
    found.answers.all().delete()
    found.delete()
    record([happening], at=now, actor=by.as_record(standing))

"""Make a list of a reviewed document (立项)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from intake.actions.answer import locked, office_standing
from intake.meanings import Meanings
from intake.models import Document
from intake.models.documents import DocumentState
from intake.rows import rows_of
from orgs.actors import Actor
from workflow.actions.register import register
from workflow.models import TaskList
from workflow.refusals import NotPossible


@transaction.atomic
def register_document(
    *,
    document: Document,
    title: str,
    by: Actor,
    now: datetime,
    shifted_years: int = 0,
) -> TaskList:
    """Register the document's rows as a draft list, once every question is answered.

    Raises:
        NotPossible: questions are open, or a row has no lead; says which.
    """
    office_standing(document, by)
    document = locked(document)
    meanings = Meanings(document)
    if meanings.without_lead:
        raise NotPossible(
            _("以下任务还没有确定牵头单位：%(serials)s。")
            % {"serials": "、".join(meanings.without_lead)}
        )
    if meanings.unresolved:
        raise NotPossible(
            _("还有 %(count)d 项没有确认，确认后才能立项。")
            % {"count": meanings.unresolved}
        )
    about = document.reading["document"]
    task_list = register(
        programme=document.programme,
        title=title,
        rows=rows_of(meanings, shifted_years=shifted_years),
        by=by,
        now=now,
        number=about["number"],
        issuer=about["issuer"],
        shifted_years=shifted_years,
    )
    document.task_list = task_list
    document.state = DocumentState.REGISTERED
    document.title = task_list.title
    document.save(update_fields=["task_list", "state", "title"])
    return task_list

"""Documents on their way in, for the index."""

from django.db.models import Count, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from intake.models import Document
from orgs.actors import Actor
from orgs.models import Programme
from orgs.posts import Right
from workflow.refusals import NotAllowed


def programmes_of(actor: Actor) -> QuerySet[Programme]:
    """Return the programmes whose office ``actor`` belongs to, by name."""
    run = {held.programme_id for held in actor.with_right(Right.REVIEW)}
    return Programme.objects.filter(pk__in=run).order_by("name")


def documents_of(actor: Actor) -> QuerySet[Document]:
    """Return the documents ``actor`` may review, the newest first, without readings."""
    documents = Document.objects.visible_to(actor).defer("reading")
    return documents.select_related(
        "programme", "file__blob", "uploaded_by", "task_list"
    ).annotate(rows=Count("task_list__items"))


def document_for(actor: Actor, pk: int) -> Document:
    """Return the document with its reading.

    Raises:
        Http404: there is none, or the actor has no part in its programme.
        NotAllowed: the actor is of the programme, but not of its office.
    """
    found = (
        Document.objects.select_related(
            "programme__jurisdiction", "file__blob", "uploaded_by", "task_list"
        )
        .filter(programme__in={held.programme_id for held in actor.memberships})
        .filter(pk=pk)
        .first()
    )
    if found is None:
        raise Http404
    if not Document.objects.visible_to(actor).filter(pk=pk).exists():
        raise NotAllowed(_("只有督办办公室可以导入和核对清单。"))
    return found

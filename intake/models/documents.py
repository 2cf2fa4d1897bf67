"""Documents that were sent in, and what people answered about their reading."""

from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from files.models import StoredFile
from orgs.models import Programme
from orgs.posts import Right
from workflow.models import TaskList

if TYPE_CHECKING:
    from orgs.actors import Actor


class DocumentState(models.TextChoices):
    """How far a document is on its way to a list."""

    REVIEW = "review", _("待核对")
    REGISTERED = "registered", _("已立项")


class DocumentQuerySet(models.QuerySet["Document"]):
    """Questions about documents."""

    def visible_to(self, actor: "Actor") -> Self:
        """Return the documents of the programmes ``actor`` is the office of."""
        run = {held.programme_id for held in actor.with_right(Right.REVIEW)}
        return self.filter(programme__in=run)


class Document(models.Model):
    """One file that was sent in; its reading is kept as it was read, for ever."""

    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, related_name="documents"
    )
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(
        max_length=12, choices=DocumentState, default=DocumentState.REVIEW
    )
    reading: "models.JSONField[Any, Any]" = models.JSONField(default=dict, blank=True)
    title = models.CharField(_("清单标题"), max_length=200, blank=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    uploaded_at = models.DateTimeField()
    task_list = models.OneToOneField(
        TaskList,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="document",
    )

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["programme", "-id"], name="document_programme")]

    def __str__(self) -> str:
        return self.title or str(self.file)


class Answer(models.Model):
    """What a person said about one doubt of a reading; the last word counts.

    ``subject`` is ``name:<printed name>`` for a name wherever it stands, or
    ``row:<position>:<field>`` for one field of one row.
    """

    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, related_name="answers"
    )
    subject = models.CharField(max_length=160)
    value: "models.JSONField[Any, Any]" = models.JSONField()
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["document", "subject"], name="one_answer_to_a_doubt"
            ),
        ]

    def __str__(self) -> str:
        return self.subject

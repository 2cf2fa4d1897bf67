"""What a person has been told."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from workflow.models import TaskItem


class InboxHead(models.Model):
    """The end of one person's inbox: locked by whoever gives out numbers."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        primary_key=True,
        related_name="inbox_head",
    )
    number = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.person_id} {self.number}"


class InboxItem(models.Model):
    """One piece of news for one person, numbered without gaps for that person.

    ``cause`` is what it tells of: one cause tells a person once, however often the
    expander runs.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="inbox"
    )
    number = models.BigIntegerField()
    cause = models.CharField(max_length=80)
    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=120)
    text = models.TextField(blank=True)
    url = models.CharField(max_length=200)
    urgent = models.BooleanField(default=False)
    item = models.ForeignKey(
        TaskItem, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["person", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "number"], name="one_news_at_a_number"
            ),
            models.UniqueConstraint(
                fields=["person", "cause"], name="one_news_of_a_cause"
            ),
        ]
        indexes = [
            models.Index(
                fields=["person"], condition=Q(read_at=None), name="inbox_unread"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}#{self.number} {self.title}"

"""Programmes: what lists are issued under."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from orgs.models.units import Jurisdiction, Unit


class Programme(models.Model):
    """A campaign of a place with an office that runs it and leadership over it."""

    name = models.CharField(_("名称"), max_length=100)
    jurisdiction = models.ForeignKey(
        Jurisdiction, on_delete=models.PROTECT, related_name="programmes"
    )
    office = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    leadership = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["jurisdiction", "name"], name="one_programme_of_a_name"
            ),
        ]

    def __str__(self) -> str:
        return self.name

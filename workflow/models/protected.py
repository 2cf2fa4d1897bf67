"""A model whose FSM field is protected and whose rows still reload."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django_fsm import FSMFieldMixin


class Reloadable(models.Model):
    """Lets ``refresh_from_db`` set protected FSM fields, which assignment refuses."""

    class Meta:
        abstract = True

    def refresh_from_db(
        self,
        using: str | None = None,
        fields: Iterable[str] | None = None,
        from_queryset: models.QuerySet[Any] | None = None,
    ) -> None:
        """Reload, protected states included."""
        wanted = None if fields is None else set(fields)
        for field in self._meta.concrete_fields:
            reloaded = wanted is None or field.attname in wanted
            if reloaded and isinstance(field, FSMFieldMixin):
                self.__dict__.pop(field.attname, None)
        super().refresh_from_db(using=using, fields=wanted, from_queryset=from_queryset)

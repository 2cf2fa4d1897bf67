"""People who log in."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _


class Person(AbstractUser):  # type: ignore[django-manager-missing]  # guardian untyped
    """One human being. People move between posts; units keep the work."""

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    name = models.CharField(_("姓名"), max_length=40)
    phone = models.CharField(_("电话"), max_length=20, blank=True)
    demo = models.BooleanField(_("演示人员"), default=False)

    REQUIRED_FIELDS = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        """Return the name as the person writes it."""
        return self.name

    def get_short_name(self) -> str:
        """Return the name; Chinese names have no shorter form."""
        return self.name

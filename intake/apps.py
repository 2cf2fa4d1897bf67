"""Reading of lists as a Django app."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """Turns documents into rows that a person has confirmed."""

    name = "intake"
    verbose_name = "清单导入"

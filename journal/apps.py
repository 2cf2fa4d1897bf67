"""The journal as a Django app."""

from django.apps import AppConfig


class JournalConfig(AppConfig):
    """Holds the record; knows no other app."""

    name = "journal"
    verbose_name = "台账日志"

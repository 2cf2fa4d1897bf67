"""Evidence storage as a Django app."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Keeps content; knows no other app."""

    name = "files"
    verbose_name = "附件"

"""Units and people as a Django app."""

from django.apps import AppConfig


class OrgsConfig(AppConfig):
    """Knows who may stand for which unit."""

    name = "orgs"
    verbose_name = "单位与人员"

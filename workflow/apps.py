"""Lists and rows as a Django app."""

from django.apps import AppConfig


class WorkflowConfig(AppConfig):
    """Carries a row from issue to closing; knows nothing of notices."""

    name = "workflow"
    verbose_name = "清单督办"

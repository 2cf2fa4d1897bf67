"""The demo as a Django app."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Fills an empty product through the same doors as anybody."""

    name = "demo"
    verbose_name = "演示"

"""The yardsticks as a Django app, installed for the bench alone."""

from django.apps import AppConfig


class StockConfig(AppConfig):
    """Its tables are made for one run."""

    name = "bench.stock"
    label = "stock"

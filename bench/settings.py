"""The product's settings with the two yardsticks beside it."""

from config.settings import *  # noqa: F403
from config.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "bench.stock"]
LOGGING_CONFIG = None

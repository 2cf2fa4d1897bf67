"""What every test can ask for: the databases, the browser, a running product."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from tests.services.chromium import chromium
from tests.services.postgres import postgres
from tests.services.processes import Missing
from tests.services.redis import redis
from tests.services.server import manage, served

CI = os.environ.get("CI") == "true"

settings.register_profile(
    "suite", deadline=None, print_blob=True, suppress_health_check=list(HealthCheck)
)
settings.register_profile(
    "deep",
    deadline=None,
    print_blob=True,
    max_examples=2000,
    suppress_health_check=list(HealthCheck),
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "suite"))


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: Any, call: Any) -> Iterator[None]:
    """Turn a skipped test into a failure where nothing may be skipped."""
    outcome = yield
    report = outcome.get_result()
    if CI and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"在 CI 中不允许跳过：{report.longrepr}"


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Let tests empty the journal's table; its triggers have tests of their own."""
    from django.db import connection

    from journal import guard

    with django_db_blocker.unblock():
        guard.remove(connection)


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> None:
    """Keep evidence of a test in the test's own folder."""
    settings.MEDIA_ROOT = str(tmp_path / "files")


def started(service: Any) -> Iterator[Any]:
    """Keep a real service running; say what to install where it is missing."""
    try:
        with service as given:
            yield given
    except Missing as missing:
        pytest.skip(str(missing))


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """Give the address of a real PostgreSQL: the run's own, or one just started."""
    given = os.environ.get("DATABASE_URL", "")
    if given.startswith("postgres"):
        yield given
    else:
        yield from started(postgres())


@pytest.fixture(scope="session")
def redis_url() -> Iterator[str]:
    """Give the address of a real Redis: the run's own, or one just started."""
    if given := os.environ.get("TEST_REDIS_URL", ""):
        yield given
    else:
        yield from started(redis())


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Give a real Chromium."""
    yield from started(chromium())


@pytest.fixture
def product(tmp_path: Path) -> Iterator[str]:
    """Give the address of a running product on an empty, migrated database."""
    manage(tmp_path, "migrate", "--no-input", "-v0")
    with served(tmp_path) as address:
        yield address

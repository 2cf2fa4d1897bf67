"""A running demo, loaded once; each journey begins from a copy of it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.services.server import manage, served

QUICK = {"DEMO": "true", "TICK_SECONDS": "1", "SWEEP_SECONDS": "1", "DATABASE_URL": ""}


@pytest.fixture(scope="session")
def loaded_demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with a freshly loaded demo."""
    folder = tmp_path_factory.mktemp("demo")
    manage(folder, "migrate", "--no-input", "-v0", **QUICK)
    manage(folder, "load_demo", **QUICK)
    return folder


@pytest.fixture
def demo(loaded_demo: Path, tmp_path: Path) -> Iterator[str]:
    """Give the address of a running demo of one's own."""
    folder = tmp_path / "product"
    shutil.copytree(loaded_demo, folder)
    with served(folder, **QUICK) as address:
        yield address

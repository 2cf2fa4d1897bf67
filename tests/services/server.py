"""The product itself as a process of its own, on its own data."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from tests.services.processes import free_port, running

ROOT = Path(__file__).resolve().parents[2]


def environment(folder: Path, **more: str) -> dict[str, str]:
    """Return the environment of a product whose data lie in ``folder``."""
    return {
        "QINGDAN_DATA": str(folder),
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "PYTHONPATH": str(ROOT),
        "PYTHONWARNINGS": "ignore",
        **more,
    }


def manage(folder: Path, *arguments: str, **more: str) -> str:
    """Run a management command on the product's data; return what it prints."""
    done = subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), *arguments],
        env={**os.environ, **environment(folder, **more)},
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout


@contextmanager
def served(folder: Path, **more: str) -> Iterator[str]:
    """Serve the product from ``folder``; give its address."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "uvicorn", "config.asgi:application"]
    command += ["--port", str(port), "--lifespan", "on", "--log-level", "warning"]
    with running(
        command,
        ready=lambda: is_up(address),
        env=environment(folder, **more),
        log=folder / f"server-{port}.log",
    ):
        yield address


def is_up(address: str) -> bool:
    """Return whether the product answers."""
    try:
        with urlopen(f"{address}/healthz", timeout=5) as answer:
            return bool(answer.status == 200)
    except (URLError, OSError):
        return False

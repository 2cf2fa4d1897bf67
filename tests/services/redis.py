"""A Redis server of our own that keeps nothing."""

from collections.abc import Iterator
from contextlib import contextmanager

from tests.services.processes import answers, free_port, program, running


@contextmanager
def redis() -> Iterator[str]:
    """Run a server; give its REDIS_URL."""
    server, port = program("redis-server", "redis-server"), free_port()
    command = [server, "--port", str(port), "--bind", "127.0.0.1"]
    command += ["--save", "", "--appendonly", "no"]
    with running(command, ready=lambda: answers(port)):
        yield f"redis://127.0.0.1:{port}/0"

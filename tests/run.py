"""Run the suite: all of it on SQLite, then what asks the database on PostgreSQL.

``make test`` is this; ``make test-deep`` is this with ``--deep``. The real PostgreSQL
and Redis are started here once for the whole run.
"""

import os
import subprocess
import sys
from contextlib import ExitStack

from tests.services.postgres import postgres
from tests.services.processes import Missing
from tests.services.redis import redis

# What has nothing to do with the database, or starts its own product.
ONCE = "browser or once"


def pytest(marks: str, **environment: str) -> int:
    """Run pytest on the tests with ``marks``; return its exit code."""
    command = [sys.executable, "-m", "pytest", "-q", "-m", marks]
    return subprocess.call(command, env={**os.environ, **environment})


def main() -> int:
    """Run both halves, whatever the first says; return the worse exit code."""
    deep = "--deep" in sys.argv
    depth = "deep" if deep else "not deep"
    profile = {"HYPOTHESIS_PROFILE": "deep" if deep else "suite"}
    with ExitStack() as services:
        try:
            database = services.enter_context(postgres())
            shared = {**profile, "TEST_REDIS_URL": services.enter_context(redis())}
        except Missing as missing:
            sys.stderr.write(f"{missing}\n")
            return 1
        sys.stdout.write("—— SQLite ——\n")
        sys.stdout.flush()
        first = pytest(depth, **shared)
        sys.stdout.write("—— PostgreSQL ——\n")
        sys.stdout.flush()
        second = pytest(f"({depth}) and not ({ONCE})", DATABASE_URL=database, **shared)
    return first or second


if __name__ == "__main__":
    sys.exit(main())

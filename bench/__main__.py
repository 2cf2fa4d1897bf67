"""Start PostgreSQL, make the tables, measure, print."""

import os
import sys
import tempfile
import warnings

from tests.services.postgres import postgres
from tests.services.processes import Missing


def main() -> int:
    """Return the exit code: 1 when PostgreSQL is missing or a goal is missed."""
    warnings.simplefilter("ignore")
    with tempfile.TemporaryDirectory(prefix="qingdan-bench-") as folder:
        try:
            # Durability as it comes: every commit is on the disk in all three lives.
            with postgres(safe="--fast" not in sys.argv) as url:
                os.environ |= {
                    "DATABASE_URL": url,
                    "QINGDAN_DATA": folder,
                    "DJANGO_SETTINGS_MODULE": "bench.settings",
                }
                return measure()
        except Missing as missing:
            sys.stderr.write(f"{missing}\n")
            return 1


def measure() -> int:
    """Make the tables and print every ratio; return 1 when a goal is missed."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from bench.ratios import print_all
    from bench.sockets import print_sockets, standing

    call_command("migrate", verbosity=0)
    met = print_all()
    met = print_sockets(standing()) and met
    connection.close()
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())

"""A PostgreSQL server of our own, in a folder that goes away."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.services.processes import Missing, answers, free_port, program, running

BINARIES = "usr/lib/postgresql/*/bin"


def owner() -> str | None:
    """Return whom the server runs as: PostgreSQL refuses root."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            pwd.getpwnam(name)
        except KeyError:
            continue
        return name
    raise Missing(
        "PostgreSQL 不能以 root 运行，且没有 postgres 用户：请安装 postgresql。"
    )


@contextmanager
def postgres(*, safe: bool = False) -> Iterator[str]:
    """Run a server; give its DATABASE_URL. ``safe`` keeps fsync on, for timings."""
    initdb = program("initdb", "postgresql", BINARIES)
    server = program("postgres", "postgresql", BINARIES)
    user, port = owner(), free_port()
    folder = Path(tempfile.mkdtemp(prefix="qingdan-pg-"))
    try:
        if user:
            shutil.chown(folder, user)
        data = folder / "data"
        subprocess.run(
            [
                *(initdb, "-D", data, "-U", "postgres", "-A", "trust"),
                *("-E", "UTF8", "--locale=C.UTF-8", "--no-sync"),
            ],
            check=True,
            user=user,
            cwd=folder,
            stdout=subprocess.DEVNULL,
        )
        command = [server, "-D", str(data), "-p", str(port), "-k", str(folder)]
        settings = ["listen_addresses=127.0.0.1", "max_connections=300"]
        settings += [] if safe else ["fsync=off", "synchronous_commit=off"]
        for setting in settings:
            command += ["-c", setting]
        with running(
            command, ready=lambda: accepts(port), log=folder / "log", user=user
        ):
            yield f"postgres://postgres@127.0.0.1:{port}/postgres"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def accepts(port: int) -> bool:
    """Return whether the server takes connections, recovery over."""
    import psycopg

    if not answers(port):
        return False
    try:
        psycopg.connect(f"postgres://postgres@127.0.0.1:{port}/postgres").close()
    except psycopg.OperationalError:
        return False
    return True

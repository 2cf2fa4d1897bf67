"""Start a server program, wait until it answers, stop it."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path


class Missing(Exception):
    """A program is not installed; the text says which package to install."""


def free_port() -> int:
    """Return a TCP port of the loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def program(name: str, package: str, *folders: str) -> str:
    """Return the path of a program, in PATH or in ``folders`` (globs).

    Raises:
        Missing: it is nowhere; names the Debian package.
    """
    if found := shutil.which(name):
        return found
    for folder in folders:
        for path in sorted(Path("/").glob(f"{folder}/{name}"), reverse=True):
            return str(path)
    raise Missing(f"没有找到 {name}：请安装 {package}（apt-get install {package}）。")


def wait_for(ready: Callable[[], bool], alive: Callable[[], bool]) -> None:
    """Return once ``ready`` holds; fail when the program ended or two minutes passed."""
    end = time.monotonic() + 120
    while not ready():
        assert alive(), "程序启动后即退出"
        assert time.monotonic() < end, "程序两分钟内没有就绪"
        time.sleep(0.05)


def answers(port: int) -> bool:
    """Return whether somebody listens on the port of the loopback."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def running(
    command: Sequence[str],
    *,
    ready: Callable[[], bool],
    env: dict[str, str] | None = None,
    log: Path | None = None,
    user: str | None = None,
) -> Iterator["subprocess.Popen[bytes]"]:
    """Keep ``command`` running for as long as the block lasts."""
    out = log.open("wb") if log else subprocess.DEVNULL
    process = subprocess.Popen(
        command,
        env={**os.environ, **(env or {})},
        stdin=subprocess.DEVNULL,
        stdout=out,
        stderr=subprocess.STDOUT,
        user=user,
    )
    try:
        wait_for(ready, lambda: process.poll() is None)
        yield process
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

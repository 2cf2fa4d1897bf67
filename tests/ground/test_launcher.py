"""Starting on a bare machine: what is missing is said in a plain sentence."""

import importlib.util
import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.services.server import ROOT, environment

pytestmark = pytest.mark.once


@pytest.fixture
def bootstrap() -> Any:
    spec = importlib.util.spec_from_file_location(
        "bootstrap", ROOT / "deploy" / "bootstrap.py"
    )
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_an_old_python_is_told_which_one_is_needed(bootstrap: Any) -> None:
    assert "需要 Python 3.11" in bootstrap.too_old((3, 9, 2))
    assert bootstrap.too_old((3, 11, 0)) == ""


def test_a_folder_that_cannot_be_written_is_named(
    bootstrap: Any, tmp_path: Path
) -> None:
    with pytest.raises(bootstrap.CannotSetUp, match="不能写入"):
        bootstrap.check_folder(str(tmp_path / "not-there"))


def test_the_environment_is_rebuilt_only_for_other_pins(
    bootstrap: Any, tmp_path: Path
) -> None:
    pins = tmp_path / "requirements.txt"
    pins.write_text("a==1")
    before = bootstrap.fingerprint(str(pins), "3.11")
    assert bootstrap.fingerprint(str(pins), "3.11") == before
    pins.write_text("a==2")
    assert bootstrap.fingerprint(str(pins), "3.11") != before


def serve(folder: Path, **more: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "config.serve"],
        env={**os.environ, **environment(folder, **more)},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_a_taken_port_is_named_with_another_to_try(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = serve(tmp_path, PORT=str(port))
    assert done.returncode == 1
    assert f"端口 {port} 已被占用" in done.stderr
    assert f"PORT={port + 1}" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("port", ["http", "0", "70000"])
def test_a_port_that_is_none_is_refused(tmp_path: Path, port: str) -> None:
    done = serve(tmp_path, PORT=port)
    assert done.returncode == 1
    assert f"端口“{port}”无效" in done.stderr


def test_a_data_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    done = serve(blocked / "data", PORT="0", SECRET_KEY="x" * 50)
    assert done.returncode == 1
    done = serve(blocked / "data", PORT=str(free()), SECRET_KEY="x" * 50)
    assert done.returncode == 1
    assert "不能写入" in done.stderr


def free() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_an_unknown_database_is_refused_by_name(tmp_path: Path) -> None:
    done = serve(tmp_path, PORT=str(free()), DATABASE_URL="mysql://a/b")
    assert done.returncode == 1
    assert "DATABASE_URL" in done.stderr

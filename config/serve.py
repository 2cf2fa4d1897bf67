"""Start the whole product in one process: pages, sockets and the tick."""

import os
import socket
import sys
import warnings

from config.env import BadEnvironment, data_dir, env


class CannotServe(Exception):
    """The product cannot start; the text says why and what to do."""


def check_port(host: str, port: int) -> None:
    """Raise CannotServe when the address is taken or not ours to open."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except PermissionError as refused:
            raise CannotServe(
                f"没有权限使用端口 {port}，请换一个 1024 以上的端口：make run PORT=8001"
            ) from refused
        except OSError as taken:
            raise CannotServe(
                f"端口 {port} 已被占用，请关闭占用它的程序，或换一个端口："
                f"make run PORT={port + 1}"
            ) from taken


def check_data_dir() -> None:
    """Raise CannotServe when the product's own folder cannot be written."""
    folder = data_dir()
    probe = folder / ".can-write"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe.touch()
        probe.unlink()
        (folder / "static").mkdir(exist_ok=True)
    except OSError as refused:
        raise CannotServe(
            f"数据目录 {folder} 不能写入，请用 QINGDAN_DATA 指定一个可写的目录。"
        ) from refused


def port_of(text: str) -> int:
    """Return the port as a number; raise CannotServe for anything else."""
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise CannotServe(f"端口“{text}”无效，应为 1 到 65535 之间的整数。")
    return int(text)


def prepare() -> None:
    """Bring the database up to date and, as a demo, fill it once."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    # django-fsm announces its successor at import; the choice is made.
    warnings.filterwarnings("ignore", message=".*django-fsm.*")
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    if env.bool("DEMO", default=False):
        call_command("load_demo")


def main() -> None:
    """Check what can go wrong, prepare, then serve until stopped."""
    import uvicorn

    host = env.str("HOST", default="127.0.0.1")
    port = port_of(env.str("PORT", default="8000"))
    check_port(host, port)
    check_data_dir()
    prepare()
    sys.stdout.write(f"\n清单督办已启动： http://{host}:{port}/ （按 Ctrl-C 停止）\n\n")
    sys.stdout.flush()
    uvicorn.run(
        "config.asgi:application",
        host=host,
        port=port,
        lifespan="on",
        log_level=env.str("LOG_LEVEL", default="warning").lower(),
        timeout_graceful_shutdown=5,
    )


if __name__ == "__main__":
    try:
        main()
    except (CannotServe, BadEnvironment) as problem:
        sys.stderr.write(f"{problem}\n")
        sys.exit(1)

"""The environment, read once and typed; a value that cannot be used stops the start."""

from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import urlsplit

import environ

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()


class BadEnvironment(Exception):
    """A setting that cannot be used; its text says which and what to write instead."""


def refuse(name: str, sentence: str) -> NoReturn:
    """Stop the start, naming the variable ``name`` and what is wrong with it."""
    raise BadEnvironment(f"环境变量 {name}：{sentence}")


def data_dir() -> Path:
    """Where the product keeps its own files: database, stored evidence, secret."""
    return Path(env.str("QINGDAN_DATA", default=str(BASE_DIR / "var"))).resolve()


def database() -> dict[str, Any]:
    """Return Django's settings of the one database, SQLite unless told otherwise."""
    url = env.str("DATABASE_URL", default="")
    if not url:
        return sqlite(data_dir() / "qingdan.sqlite3")
    scheme = urlsplit(url).scheme
    if scheme == "sqlite":
        return sqlite(Path(urlsplit(url).path))
    if scheme in {"postgres", "postgresql"}:
        return postgresql(url)
    refuse("DATABASE_URL", "只支持 sqlite:/// 和 postgres://。")


def sqlite(path: Path) -> dict[str, Any]:
    """Return settings for the embedded database.

    IMMEDIATE takes the write lock when a transaction begins, which is what makes
    the row locks of the one door hold on a database that has none.
    """
    return {
        "ENGINE": "config.sqlite",
        "NAME": str(path),
        "TEST": {"NAME": str(path.with_name("test.sqlite3"))},
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
                "PRAGMA foreign_keys=ON; PRAGMA recursive_triggers=ON;"
            ),
        },
    }


def postgresql(url: str) -> dict[str, Any]:
    """Return settings for PostgreSQL with a pool of connections.

    Persistent connections pile up under ASGI until the server refuses; a pool
    of a fixed size does not. ``DATABASE_POOL`` is its size; 0 does without.
    """
    settings: dict[str, Any] = dict(env.db_url_config(url))
    settings["CONN_MAX_AGE"] = 0
    size = env.int("DATABASE_POOL", default=10)
    if size:
        pool = {"min_size": 1, "max_size": size}
        settings["OPTIONS"] = {**settings.get("OPTIONS", {}), "pool": pool}
    return settings


def channel_layers() -> dict[str, Any]:
    """Return the layer of the sockets: Redis where given, else in this process."""
    url = env.str("REDIS_URL", default="")
    if not url:
        return {"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}}
    return {
        "default": {
            "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
            "CONFIG": {"hosts": [url], "prefix": "qingdan"},
        }
    }


def secret_key() -> str:
    """Return the signing key: given, or made once and kept beside the data."""
    given: str = env.str("SECRET_KEY", default="")
    if given:
        return given
    path = data_dir() / "secret_key"
    if not path.exists():
        write_secret(path)
    return path.read_text().strip()


def write_secret(path: Path) -> None:
    """Make a new key at ``path``, readable by this user alone."""
    from django.core.management.utils import get_random_secret_key

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(get_random_secret_key())
    except OSError:
        refuse("QINGDAN_DATA", f"目录 {path.parent} 不能写入，请换一个可写的目录。")

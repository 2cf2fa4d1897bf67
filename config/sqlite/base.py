"""Django's SQLite backend, with its settings checked on every connection."""

from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db.backends.sqlite3 import base

# (pragma, what it must answer); an in-memory database has no write-ahead log.
NEEDED = (
    ("journal_mode", {"wal", "memory"}),
    ("foreign_keys", {1}),
    ("recursive_triggers", {1}),
)


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that is refused unless WAL, IMMEDIATE and foreign keys hold."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Open a connection.

        Raises:
            ImproperlyConfigured: a needed setting of SQLite is not in force.
        """
        connection = super().get_new_connection(conn_params)
        if self.transaction_mode != "IMMEDIATE":  # type: ignore[attr-defined]  # stubs lag
            raise ImproperlyConfigured("SQLite 必须使用 transaction_mode=IMMEDIATE。")
        for pragma, allowed in NEEDED:
            (found,) = connection.execute(f"PRAGMA {pragma}").fetchone()
            if found not in allowed:
                raise ImproperlyConfigured(
                    f"SQLite 的 {pragma} 为 {found}，系统不能在此文件系统上可靠运行。"
                )
        return connection

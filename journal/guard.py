"""Triggers that make the journal append-only in the database itself."""

from django.db.backends.base.base import BaseDatabaseWrapper

TABLE = "journal_event"
REFUSAL = "journal is append-only"

SQLITE = [
    f"""CREATE TRIGGER journal_no_{verb.lower()} BEFORE {verb} ON {TABLE}
    BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"""
    for verb in ("UPDATE", "DELETE")
]
POSTGRESQL = [
    f"""CREATE OR REPLACE FUNCTION journal_refuse() RETURNS trigger AS $$
    BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$ LANGUAGE plpgsql""",
    *(
        f"""CREATE TRIGGER journal_no_{verb.lower()} BEFORE {verb} ON {TABLE}
        FOR EACH {each} EXECUTE FUNCTION journal_refuse()"""
        for verb, each in (
            ("UPDATE", "ROW"),
            ("DELETE", "ROW"),
            ("TRUNCATE", "STATEMENT"),
        )
    ),
]


def install(connection: BaseDatabaseWrapper) -> None:
    """Forbid changing, deleting and replacing events on this database.

    On SQLite ``INSERT OR REPLACE`` fires the delete trigger because the product
    runs with recursive triggers.
    """
    run(connection, SQLITE if connection.vendor == "sqlite" else POSTGRESQL)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take the triggers away again: for going back, and for emptying test tables."""
    on = "" if connection.vendor == "sqlite" else f" ON {TABLE}"
    run(
        connection,
        [
            f"DROP TRIGGER IF EXISTS journal_no_{verb}{on}"
            for verb in ("update", "delete", "truncate")
        ],
    )


def run(connection: BaseDatabaseWrapper, statements: list[str]) -> None:
    """Execute each statement."""
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)

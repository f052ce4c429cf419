"""Brings a database to the newest schema, once, however many processes open it."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, inspect

from quellenlage.ledger.errors import LedgerError

WRITES = "quellenlage_writes"
"""The execution option of a transaction that will write and so takes SQLite's lock at its start."""
MIGRATES = "quellenlage_migrates"
"""The execution option of a transaction that changes tables, which SQLite does by making them anew.

Rows that point to such a table would be missed in between, so SQLite is not to look after them.
"""


def migrate(engine: Engine) -> None:
    """Create the tables, or bring them forward; raises `LedgerError` for a schema that this version does not know."""
    config = _config()
    scripts = ScriptDirectory.from_config(config)
    with engine.begin() as connection:
        if _revision(connection, scripts) == scripts.get_current_head():
            return
    with engine.execution_options(**{WRITES: True, MIGRATES: True}).connect() as connection:
        with connection.begin():
            # Asked again, because another process may have migrated while this one waited for the lock.
            if _revision(connection, scripts) != scripts.get_current_head():
                config.attributes["connection"] = connection
                command.upgrade(config, "head")
        # Its settings are not those of other connections.
        connection.invalidate()


def schema_of(connection: Connection) -> tuple[str | None, str]:
    """The schema of a database, None where it is empty, and the one that this version of the program wants.

    Raises `LedgerError` for a schema that this version does not know.
    """
    scripts = ScriptDirectory.from_config(_config())
    wanted = scripts.get_current_head()
    assert wanted is not None
    return _revision(connection, scripts), wanted


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")).replace("%", "%%"))
    return config


def _revision(connection: Connection, scripts: ScriptDirectory) -> str | None:
    revision = MigrationContext.configure(connection).get_current_revision()
    if revision is None:
        if tables := [name for name in inspect(connection).get_table_names() if name != "alembic_version"]:
            raise LedgerError(
                f"{connection.engine.url.render_as_string()} holds other tables ({', '.join(tables[:3])}) and is no "
                "ledger of Quellenlage. Name another file; it is made where there is none."
            )
    elif revision not in {script.revision for script in scripts.walk_revisions()}:
        raise LedgerError(
            f"{connection.engine.url.render_as_string()} has schema {revision}, which this version does not know. "
            "A newer Quellenlage made it: upgrade with `pip install --upgrade quellenlage`."
        )
    return revision

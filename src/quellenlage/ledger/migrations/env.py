"""Runs the steps inside the transaction of whoever asked; Alembic loads this file by its name."""

from alembic import context

from quellenlage.ledger.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()

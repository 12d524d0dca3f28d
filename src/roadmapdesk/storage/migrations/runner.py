"""Runs alembic on one file without any configuration file, in one transaction."""

from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import sqlalchemy as sa
from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.script import ScriptDirectory
from sqlalchemy import event
from sqlalchemy.pool import NullPool

from roadmapdesk.storage import tables

FOLDER = Path(__file__).resolve().parent


def run(connect: Callable[[], Any], driver: ModuleType, *, folder: Path = FOLDER, target: str = "head") -> None:
    """Brings the file behind `connect` to `target`; all or nothing.

    Args:
        connect: opens a DB-API connection with foreign keys off.
        driver: its module.
        folder: holds ``versions/``; tests bring their own.
        target: a version number or ``head``.

    Raises:
        ValueError: when the file is beyond `target`: files are never turned back; nothing was changed.
        RuntimeError: when rows would point nowhere afterwards; nothing was changed.
        sqlalchemy.exc.SQLAlchemyError: when a step fails; nothing was changed.
    """
    configuration = Config()
    configuration.set_main_option("script_location", str(folder))
    scripts = ScriptDirectory.from_config(configuration)
    engine = sa.create_engine("sqlite://", creator=connect, module=driver, poolclass=NullPool, hide_parameters=True)
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))

    def steps(revision: Any, _context: Any) -> Any:  # noqa: ANN401 — alembic's own untyped hook
        on_the_way = {script.revision for script in scripts.walk_revisions("base", target)}
        beyond = sorted(set(revision) - on_the_way)
        if beyond:
            msg = f"a file of schema {', '.join(beyond)} is not turned back to {target}"
            raise ValueError(msg)
        return scripts._upgrade_revs(target, revision)

    try:
        with engine.begin() as connection, EnvironmentContext(configuration, scripts, fn=steps) as environment:
            environment.configure(
                connection=connection,
                target_metadata=tables.project_tables,
                render_as_batch=True,
                transactional_ddl=True,
                transaction_per_migration=False,
            )
            environment.run_migrations()
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
            if broken:
                msg = f"{len(broken)} rows would point nowhere"
                raise RuntimeError(msg)
    finally:
        engine.dispose()

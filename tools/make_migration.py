"""Write the migration from the newest version to the tables as they are now: `make_migration.py MESSAGE`."""

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from alembic import command
from alembic.script import ScriptDirectory

from storage.engines.choice import migration_engine, normal_url
from storage.migrations.upgrade import alembic_config, upgrade


def main() -> int:
    """Compare an empty, upgraded SQLite database with the tables, and write the difference down."""
    if len(sys.argv) != 2:
        sys.stderr.write("usage: make_migration.py MESSAGE\n")
        return 2
    number = len(list(ScriptDirectory.from_config(alembic_config()).walk_revisions())) + 1
    with tempfile.TemporaryDirectory() as folder:
        url = normal_url(f"sqlite:///{folder}/empty.db")
        if number > 1:
            upgrade(url)
        engine = migration_engine(url)
        with engine.begin() as connection:
            command.revision(alembic_config(connection), sys.argv[1], autogenerate=True, rev_id=f"{number:04}")
        engine.dispose()
    return 0


if __name__ == "__main__":
    sys.exit(main())

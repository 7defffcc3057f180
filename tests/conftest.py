"""Shared by every test: a data folder of the session's own, and the workspace's databases when asked for."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

# Before anything imports Django's settings, which are built from the environment once per process.
_folder = tempfile.TemporaryDirectory(prefix="egide-tests-")
for _name in [name for name in os.environ if name.startswith("EGIDE_") and name != "EGIDE_TEST_DATABASE_URL"]:
    del os.environ[_name]
os.environ["EGIDE_DATA_DIR"] = _folder.name
# The workspace's tests also run on PostgreSQL: see tests/workspace/test_postgresql.py.
if "EGIDE_TEST_DATABASE_URL" in os.environ:
    os.environ["EGIDE_DATABASE_URL"] = os.environ["EGIDE_TEST_DATABASE_URL"]
os.environ["DJANGO_SETTINGS_MODULE"] = "egide.workspace.settings"


# A file is given whole to one process: those that take minutes come first, or one of them is waited for last.
LONG = (
    *("browser/", "workspace/test_postgresql.py", "cli/test_verify.py", "server/"),
    *("gateway/test_withholding.py", "contract/test_openai_batch_results.py"),
)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The long files first, in whatever order they had among themselves."""
    tests = Path(__file__).parent
    items.sort(key=lambda item: not str(item.path.relative_to(tests)).startswith(LONG))


@pytest.fixture(scope="session")
def workspace() -> Iterator[None]:
    """Django loaded, its two SQLite files made once. Nothing is rolled back: see ``db``."""
    from egide.workspace import setup

    setup.start()
    from django.db import connections
    from django.test.utils import setup_test_environment, teardown_test_environment

    setup_test_environment()
    setup.migrate()
    yield
    connections.close_all()
    teardown_test_environment()


@pytest.fixture
def db(workspace: None) -> Iterator[None]:
    """The workspace's databases, given back as they were: all that a test writes is rolled back.

    For tests of one thread. A test that runs a server or other threads asks for ``committed_db``.
    """
    from django.core.cache import cache
    from django.db import connections, transaction

    cache.clear()
    guards = [transaction.atomic(using=alias) for alias in connections]
    for guard in guards:
        guard.__enter__()
    yield
    for guard, alias in zip(reversed(guards), reversed(list(connections)), strict=True):
        transaction.set_rollback(True, using=alias)
        guard.__exit__(None, None, None)
        connections[alias].close()


@pytest.fixture
def committed_db(workspace: None) -> Iterator[None]:
    """The same databases, really written to, and emptied afterwards: for tests with several threads."""
    from django.core.cache import cache

    cache.clear()
    yield
    _empty()


def _empty() -> None:
    from django.apps import apps
    from django.db import connections, router

    # The pages' connection may hold locks, on PostgreSQL, on what the journal's one is to empty.
    connections.close_all()
    for model in apps.get_models(include_auto_created=True):
        connection = connections[router.db_for_write(model)]
        table = connection.ops.quote_name(model._meta.db_table)
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                cursor.execute("PRAGMA foreign_keys=OFF")
                cursor.execute(f"DELETE FROM {table}")  # noqa: S608 - names of our own tables
                cursor.execute("PRAGMA foreign_keys=ON")
            else:
                cursor.execute(f"TRUNCATE {table} CASCADE")
    connections.close_all()

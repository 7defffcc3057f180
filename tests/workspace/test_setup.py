from __future__ import annotations

from pathlib import Path

from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from egide.workspace import databases, setup


def test_every_table_is_described_by_a_migration(db: None) -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_starting_again_changes_nothing(db: None) -> None:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        setup.migrate()
    assert all(query["sql"].lstrip().upper().startswith("SELECT") for query in asked)


def test_django_finds_nothing_to_complain_of(db: None) -> None:
    call_command("check", fail_level="WARNING")
    assert apps.is_installed("egide.workspace.ui")


def test_only_this_account_reads_the_databases(db: None) -> None:
    for name in databases.files():
        assert Path(name).stat().st_mode & 0o077 == 0

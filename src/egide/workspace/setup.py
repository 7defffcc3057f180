"""Starts Django outside a web request, and brings the databases up to date."""

from __future__ import annotations

import os
from pathlib import Path

import django
from django.apps import apps
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.executor import MigrationExecutor

from egide.settings import Settings
from egide.workspace import configuration, databases


def start(settings: Settings | None = None) -> None:
    """Load Django (once) from these settings, or from the environment."""
    if apps.ready:
        return
    if settings is not None:
        configuration.use(settings)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "egide.workspace.settings")
    django.setup()


def migrate() -> None:
    """Make or bring up to date every table. Safe at each start: does nothing when nothing is new."""
    configuration.current().prepare()
    if _behind(DEFAULT_DB_ALIAS, None):
        call_command("migrate", verbosity=0, interactive=False)
    if not databases.shared() and _behind("journal", databases.JOURNAL_APP):
        call_command("migrate", databases.JOURNAL_APP, database="journal", verbosity=0, interactive=False)
    for name in databases.files():
        # Whatever the folder's mode: only this account reads them. SQLite gives its other files the same.
        Path(name).chmod(0o600)


def _behind(alias: str, app: str | None) -> bool:
    executor = MigrationExecutor(connections[alias])
    leaves = executor.loader.graph.leaf_nodes(app)
    return bool(executor.migration_plan(leaves))

from __future__ import annotations

import pytest
from django.db import connections
from pydantic import SecretStr

from egide.errors import SettingsError
from egide.settings import Settings
from egide.workspace.databases import from_settings
from egide.workspace.journalling.models import JournalRecord
from egide.workspace.usages.models import Usage


def _pragma(alias: str, name: str) -> object:
    with connections[alias].cursor() as cursor:
        return cursor.execute(f"PRAGMA {name}").fetchone()[0]


def test_journal_and_pages_are_two_files(db: None) -> None:
    assert Usage.objects.db == "default"
    assert JournalRecord.objects.db == "journal"
    assert connections["default"].settings_dict["NAME"] != connections["journal"].settings_dict["NAME"]
    assert "journalling_journalrecord" not in connections["default"].introspection.table_names()
    assert "usages_usage" not in connections["journal"].introspection.table_names()


def test_a_journal_record_survives_a_power_cut(db: None) -> None:
    full, normal = 2, 1
    assert _pragma("journal", "synchronous") == full
    assert _pragma("default", "synchronous") == normal
    for alias in ("default", "journal"):
        assert _pragma(alias, "journal_mode") == "wal"
        assert _pragma(alias, "foreign_keys") == 1
        assert _pragma(alias, "busy_timeout") == 20_000


def test_postgresql_takes_both_parts() -> None:
    url = SecretStr("postgresql://egide:p%40ss@db.interne:5433/egide?sslmode=require")
    databases = from_settings(Settings(database_url=url))
    for alias in ("default", "journal"):
        told = databases[alias]
        assert (told["NAME"], told["USER"], told["PASSWORD"]) == ("egide", "egide", "p@ss")
        assert (told["HOST"], told["PORT"]) == ("db.interne", "5433")
        assert told["OPTIONS"]["sslmode"] == "require"


def test_another_kind_of_database_is_refused_without_its_password() -> None:
    with pytest.raises(SettingsError) as refused:
        from_settings(Settings(database_url=SecretStr("mysql://egide:secret@db/egide")))
    assert refused.value.code == "EG-7001"
    assert "secret" not in str(refused.value)

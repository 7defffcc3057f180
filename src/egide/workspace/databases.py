"""Two databases: ``default`` for the pages and ``journal`` for exchanges, so that a slow page never
delays an exchange. With SQLite, two files of the data folder; with PostgreSQL, two connections to one.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.conf import settings as django_settings
from django.db.models import Model

from egide.errors import SettingsError
from egide.settings import Settings

JOURNAL_APP = "journalling"
# FULL where a record must survive a power cut; NORMAL is safe against a crash of the process.
PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous={synchronous}; PRAGMA foreign_keys=ON;"
    " PRAGMA busy_timeout=20000; PRAGMA journal_size_limit=27103364;"
)


def from_settings(settings: Settings) -> dict[str, dict[str, Any]]:
    """Django's ``DATABASES``."""
    if settings.database_url is None:
        return {
            "default": _sqlite(settings, "egide.sqlite3", "NORMAL"),
            "journal": _sqlite(settings, "journal.sqlite3", "FULL"),
        }
    server = _postgresql(settings.database_url.get_secret_value())
    return {"default": server, "journal": {**server, "TEST": {"MIRROR": "default"}}}


def _sqlite(settings: Settings, name: str, synchronous: str) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": settings.data_dir.absolute() / name,
        "OPTIONS": {
            # Taking the write lock at BEGIN makes a busy database wait instead of failing half-way.
            "transaction_mode": "IMMEDIATE",
            "init_command": PRAGMAS.format(synchronous=synchronous),
            "timeout": 20,
        },
    }


def _postgresql(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    if parts.scheme not in ("postgresql", "postgres"):
        raise SettingsError("EG-7001", name="database_url", reason="une adresse postgresql:// est attendue.")
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or options.pop("host", "")),
        "PORT": str(parts.port or ""),
        "OPTIONS": options,
        "CONN_HEALTH_CHECKS": True,
    }


def shared() -> bool:
    """Whether both aliases are one PostgreSQL database."""
    return bool(django_settings.DATABASES["default"]["ENGINE"].endswith("postgresql"))


def files() -> tuple[str, ...]:
    """The files of the databases; none with PostgreSQL."""
    return () if shared() else tuple(str(told["NAME"]) for told in django_settings.DATABASES.values())


class JournalRouter:
    """Sends the journal's models to ``journal``; each model is made in one place only."""

    def db_for_read(self, model: type[Model], **_hints: object) -> str | None:
        return "journal" if model._meta.app_label == JOURNAL_APP else None

    db_for_write = db_for_read

    def allow_relation(self, one: Model, other: Model, **_hints: object) -> bool:
        return (one._meta.app_label == JOURNAL_APP) == (other._meta.app_label == JOURNAL_APP)

    def allow_migrate(self, db: str, app_label: str, **_hints: object) -> bool:
        if shared():
            return db == "default"
        return (db == "journal") == (app_label == JOURNAL_APP)

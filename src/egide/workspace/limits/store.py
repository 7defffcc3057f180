"""``ports.CountStore`` in SQL. Called from the gateway's own thread, with a connection of its own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from django.db import DEFAULT_DB_ALIAS, Error, connections, transaction

from egide.policy.limits import Cell
from egide.ports import Count
from egide.workspace.limits.models import Counter


def _quoted(names: Iterable[str]) -> str:
    # « window » is a word of SQL.
    return ", ".join(f'"{name}"' for name in names)


_NAMES: Final = (*Cell._fields, "value", "until", "changed")
_TABLE: Final = Counter._meta.db_table
# Plain SQL, the same for SQLite and PostgreSQL: the ORM cannot add to what is there in one statement.
_ADD: Final = (
    f"insert into {_TABLE} ({_quoted(_NAMES)}) values ({', '.join(['%s'] * len(_NAMES))})"  # noqa: S608 - ours
    f" on conflict ({_quoted(Cell._fields)}) do update set value = {_TABLE}.value + excluded.value,"
    " until = excluded.until, changed = excluded.changed"
)


class SqlCounts:
    """See ``ports.CountStore``."""

    def merge(self, added: Sequence[Count], since: float, now: float) -> Sequence[Count]:
        try:
            if added:
                _add(added, now)
        except Error:
            # A connection that broke is not used again.
            connections[DEFAULT_DB_ALIAS].close()
            raise
        try:
            return _changed(since, now)
        except Error:
            if not added:
                raise
            # What was added is on disk, and must not be added again; the totals are told the next time.
            connections[DEFAULT_DB_ALIAS].close()
            return ()

    def forget(self, now: float) -> None:
        Counter.objects.filter(until__lte=_milliseconds(now)).delete()

    def close(self) -> None:
        connections.close_all()


def _add(added: Sequence[Count], now: float) -> None:
    # Always in the same order: two processes that wait for each other's rows would never end.
    rows = sorted((*c.cell, c.value, _milliseconds(c.until), _milliseconds(now)) for c in added)
    with transaction.atomic(), connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.executemany(_ADD, rows)


def _changed(since: float, now: float) -> list[Count]:
    fresh = Counter.objects.filter(changed__gt=_milliseconds(since), until__gt=_milliseconds(now))
    found = fresh.values_list(*Cell._fields, "value", "until")
    return [Count(Cell(*names), value, until / 1000) for *names, value, until in found]


def _milliseconds(seconds: float) -> int:
    return int(1000 * seconds)

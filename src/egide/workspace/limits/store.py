"""``ports.CountStore`` in SQL. Called from the gateway's own thread, with a connection of its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections, transaction

from egide.policy.limits import Cell
from egide.ports import Count
from egide.workspace.limits.models import Counter

_NAMES: Final = (*Cell._fields, "value", "until", "changed")
_TABLE: Final = Counter._meta.db_table
# Plain SQL, the same for SQLite and PostgreSQL: the ORM cannot add to what is there in one statement.
_ADD: Final = (
    f"insert into {_TABLE} ({', '.join(_NAMES)}) values ({', '.join(['%s'] * len(_NAMES))})"  # noqa: S608 - ours
    f" on conflict ({', '.join(Cell._fields)}) do update set value = {_TABLE}.value + excluded.value,"
    " until = excluded.until, changed = excluded.changed"
)


class SqlCounts:
    """See ``ports.CountStore``."""

    def merge(self, added: Sequence[Count], since: float, now: float) -> Sequence[Count]:
        moment = _milliseconds(now)
        try:
            if added:
                # Always in the same order: two processes that wait for each other's rows would never end.
                rows = sorted((*c.cell, c.value, _milliseconds(c.until), moment) for c in added)
                with transaction.atomic(), connections[DEFAULT_DB_ALIAS].cursor() as cursor:
                    cursor.executemany(_ADD, rows)
            fresh = Counter.objects.filter(changed__gt=_milliseconds(since), until__gt=moment)
            found = list(fresh.values_list(*Cell._fields, "value", "until"))
        except DatabaseError:
            # A connection that broke is not used again.
            connections[DEFAULT_DB_ALIAS].close()
            raise
        return [Count(Cell(*names), value, until / 1000) for *names, value, until in found]

    def forget(self, now: float) -> None:
        Counter.objects.filter(until__lte=_milliseconds(now)).delete()

    def close(self) -> None:
        connections.close_all()


def _milliseconds(seconds: float) -> int:
    return int(1000 * seconds)

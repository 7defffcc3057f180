"""``/healthz``: the process answers. ``/readyz``: an exchange or a page would work now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping

from asgiref.sync import sync_to_async
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections, transaction
from django.utils import timezone
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

JOURNAL = "journal"
NO_STORE = {"cache-control": "no-store"}


async def healthz(request: Request) -> Response:
    """The event loop runs: nothing else is looked at."""
    return JSONResponse({"status": "ok"}, headers=NO_STORE)


async def readyz(request: Request) -> Response:
    """Each part by name. 503 as soon as one of them would fail an exchange or a page.

    Of the providers, how many are used, left alone, or on trial: as this process saw them.
    """
    checks: Mapping[str, Callable[[], bool]] = request.app.state.checks
    parts = {name: await sync_to_async(check)() for name, check in checks.items()}
    ready = all(parts.values())
    shown: dict[str, object] = {name: "ok" if fine else "failed" for name, fine in parts.items()}
    # Counts and no names: whoever may look need not know which services the company uses. One that fails
    # makes nothing unready: another server of ours would fare no better with it.
    if states := Counter(health.state for health in request.app.state.health().values()):
        shown["providers"] = dict(states)
    return JSONResponse({"status": "ok" if ready else "failed", **shown}, 200 if ready else 503, NO_STORE)


def readable() -> bool:
    """Whether the pages' database answers."""
    try:
        with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        connections[DEFAULT_DB_ALIAS].close()
        return False
    return True


def writable() -> bool:
    """Whether the journal's database takes a write: one is made, and taken back."""
    from egide.workspace.journalling.models import VaultEntry

    try:
        with transaction.atomic(using=JOURNAL):
            VaultEntry(scope="readyz", placeholder="readyz", saved_at=timezone.now()).save(using=JOURNAL)
            transaction.set_rollback(True, using=JOURNAL)
    except DatabaseError:
        connections[JOURNAL].close()
        return False
    return True

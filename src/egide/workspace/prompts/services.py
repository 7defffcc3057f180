"""What the rest of Égide asks of the library: forget what is too old."""

from __future__ import annotations

from datetime import datetime

from egide.workspace.prompts import cases, prepared


def purge(now: datetime) -> int:
    """Forget what was kept for the retention period. How many things there were."""
    return prepared.purge(now) + cases.purge(now)

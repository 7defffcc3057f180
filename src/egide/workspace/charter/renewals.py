"""What a new charter asks to be learned again."""

from __future__ import annotations

from datetime import datetime

from egide.workspace.charter.binding import current


def renewed() -> dict[str, datetime]:
    """The module of the training on the charter, since the version in force was published."""
    version = current()
    return {} if version is None else {"m8": version.at}

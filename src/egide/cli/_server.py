"""What commands that work on the installation share: its settings, and its databases."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from egide.settings import Settings


@contextmanager
def extra(part: str, name: str) -> Iterator[None]:
    """Turn the absence of an optional library into SettingsError EG-7005."""
    try:
        yield
    except ModuleNotFoundError as missing:
        if missing.name is None or missing.name.partition(".")[0] == "egide":
            raise
        from egide.errors import SettingsError

        raise SettingsError("EG-7005", part=part, extra=name) from None


@contextmanager
def installation() -> Iterator[Settings]:
    """The settings of this installation, with the workspace's services ready to be called."""
    from egide.settings import load

    settings = load()
    with extra("espace de travail", "server"):
        from egide.server.databases import workspace
    with workspace(settings):
        yield settings

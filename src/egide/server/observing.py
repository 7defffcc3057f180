"""Metrics of one process, when the settings ask for them."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

from egide.errors import SettingsError
from egide.settings import Settings

if TYPE_CHECKING:
    from egide.server.metrics import Metrics


def observing(settings: Settings) -> Metrics | None:
    """Raises SettingsError EG-7005 when the library is not installed."""
    if not settings.metrics:
        return None
    try:
        from egide.server.metrics import Metrics
    except ModuleNotFoundError:
        raise SettingsError("EG-7005", part="mesures pour Prometheus", extra="metrics") from None
    return Metrics()


def share_between_processes(settings: Settings) -> None:
    """Have the processes to come write their metrics where each can add them up. Before they start."""
    if settings.metrics:
        folder = settings.data_dir / "metrics"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(mode=0o700)
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)

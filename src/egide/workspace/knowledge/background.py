"""The thread that imports lists, one in each process: pages answer at once, the list comes when whole."""

from __future__ import annotations

from django.utils import timezone

from egide.workspace.background import Watcher
from egide.workspace.knowledge import drafts, imports


class Importer(Watcher):
    """``process`` is the name of the process, the same after a restart. An import that is being read when it
    stops is marked as interrupted; the period is for what waits without having been told, as after a restart.
    """

    name = "imports"

    def __init__(self, process: str, period: float = 5.0) -> None:
        super().__init__(period)
        self._process = process

    def start(self) -> None:
        """Mark what was being read when this process last died, then take up what waits."""
        imports.interrupt(self._process)
        super().start()

    def look(self) -> None:
        """Import all that waits."""
        drafts.purge(timezone.now())
        while not self.stopping and (one := imports.claim(self._process)) is not None:
            imports.run(one, lambda: not self.stopping)


wake_all = Importer.wake_all

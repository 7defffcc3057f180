"""The thread that empties the outbox, one in each process; the database lets one of them send at a time."""

from __future__ import annotations

from egide.workspace.background import Watcher
from egide.workspace.mail import outbox


class Sender(Watcher):
    """Sends what is queued, and plans the reminders of the day."""

    name = "mail"
    # One who is being answered by a slow server is not waited for longer: the mail says where it was.
    wait_to_stop = 3.0

    def __init__(self, period: float = 15.0) -> None:
        super().__init__(period)

    def look(self) -> None:
        outbox.work(lambda: not self.stopping)


wake_all = Sender.wake_all

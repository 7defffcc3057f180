from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from egide.server.purge import until_night

# In a process of its own: Django is configured once per process, from these settings.
SCRIPT = """
import json, sys
from datetime import UTC, timedelta
from egide.settings import load
from egide.server.databases import workspace
settings = load()
with workspace(settings):
    from django.utils import timezone
    from egide.server.purge import purge
    from egide.workspace.journalling.models import VaultEntry
    for name, days in (("fresh", 1), ("old", 40)):
        saved_at = timezone.now() - timedelta(days=days)
        entry = VaultEntry(scope="s", placeholder=name, label="PHONE", sealed=b"x", saved_at=saved_at)
        entry.save(using="journal")
    from egide.workspace.feedback.models import Proposal
    for digest, days in (("fresh", 1), ("old", 100)):
        changed_at = timezone.now() - timedelta(days=days)
        Proposal.objects.create(kind="hide", digest=digest, sealed=b"x", changed_at=changed_at)
    from egide.workspace.accounts.models import User
    from egide.workspace.justifications.models import Justification
    asker = User.objects.create_user("zoe@exemple.fr")
    for days in (1, 100):
        moment = timezone.now() - timedelta(days=days)
        Justification.objects.create(person=asker, approval=False, created_at=moment, expires_at=moment)
    from egide.workspace.prompts.models import Prepared
    for ref, days in (("fresh", 1), ("old", 100)):
        moment = timezone.now() - timedelta(days=days)
        Prepared.objects.create(owner=asker, ref=ref, sealed_text=b"x", created_at=moment)
    from egide.workspace.mail.models import Mail
    for key, days in (("fresh", 1), ("old", 100)):
        moment = timezone.now() - timedelta(days=days)
        ended = {"state": "sent", "expires_at": moment, "ended_at": moment}
        Mail.objects.create(person=asker, kind="digest", key=key, **ended)
    from egide.journal import Entry, chain
    from egide.workspace.journalling.store import SqlJournal
    times = [(timezone.now() - timedelta(days=days)).astimezone(UTC).isoformat() for days in (500, 400, 10)]
    SqlJournal().append(chain(None, "w", [Entry("refused", f"x{n}", at) for n, at in enumerate(times)]))
    done = purge(settings)
    left = list(VaultEntry.objects.using("journal").values_list("placeholder", flat=True))
print(json.dumps([done, left, list(Proposal.objects.values_list("digest", flat=True))]))
"""


def test_what_is_too_old_is_forgotten_and_the_rest_stays(tmp_path: Path) -> None:
    env = {
        **os.environ,
        "EGIDE_DATA_DIR": str(tmp_path),
        "EGIDE_VAULT_DAYS": "30",
        "EGIDE_JOURNAL_DAYS": "365",
    }
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=False, env=env
    )
    assert done.returncode == 0, done.stderr
    purged = {
        "conversations": 0,
        "vault": 1,
        "imports": 0,
        "proposals": 1,
        "justifications": 1,
        "prompts": 1,
        "mails": 1,
        "journal": 2,
    }
    assert json.loads(done.stdout) == [purged, ["fresh"], ["fresh"]]


@pytest.mark.parametrize(("hour", "hours"), [(0, 3), (2, 1), (3, 24), (12, 15), (23, 4)])
def test_it_is_done_at_night(hour: int, hours: int) -> None:
    assert until_night(datetime(2026, 11, 28, hour)) == timedelta(hours=hours)

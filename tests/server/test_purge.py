from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

# In a process of its own: Django is configured once per process, from these settings.
SCRIPT = """
import json, sys
from datetime import timedelta
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
    done = purge(settings)
    left = list(VaultEntry.objects.using("journal").values_list("placeholder", flat=True))
print(json.dumps([done, left, list(Proposal.objects.values_list("digest", flat=True))]))
"""


def test_what_is_too_old_is_forgotten_and_the_rest_stays(tmp_path: Path) -> None:
    env = {**os.environ, "EGIDE_DATA_DIR": str(tmp_path), "EGIDE_VAULT_DAYS": "30"}
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=False, env=env
    )
    assert done.returncode == 0, done.stderr
    purged = {"conversations": 0, "vault": 1, "imports": 0, "proposals": 1}
    assert json.loads(done.stdout) == [purged, ["fresh"], ["fresh"]]

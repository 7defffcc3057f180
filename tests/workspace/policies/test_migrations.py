"""What was in force before versions existed stays in force."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.server.conftest import clean

from egide.policy import Policy

OWN = Policy.load("strict").to_yaml().replace("name: strict", "name: maison", 1)
# Each choice as the former table kept it, then what is in force after the upgrade.
SCRIPT = """
import sys
from egide.workspace import setup
setup.start()
setup.migrate()
from django.core.management import call_command
from django.db import connection
from egide.errors import EgideError
from egide.workspace.policies import versions
for name, source in ((None, ""), ("open", ""), ("maison", sys.argv[1]), ("disparue", "")):
    call_command("migrate", "policies", "0001", verbosity=0)
    with connection.cursor() as cursor:
        if name is not None:
            row = [name, source, "2026-11-24 10:00:00"]
            cursor.execute(
                "INSERT INTO policies_policychoice (id, name, source, chosen_at) VALUES (1, %s, %s, %s)", row
            )
    call_command("migrate", "policies", verbosity=0)
    try:
        print(versions.in_force().version.rpartition("-")[0] or "prudent", versions.latest() is not None)
    except EgideError as refused:
        print(refused.code)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM policies_policyversion")
"""


def test_the_policy_in_force_survives_the_upgrade(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, OWN],
        env=clean(EGIDE_DATA_DIR=str(tmp_path)),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [
        "prudent False",
        f"{Policy.load('open').version} True",
        f"{Policy.from_yaml(OWN).version} True",
        "EG-6134",
    ]

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.cli.conftest import Run
from tests.workspace.mail.servers import box, free_port

SET = """
import sys
from egide.settings import load
from egide.server.databases import workspace
with workspace(load()):
    from django.utils import timezone
    from egide.workspace.accounts.models import User
    from egide.workspace.mail import invitations, relay
    from egide.workspace.mail.models import Relay
    server = Relay(host="127.0.0.1", port=int(sys.argv[1]), security="none",
                   sender_address="egide@exemple.fr", public_address="https://egide.exemple.fr")
    Relay.objects.all().delete()
    relay.keep(server, None, User.objects.get())
    invitations.invite(list(User.objects.all()), timezone.now())
"""


def _set(folder: Path, port: int) -> None:
    env = {**os.environ, "EGIDE_DATA_DIR": str(folder / "data")}
    subprocess.run([sys.executable, "-c", SET, str(port)], env=env, check=True, capture_output=True)


def test_mail_is_tried_counted_and_sent(egide: Run, tmp_path: Path) -> None:
    egide("user", "add", "--email", "julie@exemple.fr")
    with box() as (handler, port):
        _set(tmp_path, port)
        before = egide("mail", "status", "--json")
        assert json.loads(before.stdout) == {
            "set": True, "trouble": "", "waiting": 1, "sent": 0, "failed": 0, "uncertain": 0, "dropped": 0,
        }  # fmt: skip
        tried = egide("mail", "test", "--email", "julie@exemple.fr")
        assert (tried.returncode, tried.stdout) == (0, "Essai parti.\n"), tried.stderr
        sent = json.loads(egide("mail", "send", "--json").stdout)
        assert (sent["sent"] - sent["waiting"], len(handler.taken)) == (1, 2)
        told = egide("mail", "status").stdout
        assert "Envoyés en 30 jours" in told
        assert "julie" not in told


def test_what_is_wrong_is_told_and_leaves_with_1(egide: Run, tmp_path: Path) -> None:
    egide("user", "add", "--email", "julie@exemple.fr")
    none = [egide("mail", *words) for words in (("send",), ("test", "--email", "julie@exemple.fr"))]
    assert [(one.returncode, one.stderr[:7]) for one in none] == [(1, "EG-6591")] * 2
    assert "Aucun serveur" in egide("mail", "status").stdout
    _set(tmp_path, free_port())
    done = egide("mail", "test", "--email", "julie@exemple.fr")
    assert (done.returncode, done.stderr[:7]) == (1, "EG-6592")
    assert "refuse la connexion" in done.stderr
    assert "julie" not in done.stderr

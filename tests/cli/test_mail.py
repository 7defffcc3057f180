from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from tests.cli.conftest import Run
from tests.workspace.mail.servers import box, free_port, lines, scripted, until_data

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


LATER = """
import sys
from datetime import timedelta
from egide.settings import load
from egide.server.databases import workspace
with workspace(load()):
    from django.utils import timezone
    from egide.workspace.mail import outbox
    from egide.workspace.mail.models import Mail, Relay
    Relay.objects.update(port=int(sys.argv[1]))
    sent = outbox.send_all(lambda: timezone.now() + timedelta(minutes=6), lambda: True)
    print(sent, Mail.objects.get().state)
"""


@pytest.mark.parametrize(
    ("until", "after"), [("greeting", "1 sent"), ("recipient", "1 sent"), ("message", "0 uncertain")]
)
def test_a_process_killed_in_the_middle_loses_nothing_and_sends_nothing_twice(
    until: str, after: str, egide: Run, tmp_path: Path
) -> None:
    reached = threading.Event()

    def talk(one: socket.socket) -> None:
        if until == "greeting":
            reached.set()
        elif until == "recipient":
            one.sendall(b"220 here\r\n")
            for line in lines(one):
                if line.upper().startswith("RCPT"):
                    reached.set()
                    break
                one.sendall(b"250 OK\r\n")
        else:
            until_data(one, _take)
        one.recv(1)

    def _take(one: socket.socket) -> None:
        one.sendall(b"354 go on\r\n")
        for line in lines(one):
            if line == ".":
                reached.set()
                return

    egide("user", "add", "--email", "julie@exemple.fr")
    env = {**os.environ, "EGIDE_DATA_DIR": str(tmp_path / "data")}
    with scripted(talk) as port:
        _set(tmp_path, port)
        sending = subprocess.Popen([sys.executable, "-m", "egide.cli", "mail", "send"], env=env)
        assert reached.wait(60)
        sending.kill()
        sending.wait()
    with box() as (handler, port):
        done = subprocess.run(
            [sys.executable, "-c", LATER, str(port)], env=env, check=True, capture_output=True, text=True
        )
        assert done.stdout.strip() == after
        assert len(handler.taken) == int(after[0])

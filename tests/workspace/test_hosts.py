from __future__ import annotations

import socket

from egide.settings import Settings
from egide.workspace.hosts import allowed, trusted_origins


def test_one_machine_answers_to_loopback_only() -> None:
    assert allowed(Settings()) == ["localhost", "127.0.0.1", "[::1]"]


def test_an_address_listened_on_is_accepted() -> None:
    assert "192.168.1.10" in allowed(Settings(host="192.168.1.10"))
    assert "[fd00::1]" in allowed(Settings(host="fd00::1"))


def test_listening_everywhere_accepts_the_name_of_the_machine_not_any_name() -> None:
    names = allowed(Settings(host="0.0.0.0"))  # noqa: S104 - not bound to
    assert socket.gethostname().lower() in names
    assert "*" not in names


def test_the_public_address_is_accepted_with_its_forms() -> None:
    settings = Settings(public_url="https://egide.entreprise.example:8443/")
    assert "egide.entreprise.example" in allowed(settings)
    assert trusted_origins(settings) == ["https://egide.entreprise.example:8443"]
    assert trusted_origins(Settings()) == []

from __future__ import annotations

import re
from collections.abc import Callable

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from egide.policy import Role
from egide.workspace import wiring
from egide.workspace.accounts.models import User
from egide.workspace.keys.models import AccessKey
from egide.workspace.usages import services as usages


def _create(client: Client) -> str:
    me = User.objects.get()
    response = client.post("/cles/creer/", {"person": me.public_id, "usage": "assistance", "name": "Script"})
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    found = re.search(r'value="(egd_[^"]+)"', response.content.decode())
    assert found is not None
    return found[1]


def test_a_key_is_shown_once(browser: Callable[..., Client]) -> None:
    client = browser(Role.PILOT)
    client.get("/cles/creer/")
    key = _create(client)
    assert AccessKey.objects.get().digest == wiring.keyring().key_digest(key)
    page = client.get("/cles/").content.decode()
    assert key not in page
    assert key[:8] in page
    assert "Script" in page


def test_who_must_first_read_the_notice_is_told(
    browser: Callable[..., Client], person: Callable[..., User]
) -> None:
    client = browser(Role.PILOT)
    client.get("/cles/creer/")
    other = person(email="julie@entreprise.example", informed=False)
    for owner, said in ((User.objects.get(role=Role.PILOT), False), (other, True)):
        told = {"person": owner.public_id, "usage": "assistance"}
        assert ("EG-6151" in client.post("/cles/creer/", told).content.decode()) is said
    page = client.get("/cles/").content.decode()
    assert page.count("Attend la lecture") == 1
    assert page.count("eg-badge-good") == 1


def test_a_revoked_key_says_so(browser: Callable[..., Client]) -> None:
    client = browser(Role.PILOT)
    client.get("/cles/creer/")
    _create(client)
    made = AccessKey.objects.get()
    client.post(f"/cles/{made.public_id}/revoquer/")
    made.refresh_from_db()
    assert made.revoked_at is not None
    assert "Révoquée" in client.get("/cles/").content.decode()


def test_an_empty_list_says_what_a_key_is_for(browser: Callable[..., Client]) -> None:
    assert "Aucune clé" in browser(Role.PILOT).get("/cles/").content.decode()


def test_a_page_of_the_list_asks_as_much_whatever_the_number_of_keys(
    browser: Callable[..., Client], person: Callable[..., User]
) -> None:
    client = browser(Role.PILOT)
    usage, owner, asked = usages.default(), person(email="zoe@entreprise.example"), []
    client.get("/cles/")
    for start, end in ((0, 3), (3, 120)):
        AccessKey.objects.bulk_create(
            AccessKey(
                person=owner,
                usage=usage,
                digest=str(number),
                beginning="egd_abcd",
            )
            for number in range(start, end)
        )
        with CaptureQueriesContext(connection) as seen:
            page = client.get("/cles/").content.decode()
        asked.append(len(seen))
    assert asked[0] == asked[1]
    assert page.count("egd_abcd…</code>") == 50
    assert "Page 1 sur 3" in page

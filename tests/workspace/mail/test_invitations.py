from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.workspace.mail.conftest import kept
from tests.workspace.mail.servers import Box, free_port

from egide.errors import WorkspaceError
from egide.policy import Role
from egide.workspace.accounts import services as accounts
from egide.workspace.accounts.models import OneTimeLink, User
from egide.workspace.company import services as company
from egide.workspace.mail import invitations, outbox
from egide.workspace.mail.models import Mail
from egide.workspace.sso.models import SingleSignOn

Person = Callable[..., User]
Browser = Callable[..., Client]
LINK = re.compile(r"https://egide\.entreprise\.example(/lien/[\w-]+/)")


def _page(client: Client, url: str = "/personnes/") -> str:
    return unescape(client.get(url).content.decode())


def _send() -> int:
    return outbox.send_all(timezone.now, lambda: True)


def _path(box: Box, number: int = -1) -> str:
    found = LINK.search(box.taken[number].get_body(("plain",)).get_content())  # type: ignore[union-attr]
    assert found is not None
    return found[1]


def test_a_person_is_invited_in_one_click_and_comes_in(mailbox: Box, browser: Browser) -> None:
    company.rename("Menuiserie <Perrin>")
    pilot = browser(Role.PILOT)
    told = {"email": "zoe@x.example", "name": "Zoé & Cie", "role": "collaborator", "department": ""}
    shown = pilot.post("/personnes/inviter/", told).content.decode()
    zoe = User.objects.get(email="zoe@x.example")
    action = f"/personnes/{zoe.public_id}/courriel/"
    assert action in shown
    done = unescape(pilot.post(action, follow=True).content.decode())
    assert "1 courriel en route" in done
    assert "Courriel en attente" in done
    assert _send() == 1
    assert "Courriel envoyé" in _page(pilot)
    mail = mailbox.taken[0]
    assert (mail["To"], mail["Subject"]) == ("zoe@x.example", "Votre accès à Égide")
    assert str(mail["From"]) == "Égide <egide@entreprise.example>"
    html = mail.get_body(("html",)).get_content()  # type: ignore[union-attr]
    assert "Zoé &amp; Cie" in html
    assert "Menuiserie &lt;Perrin&gt;" in html
    assert 'lang="fr"' in html
    assert "Zoé & Cie" in mail.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert LINK.search(html)[1] == _path(mailbox)  # type: ignore[index]
    came = Client().post(_path(mailbox), {"password": "quatre lampes vertes"})
    assert (came.status_code, came.headers["Location"]) == (302, "/")


def test_the_link_of_the_mail_works_and_the_ones_before_do_not(
    mailbox: Box, browser: Browser, person: Person
) -> None:
    zoe = person(email="zoe@x.example")
    before = accounts.new_link(zoe)
    invitations.invite([zoe], timezone.now())
    _send()
    assert Client().get(before.split("8484", 1)[-1]).status_code == 410
    assert Client().get(_path(mailbox)).status_code == 200


def test_a_whole_import_is_sent_at_once(mailbox: Box, browser: Browser) -> None:
    pilot = browser(Role.PILOT)
    text = "courriel;nom\n" + "".join(f"p{n}@x.example;P {n}\n" for n in range(30))
    pilot.post("/personnes/importer/", {"file": SimpleUploadedFile("a.csv", text.encode())})
    made = pilot.post("/personnes/importer/creer/", {"text": text}).content.decode()
    ids = re.search(r'name="people" value="([^"]+)"', made)
    assert ids is not None
    done = pilot.post("/personnes/courriels/", {"people": ids[1]}, follow=True).content.decode()
    assert "30 courriels en route" in done
    assert _send() == 30
    assert len({_path(mailbox, n) for n in range(30)}) == 30
    again = unescape(pilot.post("/personnes/courriels/", {"people": ids[1]}, follow=True).content.decode())
    assert "Laissés de côté, car un courriel vient de leur être envoyé : 30" in again
    assert _send() == 0


def _close_passwords() -> None:
    label = "Compte <maison>"
    SingleSignOn.objects.update_or_create(
        pk=1, defaults={"is_on": True, "passwords_closed": True, "label": label}
    )


def test_with_passwords_closed_the_letter_leads_to_the_sign_in_page(
    mailbox: Box, browser: Browser, person: Person
) -> None:
    zoe, chief = person(email="zoe@x.example"), person(Role.ADMIN, email="chef@x.example")
    _close_passwords()
    admin = browser(Role.ADMIN)
    done = unescape(admin.post(f"/personnes/{zoe.public_id}/courriel/", follow=True).content.decode())
    assert "1 courriel en route ; il conduit à la page de connexion" in done
    assert not OneTimeLink.objects.exists()
    assert _send() == 1
    for kind in ("plain", "html"):
        body = mailbox.taken[0].get_body((kind,)).get_content()  # type: ignore[union-attr]
        assert "https://egide.entreprise.example/connexion/" in body
        assert "/lien/" not in body
        assert "Compte <maison>" in unescape(body)
    assert "<maison>" not in body
    shown = admin.post(f"/personnes/{zoe.public_id}/lien/").content.decode()
    assert "écrire à zoe@x.example où se connecter" in shown
    invitations.invite([chief], timezone.now())
    assert _send() == 1
    assert Client().get(_path(mailbox)).status_code == 200


def test_passwords_that_close_or_open_while_a_mail_waits(mailbox: Box, person: Person) -> None:
    zoe, luc = person(email="zoe@x.example"), person(email="luc@x.example")
    invitations.invite([zoe], timezone.now())
    _close_passwords()
    assert _send() == 1
    assert "/connexion/" in mailbox.taken[0].get_body(("plain",)).get_content()  # type: ignore[union-attr]
    invitations.invite([luc], timezone.now())
    SingleSignOn.objects.update(is_on=False)
    assert _send() == 0, "nothing would open"


def test_clicking_again_and_again_sends_one_and_five_a_day_at_most(
    mailbox: Box, browser: Browser, person: Person
) -> None:
    zoe, now = person(email="zoe@x.example"), timezone.now()
    pilot, url = browser(Role.PILOT), f"/personnes/{zoe.public_id}/courriel/"
    pages = [unescape(pilot.post(url, follow=True).content.decode()) for _ in range(3)]
    assert ["vient d'être demandé" in page for page in pages] == [False, True, True]
    assert (_send(), len(mailbox.taken)) == (1, 1)
    Mail.objects.all().delete()
    for hour in range(5):
        invitations.invite([zoe], now + timedelta(hours=hour))
    with pytest.raises(WorkspaceError, match="EG-6593"):
        invitations.invite([zoe], now + timedelta(hours=6))


def test_so_many_in_an_hour_and_no_more(
    mailbox: Box, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(invitations, "MOST_AN_HOUR", 3)
    people = [person(email=f"p{n}@x.example") for n in range(4)]
    with pytest.raises(WorkspaceError, match="EG-6594"):
        invitations.invite(people, timezone.now())
    assert not Mail.objects.exists()
    assert invitations.invite(people[:3], timezone.now()) == 3
    with pytest.raises(WorkspaceError, match="EG-6594"):
        invitations.invite(people[3:], timezone.now())
    assert invitations.invite(people[3:], timezone.now() + timedelta(hours=2)) == 1


def test_a_link_that_another_replaced_does_not_leave(mailbox: Box, person: Person) -> None:
    zoe = person(email="zoe@x.example")
    invitations.invite([zoe], timezone.now())
    accounts.new_link(zoe)
    assert (_send(), mailbox.taken) == (0, [])
    assert "n'était plus utile" in invitations.standings([zoe])[zoe.pk].words


def test_a_failure_is_shown_with_its_reason_and_is_sent_again(
    mailbox: Box, browser: Browser, person: Person
) -> None:
    zoe = person(email="zoe@x.example")
    pilot, url = browser(Role.PILOT), f"/personnes/{zoe.public_id}/courriel/"
    mailbox.answer = lambda step: "550 unknown zoe@x.example" if step == "RCPT" else None
    pilot.post(url)
    _send()
    page = _page(pilot)
    assert "Courriel non envoyé : le serveur refuse l'adresse de la personne (réponse 550)" in page
    assert "Renvoyer un lien" in page
    mailbox.answer = lambda step: None
    Mail.objects.update(created_at=timezone.now() - timedelta(minutes=6))
    pilot.post(url)
    assert _send() == 1


def test_a_pilot_writes_to_collaborators_only(mailbox: Box, browser: Browser, person: Person) -> None:
    chief = person(Role.ADMIN)
    pilot = browser(Role.PILOT)
    assert pilot.post(f"/personnes/{chief.public_id}/courriel/").status_code == 403
    zoe = person(email="zoe@x.example")
    both = {"people": f"{zoe.public_id} {chief.public_id}"}
    assert pilot.post("/personnes/courriels/", both).status_code == 403
    assert not Mail.objects.exists()
    assert browser(Role.ADMIN).post(f"/personnes/{chief.public_id}/courriel/").status_code == 302
    assert Mail.objects.count() == 1


def test_who_has_no_access_any_more_gets_nothing(mailbox: Box, browser: Browser, person: Person) -> None:
    zoe = person(email="zoe@x.example", is_active=False)
    page = browser(Role.PILOT).post(f"/personnes/{zoe.public_id}/courriel/", follow=True)
    assert "n'a plus accès" in unescape(page.content.decode())
    luc = person(email="luc@x.example")
    invitations.invite([luc], timezone.now())
    accounts.set_active(luc, False)
    assert (_send(), mailbox.taken) == (0, [])


def test_without_a_server_everything_is_as_before_and_pages_say_so(
    db: None, browser: Browser, person: Person
) -> None:
    zoe, pilot = person(email="zoe@x.example"), browser(Role.PILOT)
    shown = unescape(pilot.post(f"/personnes/{zoe.public_id}/lien/").content.decode())
    assert "/lien/" in shown
    assert "aucun serveur n'est réglé" in shown
    assert "Envoyer un lien" not in _page(pilot)
    page = unescape(pilot.post(f"/personnes/{zoe.public_id}/courriel/", follow=True).content.decode())
    assert "Aucun serveur de courriel n'est réglé" in page
    assert not Mail.objects.exists()


def test_the_list_asks_as_much_for_fifty_as_for_two(db: None, browser: Browser, person: Person) -> None:
    kept(free_port())
    pilot = browser(Role.PILOT)

    def asked(count: int) -> int:
        people = [person(email=f"{count}-{n}@x.example", informed=False) for n in range(count)]
        invitations.invite(people, timezone.now())
        with CaptureQueriesContext(connection) as queries:
            pilot.get("/personnes/")
        return len(queries)

    assert asked(2) == asked(40)


def test_a_name_made_to_write_headers_writes_none(mailbox: Box, person: Person) -> None:
    zoe = person(email="zoe@x.example", name="Zoé\r\nBcc: tous@x.example\r\n\r\nCorps")
    invitations.invite([zoe], timezone.now())
    assert _send() == 1
    mail = mailbox.taken[0]
    assert (mail["Bcc"], mailbox.recipients) == (None, ["zoe@x.example"])
    assert mail["Auto-Submitted"] == "auto-generated"

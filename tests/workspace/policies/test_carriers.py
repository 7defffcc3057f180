"""What leaves of pictures and recordings: the page, the draft, the comparison, the trial."""

from __future__ import annotations

from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client
from tests.workspace.policies.conftest import Read

from egide.policy import Pictures, Policy, Role, Speech, Trust
from egide.policy.editing import with_carriers
from egide.workspace.policies import drafts, versions

PAGE = "/politique/brouillon/images-et-sons/"
NOW = {trust.value: Policy.default().document.pictures[trust].value for trust in Trust}
OPEN = {**NOW, "european": "masked", "speech": "local"}


def _save(client: Client, **told: object) -> str:
    draft = drafts.current()
    sent = {"seen": draft.revision if draft else 0, "speech": "refused", **NOW, **told}
    answer = client.post(PAGE, sent, follow=True)
    return " ".join(unescape(answer.content.decode()).split())


def test_the_form_shows_what_is_in_force(pilot: Client, read: Read) -> None:
    page = read(PAGE)
    assert page.count('<option value="text" selected>') == 3
    assert page.count('<option value="masked" selected>') == 1
    assert '<option value="refused" selected>Refusé : rien ne part</option>' in page
    assert "Aucun enregistrement vocal n'est envoyé" in read("/politique/")


def test_a_choice_is_a_draft_is_compared_and_asks_why(pilot: Client, read: Read) -> None:
    page = _save(pilot, **OPEN)
    said = (
        "Les images, remplacées par leur texte masqué jusqu'ici pour un service européen sous contrat, y sont"
        " désormais envoyées avec les lignes à masquer recouvertes."
    )
    assert f'{said} <span class="eg-badge eg-badge-bad">Sensible</span>' in page
    assert "Les enregistrements vocaux, refusés jusqu'ici, partent désormais tels quels" in page
    assert "des données sensibles pourront sortir" in read("/politique/brouillon/publier/")
    draft = drafts.current()
    assert draft is not None
    published = drafts.publish(draft.revision, 0, None, "Copies d'écran", "Nos images sont des écrans")
    document = versions.policy_of(published).document
    assert (document.pictures[Trust.EUROPEAN], document.speech) == (Pictures.MASKED, Speech.LOCAL)
    assert said in read("/politique/versions/", de="0", a="1")
    assert "Un enregistrement vocal part tel quel" in read("/politique/versions/1/")
    assert "speech: local" in pilot.get("/politique/versions/1/export.yaml").content.decode()


def test_what_the_form_does_not_offer_is_refused(pilot: Client) -> None:
    for told in ({"public": "tout"}, {"speech": "public"}, {"local": ""}):
        assert "is-invalid" in _save(pilot, **told)
        assert drafts.current() is None


def test_an_older_page_changes_nothing(pilot: Client) -> None:
    _save(pilot, **OPEN)
    assert "a changé entre-temps" in _save(pilot, seen="0", speech="refused")
    assert drafts.document_of(drafts.current()).speech is Speech.LOCAL


@pytest.mark.parametrize("role", Role)
def test_only_who_may_change_the_policy_sees_and_changes_it(
    browser: Callable[..., Client], role: Role
) -> None:
    client = browser(role)
    expected = 403 if role is Role.COLLABORATOR else 200
    assert client.get(PAGE).status_code == expected
    client.post(PAGE, {"seen": 0, **OPEN})
    assert (drafts.current() is None) == (role is Role.COLLABORATOR)


def test_the_trial_tells_what_becomes_of_a_picture_and_of_a_recording(pilot: Client, detection: None) -> None:
    pictures = dict.fromkeys(Trust, Pictures.REFUSED)
    drafts.replace(with_carriers(Policy.default().document, pictures, Speech.LOCAL), 0, None)
    sent = {"texte": "Bonjour.", "usage": "", "role": "collaborator"}
    for service, rows in (("public", 1), ("local", 2)):
        answer = pilot.post("/politique/brouillon/essai/", {**sent, "service": service})
        page = " ".join(unescape(answer.content.decode()).split())
        assert "Une image jointe fait refuser la demande" in page
        assert '<th scope="row">image jointe</th>' in page
        assert page.count('<td data-title="Qui le dit">entreprise</td>') == rows
        assert ('<th scope="row">enregistrement vocal</th>' in page) == (service == "local")


def test_everyone_reads_it_in_their_rules(browser: Callable[..., Client]) -> None:
    page = unescape(browser(Role.COLLABORATOR).get("/mes-regles/").content.decode())
    assert page.count("<li>Une image jointe") == len(Trust)

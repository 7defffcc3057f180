from __future__ import annotations

from collections.abc import Callable

import pypdfium2
from django.test import Client

from egide.policy import Role
from egide.reference.autodiagnostic import questionnaire
from egide.workspace.accounts.models import User
from egide.workspace.actions.models import Action
from egide.workspace.company import services as company
from egide.workspace.diagnosis import services
from egide.workspace.diagnosis.report import report

HOSTILE = 'Atelier <b>"Cœur & Fils"</b> #panic("x")'


def _text(client: Client, pk: int) -> str:
    answer = client.get(f"/autodiagnostic/{pk}/rapport.pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Cache-Control"] == "no-store"
    document = pypdfium2.PdfDocument(answer.content)
    assert document.is_tagged()
    return " ".join(" ".join(page.get_textpage().get_text_bounded() for page in document).split())


def test_it_holds_the_figures_the_plan_and_the_actions(
    browser: Callable[..., Client], person: Callable[..., User]
) -> None:
    client = browser(Role.PILOT)
    pilot = User.objects.get()
    company.rename(HOSTILE)
    first = services.start(pilot)
    for question in questionnaire().questions:
        services.answer(first.pk, question.id, "2", pilot)
    services.finish(first.pk)
    diagnosis = services.start(pilot)
    for question in questionnaire().questions[:20]:
        services.answer(diagnosis.pk, question.id, "1", pilot)
    services.answer(diagnosis.pk, "do2", "0", pilot)
    services.answer(diagnosis.pk, "st5", "none", pilot)
    client.post(f"/autodiagnostic/{diagnosis.pk}/actions/do2/")
    text = _text(client, diagnosis.pk)
    assert HOSTILE in text
    assert "Provisoire : le score porte sur 20 des 40 questions (50 %)" in text
    assert "Points critiques au plus bas" in text
    assert "1. Passer par la passerelle" in text
    assert "À faire : pilot@entreprise.example, avant le" in text
    assert "Évolution" in text
    assert "Sans objet, donc hors du calcul" in text
    assert "36 points de moins que le" in text
    page = client.get(f"/autodiagnostic/{diagnosis.pk}/resultat/").content.decode()
    assert "36 points de moins que le" in page

    # The page is said in English, the report stays in French.
    client.cookies["egide-language"] = "en"
    page = client.get(f"/autodiagnostic/{diagnosis.pk}/resultat/").content.decode()
    assert "36 points less than on" in page
    assert "rests on 20 of the 40 questions (50%)" in page
    assert "Score by theme, from 0 in the middle to 100 at the edge." in page
    assert _text(client, diagnosis.pk) == text


def test_an_empty_one_is_made_too(person: Callable[..., User]) -> None:
    assert report(services.start(person(Role.PILOT))).startswith(b"%PDF")


def test_a_remedy_becomes_one_action(browser: Callable[..., Client]) -> None:
    client = browser(Role.PILOT)
    diagnosis = services.start(User.objects.get())
    services.answer(diagnosis.pk, "do2", "0", User.objects.get())
    result = f"/autodiagnostic/{diagnosis.pk}/resultat/"
    assert "Ajouter aux actions" in client.get(result).content.decode()
    for _ in range(2):
        assert client.post(f"/autodiagnostic/{diagnosis.pk}/actions/do2/").status_code == 302
    made = Action.objects.get()
    assert (made.reference, made.shared, made.about) == ("do2", True, None)
    assert f'href="/actions/{made.pk}/"' in client.get(result).content.decode()
    assert client.post(f"/autodiagnostic/{diagnosis.pk}/actions/zz9/").status_code == 404
    assert browser(Role.COLLABORATOR).post(f"/autodiagnostic/{diagnosis.pk}/actions/do2/").status_code == 403
    assert browser(Role.COLLABORATOR).get(f"/autodiagnostic/{diagnosis.pk}/rapport.pdf").status_code == 403

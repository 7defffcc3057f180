from __future__ import annotations

import asyncio
import json
import logging
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests.workspace.assistant.conftest import PROVIDERS, Echo
from tests.workspace.prompts.conftest import content

from egide.errors import GatewayError, PseudonymisationError, WorkspaceError
from egide.policy import Role
from egide.workspace import wiring
from egide.workspace.accounts.models import User
from egide.workspace.notice import services as notice
from egide.workspace.prompts import cases, own, sealing, trying
from egide.workspace.prompts.models import Case, Trial
from egide.workspace.providers import services as providers
from egide.workspace.usages import services as usages
from egide.workspace.usages.models import Usage

PAGE = "/demandes-types/com-relance/essais/"
VALUES = {"objet": "Devis de Mme Zoé Lefèvre", "ton": "sobre"}


@pytest.fixture
def echo(db: None) -> Iterator[Echo]:
    """The gateway of the test, wired to the pages, and two providers."""
    usages.default()
    for one in PROVIDERS:
        providers.add_provider(one.name, one.kind, one.base_url, one.trust, models=one.models)
    led: Any = Echo()
    before = wiring._wiring
    wiring.wire(led, wiring.keyring())
    yield led
    wiring._wiring = before


def _person(email: str, role: Role = Role.COLLABORATOR) -> User:
    made = User.objects.create_user(email, role)
    notice.acknowledge(made, notice.version())
    return made


@pytest.fixture
def luc(db: None) -> User:
    return _person("luc@exemple.fr")


@pytest.fixture
def client(echo: Echo, luc: User) -> Client:
    signed_in = Client()
    signed_in.force_login(luc)
    return signed_in


def _case(owner: User, must: tuple[str, ...] = ("Zoé Lefèvre",), must_not: tuple[str, ...] = ()) -> Case:
    return cases.save(owner, "com-relance", "Cas simple", VALUES, must, must_not, timezone.now())


def _run(client: Client, target: str = "ailleurs|a", case: str = "") -> Any:
    return client.post(f"{PAGE}lancer/", {"target": target, "case": case})


def _trial() -> Trial:
    return Trial.objects.select_related("case__owner").get()


def test_a_case_goes_through_the_gateway_as_a_message_of_the_assistant(
    client: Client, echo: Echo, luc: User, caplog: pytest.LogCaptureFixture
) -> None:
    _case(luc, ("zoe lefevre", "devis", "facture"), ("remise",))
    with caplog.at_level(logging.INFO):
        answer = _run(client)
    assert (answer.status_code, answer["Location"]) == (302, PAGE)
    ((turns, adjustments),) = echo.asked
    assert turns[0].text.startswith(
        "Écris un courriel de relance pour un devis envoyé il y a « à compléter »"
    )
    assert (adjustments.keep, adjustments.hide, adjustments.justification) == (frozenset(), frozenset(), "")
    trial = _trial()
    # The echo repeats the prompt itself, which says « remise ».
    assert (trial.passed, trial.wanted, trial.absent, trial.unwanted) == (False, 3, 1, 1)
    assert b"Lef" not in bytes(trial.sealed_answer) + bytes(trial.case.sealed)
    assert "Lefèvre" in sealing.open_answer(trial)
    assert "Lefèvre" not in caplog.text
    page = unescape((client.get(PAGE)).content.decode())
    assert "échoué" in page
    assert "Il manque 1 des 3 mots voulus. 1 mot de trop" in page


def test_an_answer_that_is_as_wanted_passes(client: Client, echo: Echo, luc: User) -> None:
    case = _case(luc)
    _run(client, case=str(case.pk))
    trial = _trial()
    assert (trial.passed, trial.provider, trial.model) == (True, "ailleurs", "a")


def test_what_would_need_a_reason_is_not_sent(client: Client, echo: Echo, luc: User) -> None:
    def sick() -> Case:
        told = {**VALUES, "objet": "Mme Zoé Lefèvre est diabétique"}
        return cases.save(luc, "com-relance", "Santé", told, ("x",), (), timezone.now())

    sick()
    _run(client)
    trial = _trial()
    assert (trial.passed, trial.code, bytes(trial.sealed_answer), echo.asked) == (False, "EG-6477", b"", [])
    assert "La politique ne laisse pas partir" in unescape((client.get(PAGE)).content.decode())


@pytest.mark.parametrize(
    ("failure", "code"),
    [(GatewayError("EG-4009", provider="x", status=500), "EG-4009"), (OSError("Lefèvre"), "EG-6109")],
)
def test_a_failure_is_kept_by_its_code(
    client: Client,
    echo: Echo,
    luc: User,
    caplog: pytest.LogCaptureFixture,
    failure: Exception,
    code: str,
) -> None:
    _case(luc)
    echo.fail, echo.fail_after = failure, 1
    _run(client)
    trial = _trial()
    assert (trial.passed, trial.code, bytes(trial.sealed_answer)) == (False, code, b"")
    assert "Lefèvre" not in caplog.text


def test_a_model_that_never_ends_is_stopped(
    client: Client, echo: Echo, luc: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trying, "LONGEST", 0.05)
    _case(luc)
    echo.gate = asyncio.Event()
    _run(client)
    assert (_trial()).code == "EG-6478"
    assert echo.ended.is_set()


def test_all_cases_are_tried_some_at_the_same_time(
    client: Client, echo: Echo, luc: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_once = [0]
    free = echo.answer

    async def slow(*asked: Any, **told: Any) -> Any:
        running.add(name := object())
        at_once.append(len(running))
        await asyncio.sleep(0.01)
        async for delta in free(*asked, **told):
            yield delta
        running.remove(name)

    running: set[object] = set()
    monkeypatch.setattr(echo, "answer", slow)
    for _ in range(10):
        _case(luc)
    _run(client)
    assert Trial.objects.filter(passed=True).count() == 10
    assert 2 <= max(at_once) <= trying.AT_ONCE


def test_a_page_with_a_script_tries_the_cases_one_after_the_other(
    client: Client, echo: Echo, luc: User
) -> None:
    first, second = _case(luc), _case(luc)
    step = {"HX-Request": "true"}
    begun = client.post(f"{PAGE}lancer/", {"target": "ailleurs|a"}, headers=step).content.decode()
    assert not echo.asked
    told = [json.loads(unescape(vals)) for vals in re.findall('hx-vals="([^"]*)"', begun)]
    assert {one["case"] for one in told} == {str(first.pk), str(second.pk)}
    for number, one in enumerate(told, start=1):
        done = client.post(f"{PAGE}lancer/", one, headers=step)
        assert "réussi" in done.content.decode()
        assert (Trial.objects.count(), len(echo.asked)) == (number, number)
    for wrong, status in (({"target": "inconnu|a"}, 404), ({"target": "ailleurs|a", "case": "x"}, 404)):
        assert client.post(f"{PAGE}lancer/", wrong, headers=step).status_code == status
    browser = Client()
    browser.force_login(User.objects.create_user("neuf@exemple.fr"))
    sent = browser.post(f"{PAGE}lancer/", {"target": "ailleurs|a"}, headers=step)
    assert sent["HX-Redirect"].startswith("/information/lire/")


@pytest.mark.parametrize("target", ["", "inconnu|a", "ailleurs|inconnu", "ailleurs|a|b", "|"])
def test_a_service_or_a_model_that_is_not_offered_is_refused(client: Client, luc: User, target: str) -> None:
    _case(luc)
    assert (_run(client, target)).status_code == 404


def test_nobody_tries_reads_or_deletes_anothers_case(client: Client, echo: Echo, luc: User) -> None:
    case = _case(luc)
    _run(client)
    for role in Role:
        other = _person(f"{role}@exemple.fr", role)
        browser = Client()
        browser.force_login(other)
        page = (browser.get(PAGE)).content.decode()
        assert "Cas simple" not in page
        assert "Lefèvre" not in page
        assert (_run(browser, case=str(case.pk))).status_code == 404
        assert (browser.post(f"{PAGE}{case.pk}/supprimer/")).status_code == 404
        _run(browser)
    assert Trial.objects.count() == 1
    assert (client.post(f"{PAGE}{case.pk}/supprimer/")).status_code == 302
    assert Trial.objects.count() == 0


def test_trials_are_for_those_who_may_use_the_prompt_and_know_what_is_recorded(
    client: Client, luc: User
) -> None:
    def draft_of_another() -> str:
        return str(own.write(_person("zoe@exemple.fr"), content(), timezone.now()).pk)

    ref = draft_of_another()
    assert (client.get(f"/demandes-types/{ref}/essais/")).status_code == 404
    assert (client.post(f"/demandes-types/{ref}/essais/lancer/")).status_code == 404
    assert (Client().post(f"{PAGE}lancer/")).status_code == 302
    new = User.objects.create_user("neuf@exemple.fr")
    browser = Client()
    browser.force_login(new)
    assert (browser.get(PAGE))["Location"].startswith("/information/lire/")
    assert (_run(browser))["Location"].startswith("/information/lire/")


def test_the_authors_draft_is_what_is_tried(zoe: User, share: Callable[..., Any]) -> None:
    ref = str(share().pk)
    own.write(zoe, content(template="Autre {{chose}}"), timezone.now(), ref)
    assert cases.content(zoe, ref).variables == ("chose",)


def test_a_case_is_saved_by_a_form_and_its_hostile_text_stays_text(
    browser: Callable[..., Client], zoe: User
) -> None:
    client = browser(Role.COLLABORATOR)
    written = {"name": "<b>Cas</b>", "must": "{{ton}}\n\n<i>", "must_not": "", "v-objet": "{{ton}} <script>"}
    assert client.post(PAGE, written).status_code == 302
    (saved,) = [cases.opened(row) for row in cases.mine(zoe, "com-relance")]
    assert (saved.must, saved.values["objet"]) == (("{{ton}}", "<i>"), "{{ton}} <script>")
    raw = client.get(PAGE).content.decode()
    assert "&lt;b&gt;Cas&lt;/b&gt;" in raw
    for wrong in ({**written, "must": " \n "}, {**written, "name": ""}):
        assert client.post(PAGE, wrong).status_code == 200
    assert Case.objects.count() == 1


def test_cases_are_few_sealed_in_their_place_and_forgotten(zoe: User, anne: User) -> None:
    rows = [_case(zoe) for _ in range(cases.MOST)]
    with pytest.raises(WorkspaceError, match="EG-6480"):
        _case(zoe)
    Case.objects.filter(pk=rows[0].pk).update(owner=anne)
    with pytest.raises(PseudonymisationError):
        cases.opened(cases.find(anne, "com-relance", rows[0].pk))
    for number in range(cases.KEPT + 2):
        cases.keep(
            rows[1], "maison", "petit", None, "EG-6478", "", timezone.now() + timedelta(seconds=number)
        )
    assert Trial.objects.count() == cases.KEPT
    assert cases.purge(timezone.now() + timedelta(days=10_000)) == cases.MOST
    cases.keep(rows[1], "maison", "petit", None, "EG-6478", "", timezone.now())
    assert not Trial.objects.exists(), "the case was deleted meanwhile"


def test_a_persons_cases_go_with_them(zoe: User) -> None:
    cases.keep(_case(zoe), "maison", "petit", None, "EG-6478", "une réponse", timezone.now())
    zoe.delete()
    assert not Case.objects.exists()
    assert not Trial.objects.exists()


def _private(owner: User) -> str:
    """A prompt of theirs that is not for personal data, with a case that holds some."""
    written = content(masked=(), template="Notes : {{notes}}")
    ref = str(own.write(owner, written, timezone.now()).pk)
    cases.save(owner, ref, "Visite", {"notes": "M. Luc Morel, 06 12 34 56 78"}, ("Luc",), (), timezone.now())
    return f"/demandes-types/{ref}/essais/"


def test_a_trial_says_first_what_the_assistant_would_warn_of(client: Client, echo: Echo, luc: User) -> None:
    address = _private(luc)
    target = {"target": "ailleurs|a", "case": ""}
    page = unescape(client.post(f"{address}lancer/", target).content.decode())
    assert "n'est pas faite pour ces données" in page
    assert "Rien n'est encore parti" in page
    assert "06 12" not in page
    assert (echo.asked, Trial.objects.count()) == ([], 0)
    seen = page.split('name="seen" value="')[1].split('"')[0]
    elsewhere = {**target, "target": "ailleurs|b", "seen": seen}
    assert client.post(f"{address}lancer/", elsewhere).status_code == 200, "said of another model"
    assert echo.asked == []
    assert client.post(f"{address}lancer/", {**target, "seen": seen}).status_code == 302
    assert len(echo.asked) == 1


def test_a_page_with_a_script_says_it_in_its_place_then_goes_step_by_step(
    client: Client, echo: Echo, luc: User
) -> None:
    address, step = _private(luc), {"HX-Request": "true"}
    ref = address.split("/")[2]
    cases.save(
        luc, ref, "Sans personne", {"notes": "La chaudière est à changer."}, ("x",), (), timezone.now()
    )
    said = client.post(f"{address}lancer/", {"target": "ailleurs|a"}, headers=step).content.decode()
    assert "Rien n'est encore parti" in unescape(said)
    assert said.count("<article") == 2
    assert "<html" not in said
    assert (echo.asked, Trial.objects.count()) == ([], 0)
    seen = said.split('name="seen" value="')[1].split('"')[0]
    begun = client.post(f"{address}lancer/", {"target": "ailleurs|a", "seen": seen}, headers=step)
    told = [json.loads(unescape(vals)) for vals in re.findall('hx-vals="([^"]*)"', begun.content.decode())]
    assert (echo.asked, len(told)) == ([], 2)
    for one in told:
        client.post(f"{address}lancer/", one, headers=step)
    assert len(echo.asked) == Trial.objects.count() == 2
    warned = next(one for one in told if one["seen"])
    elsewhere = {**warned, "target": "ailleurs|b"}
    held = client.post(f"{address}lancer/", elsewhere, headers=step).content.decode()
    assert held.count("<article") == held.count('role="alert"') == 1
    assert len(echo.asked) == 2


def test_what_comes_first_is_said_in_the_language_of_the_page(client: Client, echo: Echo, luc: User) -> None:
    address = _private(luc)
    client.cookies["egide-language"] = "en"
    page = unescape(client.post(f"{address}lancer/", {"target": "ailleurs|a"}).content.decode())
    assert "is not meant for these data: name of a person (1), telephone number (1)" in page
    assert "Nothing has been sent yet" in page


def test_a_trial_for_a_usage_that_is_gone_is_refused(client: Client, echo: Echo, luc: User) -> None:
    ref = str(own.write(luc, content(usage="disparu"), timezone.now()).pk)
    cases.save(luc, ref, "Visite", {}, ("x",), (), timezone.now())
    answer = client.post(f"/demandes-types/{ref}/essais/lancer/", {"target": "ailleurs|a"}, follow=True)
    assert "disparu" in unescape(answer.content.decode())
    assert echo.asked == []


def test_a_trial_is_the_first_thing_that_a_company_does(client: Client, echo: Echo, luc: User) -> None:
    Usage.objects.all().delete()
    _case(luc)
    _run(client)
    assert _trial().passed


def test_nothing_leaves_when_what_to_warn_of_cannot_be_told(
    client: Client, echo: Echo, luc: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise PseudonymisationError("EG-2001")

    _case(luc)
    monkeypatch.setattr(echo, "preview", fail)
    assert _run(client).status_code == 302
    assert echo.asked == []

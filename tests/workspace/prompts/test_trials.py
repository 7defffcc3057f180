from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.db import connections
from django.test import AsyncClient, Client
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

PAGE = "/demandes-types/com-relance/essais/"
VALUES = {"objet": "Devis de Mme Zoé Lefèvre", "ton": "sobre"}


@pytest.fixture
def echo(committed_db: None) -> Iterator[Echo]:
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
def luc(committed_db: None) -> User:
    return _person("luc@exemple.fr")


@pytest.fixture
async def client(echo: Echo, luc: User) -> AsyncIterator[AsyncClient]:
    signed_in = AsyncClient()
    await signed_in.aforce_login(luc)
    yield signed_in
    # Views leave theirs open in the thread that asynchronous code lends them.
    await sync_to_async(connections.close_all)()


def _case(owner: User, must: tuple[str, ...] = ("Zoé Lefèvre",), must_not: tuple[str, ...] = ()) -> Case:
    return cases.save(owner, "com-relance", "Cas simple", VALUES, must, must_not, timezone.now())


async def _run(client: AsyncClient, target: str = "ailleurs|a", case: str = "") -> Any:
    return await client.post(f"{PAGE}lancer/", {"target": target, "case": case})


def _trial() -> Trial:
    return Trial.objects.select_related("case__owner").get()


async def test_a_case_goes_through_the_gateway_as_a_message_of_the_assistant(
    client: AsyncClient, echo: Echo, luc: User, caplog: pytest.LogCaptureFixture
) -> None:
    await sync_to_async(_case)(luc, ("zoe lefevre", "devis", "facture"), ("remise",))
    with caplog.at_level(logging.INFO):
        answer = await _run(client)
    assert (answer.status_code, answer["Location"]) == (302, PAGE)
    ((turns, adjustments),) = echo.asked
    assert turns[0].text.startswith(
        "Écris un courriel de relance pour un devis envoyé il y a « à compléter »"
    )
    assert (adjustments.keep, adjustments.hide, adjustments.justification) == (frozenset(), frozenset(), "")
    trial = await sync_to_async(_trial)()
    # The echo repeats the prompt itself, which says « remise ».
    assert (trial.passed, trial.wanted, trial.absent, trial.unwanted) == (False, 3, 1, 1)
    assert b"Lef" not in bytes(trial.sealed_answer) + bytes(trial.case.sealed)
    assert "Lefèvre" in sealing.open_answer(trial)
    assert "Lefèvre" not in caplog.text
    page = unescape((await client.get(PAGE)).content.decode())
    assert "échoué" in page
    assert "Il manque 1 des 3 mots voulus. 1 mot de trop" in page


async def test_an_answer_that_is_as_wanted_passes(client: AsyncClient, echo: Echo, luc: User) -> None:
    case = await sync_to_async(_case)(luc)
    await _run(client, case=str(case.pk))
    trial = await sync_to_async(_trial)()
    assert (trial.passed, trial.provider, trial.model) == (True, "ailleurs", "a")


async def test_what_would_need_a_reason_is_not_sent(client: AsyncClient, echo: Echo, luc: User) -> None:
    def sick() -> Case:
        told = {**VALUES, "objet": "Mme Zoé Lefèvre est diabétique"}
        return cases.save(luc, "com-relance", "Santé", told, ("x",), (), timezone.now())

    await sync_to_async(sick)()
    await _run(client)
    trial = await sync_to_async(_trial)()
    assert (trial.passed, trial.code, bytes(trial.sealed_answer), echo.asked) == (False, "EG-6477", b"", [])
    assert "La politique ne laisse pas partir" in unescape((await client.get(PAGE)).content.decode())


@pytest.mark.parametrize(
    ("failure", "code"),
    [(GatewayError("EG-4009", provider="x", status=500), "EG-4009"), (OSError("Lefèvre"), "EG-6109")],
)
async def test_a_failure_is_kept_by_its_code(
    client: AsyncClient,
    echo: Echo,
    luc: User,
    caplog: pytest.LogCaptureFixture,
    failure: Exception,
    code: str,
) -> None:
    await sync_to_async(_case)(luc)
    echo.fail, echo.fail_after = failure, 1
    await _run(client)
    trial = await sync_to_async(_trial)()
    assert (trial.passed, trial.code, bytes(trial.sealed_answer)) == (False, code, b"")
    assert "Lefèvre" not in caplog.text


async def test_a_model_that_never_ends_is_stopped(
    client: AsyncClient, echo: Echo, luc: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trying, "LONGEST", 0.05)
    await sync_to_async(_case)(luc)
    echo.gate = asyncio.Event()
    await _run(client)
    assert (await sync_to_async(_trial)()).code == "EG-6478"
    assert echo.ended.is_set()


@pytest.mark.parametrize("target", ["", "inconnu|a", "ailleurs|inconnu", "ailleurs|a|b", "|"])
async def test_a_service_or_a_model_that_is_not_offered_is_refused(
    client: AsyncClient, luc: User, target: str
) -> None:
    await sync_to_async(_case)(luc)
    assert (await _run(client, target)).status_code == 404


async def test_nobody_tries_reads_or_deletes_anothers_case(
    client: AsyncClient, echo: Echo, luc: User
) -> None:
    case = await sync_to_async(_case)(luc)
    await _run(client)
    for role in Role:
        other = await sync_to_async(_person)(f"{role}@exemple.fr", role)
        browser = AsyncClient()
        await browser.aforce_login(other)
        page = (await browser.get(PAGE)).content.decode()
        assert "Cas simple" not in page
        assert "Lefèvre" not in page
        assert (await _run(browser, case=str(case.pk))).status_code == 404
        assert (await browser.post(f"{PAGE}{case.pk}/supprimer/")).status_code == 404
        await _run(browser)
    assert await Trial.objects.acount() == 1
    assert (await client.post(f"{PAGE}{case.pk}/supprimer/")).status_code == 302
    assert await Trial.objects.acount() == 0


async def test_trials_are_for_those_who_may_use_the_prompt_and_know_what_is_recorded(
    client: AsyncClient, luc: User
) -> None:
    def draft_of_another() -> str:
        return str(own.write(_person("zoe@exemple.fr"), content(), timezone.now()).pk)

    ref = await sync_to_async(draft_of_another)()
    assert (await client.get(f"/demandes-types/{ref}/essais/")).status_code == 404
    assert (await client.post(f"/demandes-types/{ref}/essais/lancer/")).status_code == 404
    assert (await AsyncClient().post(f"{PAGE}lancer/")).status_code == 302
    new = await sync_to_async(User.objects.create_user)("neuf@exemple.fr")
    browser = AsyncClient()
    await browser.aforce_login(new)
    assert (await browser.get(PAGE))["Location"].startswith("/information/lire/")
    assert (await _run(browser)).status_code == 404


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

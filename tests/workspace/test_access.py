"""Who may ask each address of the workspace, and who may not: ``addresses`` tells, both ways are tried."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone
from tests.workspace.addresses import ASKING, ASKS, ELSEWHERE, MAY, RULES
from tests.workspace.prompts.conftest import content

from egide.policy import Policy, Role
from egide.ports import Adjustments
from egide.reference.ai_act import ai_act
from egide.reference.autodiagnostic import questionnaire
from egide.reference.hygiene import hygiene
from egide.workspace.accounts.models import User
from egide.workspace.actions.models import Action, Origin
from egide.workspace.ai_act.models import Assessment, Fria
from egide.workspace.ai_act.record import record
from egide.workspace.ai_act.walk import walk
from egide.workspace.assistant import sealing as talks
from egide.workspace.assistant.models import Conversation, Held
from egide.workspace.charter import drafts as charter_drafts
from egide.workspace.charter.content import canonical
from egide.workspace.charter.models import CharterVersion, Signature
from egide.workspace.charter.printed import charter_pdf
from egide.workspace.diagnosis import services as diagnosis
from egide.workspace.diagnosis.models import Invitation
from egide.workspace.feedback import services as feedback
from egide.workspace.feedback.models import Kind, Proposal
from egide.workspace.hygiene import services as campaigns
from egide.workspace.justifications import sealing as reasons
from egide.workspace.justifications.models import Justification
from egide.workspace.keys import services as keys
from egide.workspace.keys.models import AccessKey
from egide.workspace.knowledge.models import Document, Draft, Import, TermList
from egide.workspace.limits.models import Limit
from egide.workspace.mail import preferences
from egide.workspace.policies import services as policies
from egide.workspace.policies import versions
from egide.workspace.policies.models import Exemption, Term
from egide.workspace.programmes.models import OwnProgramme, Release
from egide.workspace.prompts import own
from egide.workspace.prompts.models import Case, Prepared
from egide.workspace.providers import services as providers
from egide.workspace.providers.models import Provider, Replacement
from egide.workspace.training.models import Attempt, Certificate
from egide.workspace.usages import services as usages
from egide.workspace.usages.models import Undeclared

AXIS, QUESTION = questionnaire().axes[0].id, questionnaire().questions[0].id


@pytest.fixture
def people(person: Callable[..., User]) -> dict[str, User]:
    return {
        "colleague": person(email="luc@entreprise.example"),
        "zoé": person(email="zoe@entreprise.example", name="Zoé Lefèvre"),
        "pilot": person(Role.PILOT),
        "admin": person(Role.ADMIN),
    }


@pytest.fixture
def ids(people: dict[str, User]) -> dict[str, dict[str, Any]]:
    """By app, what its addresses take; by address where that differs."""
    zoe, pilot, now = people["zoé"], people["pilot"], timezone.now()
    today = timezone.localdate()
    usages.default()
    key = keys.create_key(zoe.email)
    assert key
    versions.publish(Policy.load("strict").document, None, "Essai", over=0)
    providers.add_provider("Maison", "openai", "http://127.0.0.1:1/v1", "local", models=["a", "b"])
    provider = Provider.objects.get(slug="maison")
    policies.hide("Projet Goéland", pilot)
    policies.allow("Produit Cormoran", pilot)
    feedback.propose(Kind.HIDE, "Cormoran", zoe)
    conversation = Conversation(
        owner=zoe, usage="assistance", provider="maison", created_at=now, updated_at=now
    )
    conversation.sealed_title = talks.seal_title(conversation, "Un devis")
    conversation.sealed_choices = talks.seal_choices(conversation, Adjustments())
    conversation.save()
    request = Justification(
        person=zoe, usage="assistance", provider="maison", policy="1", content="c", door="assistant",
        approval=True, created_at=now, expires_at=now + timedelta(days=1), state="waiting",
    )  # fmt: skip
    request.sealed_reason = reasons.seal(request, "reason", "Le client attend.")
    request.save()
    held = Held(owner=zoe, justification=request.public_id, created_at=now, sealed_draft=b"")
    held.sealed_draft = talks.seal_held(held, {})
    held.save()
    told = {**charter_drafts.preview(), "enters_on": today.isoformat(), "published_on": today.isoformat()}
    charter = CharterVersion(
        number=1, text=canonical(told), pdf=charter_pdf(told, now), enters_on=today, by=pilot, at=now
    )
    charter.save()
    signature = Signature.objects.create(
        version=charter,
        person=zoe,
        name="Zoé",
        digest=charter.digest,
        text_seal=charter.seal,
        at=now,
        seal="s",
    )
    one = diagnosis.start(pilot)
    Invitation.objects.create(diagnosis=one, person=zoe, axis=AXIS)
    campaign = campaigns.start(hygiene().themes, today + timedelta(days=30), pilot)
    draft = Draft.objects.create(name="Clients", kind="clients", described="CSV", sealed=b"", by=pilot)
    prompt = own.write(zoe, content(), now)
    case = Case.objects.create(owner=zoe, ref=str(prompt.pk), sealed=b"")
    prepared = Prepared.objects.create(owner=zoe, ref=str(prompt.pk), sealed_text=b"")
    attempt = Attempt.objects.create(person=zoe, module="m8", version="1", order=[])
    passed = Attempt.objects.create(person=zoe, module="m8", version="1", order=[], sent_at=now, passed=True)
    certificate = Certificate.objects.create(
        person=zoe, attempt=passed, module="m8", version="1", passed_at=now
    )
    action = Action.objects.create(
        origin=Origin.HYGIENE, reference=hygiene().checks[0].id, about=zoe, shared=False, owner=zoe, due=today
    )
    usage = usages.declare({"name": "Devis", "description": "Écrire", "providers": ["maison"]}, zoe)
    told = Undeclared.objects.create(tool="Traducteur", purpose="Traduire")
    known = {"by": pilot, "packed": b""}
    waiting = Import.objects.create(
        name="Contacts", kind="clients", header=True, roles=[], lines=1, state="stopped", by=pilot
    )
    result = record(ai_act(), walk(ai_act(), {}))
    assessed = Assessment.objects.create(usage=usage, table="1", confirmed_at=now, result=result)
    Fria.objects.create(usage=usage)
    return {
        "accounts": {"secret": "rien"},
        "actions": {"pk": action.pk},
        "ai_act": {"slug": usage.slug, "question": "A1", "stage": "champ", "pk": assessed.pk},
        "assistant": {
            "conversation": conversation.pk,
            "justification": request.public_id,
            "prepared": prepared.pk,
        },
        "charter": {"number": 1, "code": signature.code},
        "diagnosis": {"pk": one.pk, "name": AXIS, "question": QUESTION},
        "feedback": {"pk": Proposal.objects.get().pk},
        "hygiene": {"pk": campaign.pk, "check": hygiene().checks[0].id},
        "justifications": {"public_id": request.public_id},
        "keys": {"public_id": AccessKey.objects.get().public_id},
        "knowledge": {"pk": draft.pk},
        "knowledge:drop": {"pk": waiting.pk},
        "knowledge:remove-list": {
            "pk": TermList.objects.create(name="L", kind="clients", count=1, **known).pk
        },
        "knowledge:remove-document": {"pk": Document.objects.create(name="D", words=1, **known).pk},
        "limits": {
            "pk": Limit.objects.create(subject="company", measure="requests", period="day", most=9).pk
        },
        "limits:price": {"slug": "maison"},
        "mail": {"token": preferences.token(zoe)},
        "notice": {"public_id": zoe.public_id},
        "outside": {"service": "data-gouv"},
        "people": {"public_id": zoe.public_id},
        "policies": {"wanted": 1, "name": "avocat"},
        "policies:remove-term": {"pk": Term.objects.get().pk},
        "policies:drop-exemption": {"pk": Exemption.objects.get().pk},
        "programmes": {"programme": "osez-ia", "pk": _own_programme(pilot).pk},
        "programmes:take": {"pk": _release(pilot).pk},
        "programmes:give-up": {"pk": Release.objects.get().pk},
        "programmes:undo": {"pk": Release.objects.get().pk},
        "prompts": {"ref": prompt.pk, "case": case.pk},
        "providers": {"slug": "maison", "pk": _replacement(provider).pk},
        "training": {"module": "m8", "pk": attempt.pk, "code": certificate.code},
        "ui": {"code": "en"},
        "usages": {"pk": usage.pk, "slug": usage.slug},
        "usages:propose": {"pk": told.pk},
        "usages:forget": {"pk": told.pk},
    }


def _own_programme(by: User) -> OwnProgramme:
    today = timezone.localdate()
    return OwnProgramme.objects.create(
        name="Aide", kind="formation", operator="Région", gives="Un cours.", by=by, source_on=today,
        source_title="Page", url="https://entreprise.example/",
    )  # fmt: skip


def _release(by: User) -> Release:
    return Release.objects.create(digest="d", prepared_on=timezone.localdate(), content="{}", by=by)


def _replacement(provider: Provider) -> Replacement:
    return Replacement.objects.create(provider=provider, model="a", to_provider=provider, to_model="b")


def _url(name: str, ids: dict[str, dict[str, Any]]) -> str:
    given = ids.get(name, ids.get(name.split(":")[0], {}))
    wanted = _patterns()[name].pattern.converters
    return reverse(name, kwargs={place: given[place] for place in wanted})


def _patterns() -> dict[str, URLPattern]:
    return dict(_named(get_resolver().url_patterns))


def _named(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _named(pattern.url_patterns, f"{pattern.namespace}:" if pattern.namespace else before)
        else:
            yield f"{before}{pattern.name}", pattern


def _kept() -> dict[str, list[tuple[Any, ...]]]:
    """Every row that pages may write."""
    return {
        model._meta.label: list(model._default_manager.order_by("pk").values_list())
        for model in apps.get_models(include_auto_created=True)
        if model is not Session
    }


def _browser(who: str, people: dict[str, User]) -> Client:
    client = Client(raise_request_exception=False)
    if who != "nobody":
        client.force_login(people[who])
    return client


def _asked(client: Client, method: str, url: str) -> HttpResponse:
    response: HttpResponse = getattr(client, method)(url)
    return response


def test_every_address_is_in_the_table() -> None:
    assert set(_patterns()) == set(RULES)


@pytest.mark.parametrize(
    ("who", "method"),
    [(who, method) for who in ("nobody", "colleague", "zoé", "pilot", "admin") for method in ("get", "post")],
)
def test_who_may_not_is_refused_and_nothing_changes(
    who: str, method: str, people: dict[str, User], ids: dict[str, dict[str, Any]]
) -> None:
    client, before, wrong = _browser(who, people), _kept(), []
    for name, asked, rule in ASKS:
        if asked != method or who in MAY[rule]:
            continue
        response = _asked(client, method, _url(name, ids))
        # A form that is refused may lead back to its page: what counts is that it changed nothing.
        led_back = response.status_code == 302 and (method == "post" or who == "nobody")
        if not led_back and response.status_code not in (401, 403, 404, 405):
            wrong.append((name, response.status_code))
    assert not wrong, str(wrong)
    assert _kept() == before


@pytest.mark.parametrize("who", ASKING)
def test_who_may_reads_each_page(who: str, people: dict[str, User], ids: dict[str, dict[str, Any]]) -> None:
    client, wrong = _browser(who, people), []
    for name, asked, rule in ASKS:
        if asked != "get" or who not in MAY[rule] or name in ELSEWHERE:
            continue
        response = _asked(client, "get", _url(name, ids))
        to_login = response.status_code == 302 and response.headers["Location"].startswith("/connexion/")
        if to_login or response.status_code >= 400:
            wrong.append((name, response.status_code))
    assert not wrong, str(wrong)

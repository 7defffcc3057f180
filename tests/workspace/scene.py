"""Rows of every part, Zoé's where they are somebody's, and the address of each page on them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone
from tests.workspace.prompts.conftest import content

from egide.policy import Policy, Role
from egide.ports import Adjustments
from egide.reference.ai_act import ai_act
from egide.reference.autodiagnostic import questionnaire
from egide.reference.hygiene import hygiene
from egide.workspace.accounts import links
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
from egide.workspace.knowledge import drafts as lists
from egide.workspace.knowledge.models import Document, Import, TermList
from egide.workspace.limits.models import Limit
from egide.workspace.mail import preferences
from egide.workspace.policies import services as policies
from egide.workspace.policies import versions
from egide.workspace.policies.models import Exemption, Term
from egide.workspace.programmes.models import OwnProgramme, Release
from egide.workspace.prompts import cases, own, prepared
from egide.workspace.prompts import sealing as prompts
from egide.workspace.providers import services as providers
from egide.workspace.providers.models import Provider, Replacement
from egide.workspace.training.models import Attempt, Certificate
from egide.workspace.usages import services as usages
from egide.workspace.usages.models import Undeclared

SECRET = "JBSWY3DPEHPK3PXP"
CLIENTS = b"nom;ville\nMenuiserie Kervella;Brest\nLe Goff et fils;Quimper\n"
AXIS, QUESTION = questionnaire().axes[0].id, questionnaire().questions[0].id


def make_people(person: Callable[..., User]) -> dict[str, User]:
    """One of each that the table speaks of; all but the colleague have a second factor."""
    people = {
        "colleague": person(email="luc@entreprise.example"),
        "zoé": person(email="zoe@entreprise.example", name="Zoé Lefèvre"),
        "pilot": person(Role.PILOT),
        "admin": person(Role.ADMIN),
    }
    for name, one in people.items():
        if name != "colleague":
            TOTP.activate(one, SECRET)
            RecoveryCodes.activate(one)
    return people


def make_rows(people: dict[str, User]) -> dict[str, dict[str, Any]]:
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
    waiting: dict[str, object] = {
        "text": "Bonjour", "usage": "assistance", "provider": "maison", "model": "", "prompt": "",
        "keep": [], "hide": [],
    }  # fmt: skip
    held.sealed_draft = talks.seal_held(held, waiting)
    held.save()
    text = {**charter_drafts.preview(), "enters_on": today.isoformat(), "published_on": today.isoformat()}
    charter = CharterVersion(
        number=1, text=canonical(text), pdf=charter_pdf(text, now), enters_on=today, by=pilot, at=now
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
    draft = lists.start("Clients", "clients", "clients.csv", CLIENTS, pilot)
    prompt = own.write(zoe, content(), now)
    own.submit(zoe, str(prompt.pk), now)
    own.decide(pilot, str(prompt.pk), prompts.digest(content()), now, accepted=True)
    case = cases.save(zoe, str(prompt.pk), "Cas simple", {"notes": "Rien"}, ("résumé",), (), now)
    ready = prepared.prepare(zoe, str(prompt.pk), "Bonjour", now)
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
    stopped = Import.objects.create(
        name="Contacts", kind="clients", header=True, roles=[], lines=1, state="stopped", by=pilot
    )
    result = record(ai_act(), walk(ai_act(), {}))
    assessed = Assessment.objects.create(usage=usage, table="1", confirmed_at=now, result=result)
    Fria.objects.create(usage=usage)
    return {
        "accounts": {"secret": links.issue(people["colleague"])},
        "actions": {"pk": action.pk},
        "ai_act": {"slug": usage.slug, "question": "A1", "stage": "champ", "pk": assessed.pk},
        "assistant": {
            "conversation": conversation.pk,
            "justification": request.public_id,
            "prepared": ready,
        },
        "charter": {"number": 1, "code": signature.code},
        "diagnosis": {"pk": one.pk, "name": AXIS, "question": QUESTION},
        "feedback": {"pk": Proposal.objects.get().pk},
        "hygiene": {"pk": campaign.pk, "check": hygiene().checks[0].id},
        "justifications": {"public_id": request.public_id},
        "keys": {"public_id": AccessKey.objects.get().public_id},
        "knowledge": {"pk": draft.pk},
        "knowledge:drop": {"pk": stopped.pk},
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


def url_of(name: str, ids: dict[str, dict[str, Any]]) -> str:
    given = ids.get(name, ids.get(name.split(":")[0], {}))
    wanted = patterns()[name].pattern.converters
    return reverse(name, kwargs={place: given[place] for place in wanted})


def patterns() -> dict[str, URLPattern]:
    return dict(_named(get_resolver().url_patterns))


def _named(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _named(pattern.url_patterns, f"{pattern.namespace}:" if pattern.namespace else before)
        else:
            yield f"{before}{pattern.name}", pattern


def enter(client: Client, who: User) -> None:
    """Log in as who has just given their password: what protects a second factor asks no more."""
    client.force_login(who)
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time()}]
    session.save()

"""Every address of the workspace, for every role, with GET and with POST: who may, and who may not.

``TABLE`` has one line an address: its name, who may ask it with GET, who may with POST. Where an address
names a row, that row is Zoé's, a collaborator.

open        everybody, logged in or not
all         every person who is logged in
owner       Zoé, and nobody else, whatever their role
concerned   Zoé, pilots and administrators
pilots      pilots and administrators
-           nobody: the address does not answer to that method
"""

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
from tests.workspace.prompts.conftest import content

from egide.policy import Policy, Role
from egide.ports import Adjustments
from egide.reference.autodiagnostic import questionnaire
from egide.reference.hygiene import hygiene
from egide.workspace.accounts.models import User
from egide.workspace.actions.models import Action, Origin
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

TABLE = """
home                            all         all
account_login                   open        open
account_logout                  open        open
account_inactive                open        open
account_reauthenticate          all         all
account_change_password         all         all
account_reset_password          open        open
account_signup                  open        open
account_email                   open        open
account_set_password            open        open
account_email_verification_sent open        open
mfa_index                       all         all
mfa_authenticate                open        open
mfa_reauthenticate              all         all
mfa_activate_totp               all         all
mfa_deactivate_totp             all         all
mfa_view_recovery_codes         all         all
mfa_generate_recovery_codes     all         all
mfa_download_recovery_codes     all         all
accounts:link                   open        open
actions:list                    all         -
actions:edit                    owner       owner
actions:help                    -           owner
assistant:new                   all         -
assistant:preview               -           all
assistant:send                  -           all
assistant:exception             -           all
assistant:term                  -           all
assistant:propose               -           all
assistant:prepared              owner       -
assistant:held                  owner       -
assistant:give-up               -           owner
assistant:conversations         all         -
assistant:delete-all            -           all
assistant:conversation          owner       -
assistant:rename                -           owner
assistant:delete                -           owner
charter:read                    all         -
charter:sign                    -           all
charter:pdf                     all         -
charter:docx                    all         -
charter:certificate             concerned   -
charter:verify                  open        -
charter:draft                   pilots      pilots
charter:preview                 pilots      -
charter:publish                 -           pilots
charter:versions                pilots      -
charter:compare                 pilots      -
charter:procedure               pilots      pilots
charter:reminders               pilots      -
charter:remind                  -           pilots
charter:signatures              pilots      -
charter:rule                    -           pilots
company:profile                 pilots      pilots
company:journey                 pilots      -
company:find                    -           pilots
company:fill                    -           pilots
diagnosis:list                  pilots      -
diagnosis:start                 -           pilots
diagnosis:overview              pilots      -
diagnosis:axis                  pilots      pilots
diagnosis:answer                -           pilots
diagnosis:finish                -           pilots
diagnosis:result                pilots      -
diagnosis:invite                -           pilots
diagnosis:close-opinions        -           pilots
diagnosis:give-opinion          -           all
diagnosis:act                   -           pilots
diagnosis:report                pilots      -
diagnosis:opinions              all         -
diagnosis:opinion               owner       owner
feedback:list                   pilots      -
feedback:export                 pilots      -
feedback:accept                 -           pilots
feedback:refuse                 -           pilots
feedback:remove                 -           pilots
hygiene:mine                    all         all
hygiene:save                    -           all
hygiene:answer                  -           all
hygiene:campaigns               pilots      pilots
hygiene:campaign                pilots      -
hygiene:close                   -           pilots
hygiene:report                  pilots      -
journal:list                    pilots      -
journal:check                   -           pilots
journal:export                  pilots      -
journal:export-csv              pilots      -
justifications:mine             all         -
justifications:queue            pilots      -
justifications:review           concerned     -
justifications:one              concerned   -
justifications:explain          -           owner
justifications:code             -           owner
justifications:withdraw         -           owner
justifications:decide           -           pilots
keys:list                       pilots      pilots
keys:add                        pilots      pilots
keys:revoke                     -           pilots
knowledge:overview              pilots      pilots
knowledge:import                pilots      pilots
knowledge:columns               pilots      pilots
knowledge:give-up               -           pilots
knowledge:progress              pilots      pilots
knowledge:drop                  -           pilots
knowledge:remove-list           -           pilots
knowledge:declare               pilots      pilots
knowledge:remove-document       -           pilots
limits:list                     pilots      pilots
limits:edit                     pilots      pilots
limits:delete                   -           pilots
limits:price                    pilots      pilots
notice:read                     all         all
notice:follow                   pilots      -
notice:details                  -           pilots
notice:attest                   -           pilots
outside:list                    pilots      -
outside:on                      -           pilots
outside:off                     -           pilots
overview:mine                   all         -
overview:company                pilots      -
people:list                     pilots      pilots
people:invite                   pilots      pilots
people:import                   pilots      pilots
people:create                   -           pilots
people:erase                    pilots      pilots
people:link                     -           pilots
people:role                     pilots      pilots
people:switch                   -           pilots
policies:policy                 pilots      pilots
policies:export                 pilots      pilots
policies:draft                  pilots      pilots
policies:profile                -           pilots
policies:professions            pilots      pilots
policies:checks                 pilots      pilots
policies:rule                   pilots      pilots
policies:remove-rule            -           pilots
policies:carriers               pilots      pilots
policies:discard                -           pilots
policies:import                 -           pilots
policies:export-draft           pilots      pilots
policies:trial                  pilots      pilots
policies:publish                pilots      pilots
policies:profession             pilots      pilots
policies:versions               pilots      pilots
policies:version                pilots      pilots
policies:take-up                -           pilots
policies:export-version         pilots      pilots
policies:add-term               -           pilots
policies:remove-term            -           pilots
policies:add-exemption          -           pilots
policies:remove-exemption       -           pilots
policies:drop-exemption         -           pilots
programmes:list                 all         -
programmes:page                 all         -
programmes:follow               -           pilots
programmes:unfollow             -           pilots
programmes:review               -           pilots
programmes:followed             pilots      -
programmes:deadlines            pilots      -
programmes:calendar             pilots      -
programmes:add                  pilots      pilots
programmes:edit                 pilots      pilots
programmes:remove               -           pilots
programmes:find                 pilots      pilots
programmes:refresh              pilots      pilots
programmes:take                 -           pilots
programmes:give-up              -           pilots
programmes:undo                 -           pilots
prompts:list                    all         -
prompts:new                     all         all
prompts:import                  all         all
prompts:export                  all         -
prompts:approvals               pilots      -
prompts:one                     concerned   concerned
prompts:favourite               -           concerned
prompts:rate                    -           concerned
prompts:edit                    owner       owner
prompts:submit                  -           owner
prompts:take-back               -           owner
prompts:withdraw                -           concerned
prompts:remove                  -           owner
prompts:export-one              concerned   -
prompts:trials                  concerned   concerned
prompts:run                     -           concerned
prompts:remove-case             -           owner
prompts:versions                concerned   -
prompts:decide                  -           pilots
providers:list                  pilots      pilots
providers:add                   pilots      pilots
providers:replacements          pilots      pilots
providers:remove-replacement    -           pilots
providers:edit                  pilots      pilots
providers:test                  -           pilots
providers:models                -           pilots
providers:prices                pilots      pilots
providers:up                    -           pilots
providers:down                  -           pilots
providers:switch                -           pilots
providers:delete                -           pilots
rules:mine                      all         all
training:list                   all         -
training:module                 all         -
training:start                  -           all
training:attempt                owner       owner
training:weekly                 all         all
training:certificate            owner       -
training:verify                 open        -
training:verify-code            open        -
training:follow                 pilots      -
training:proof-table            pilots      -
training:proof-pdf              pilots      -
training:ask-again              -           pilots
usages:list                     pilots      -
usages:add                      pilots      pilots
usages:csv                      pilots      -
usages:xlsx                     pilots      -
usages:observed                 pilots      -
usages:undeclared               pilots      -
usages:propose                  -           pilots
usages:forget                   -           pilots
usages:ours                     all         -
usages:declare                  all         all
usages:tell                     all         all
usages:thanks                   all         -
usages:show                     concerned   -
usages:change                   owner       owner
usages:withdraw                 -           owner
usages:edit                     pilots      pilots
usages:validate                 -           pilots
usages:return                   -           pilots
"""
RULES = {line.split()[0]: tuple(line.split()[1:]) for line in TABLE.strip().splitlines()}
AXIS, QUESTION = questionnaire().axes[0].id, questionnaire().questions[0].id
ASKING = ("nobody", "colleague", "zoé", "pilot", "admin")
MAY = {
    "open": frozenset(ASKING),
    "all": frozenset(ASKING[1:]),
    "owner": frozenset({"zoé"}),
    "concerned": frozenset(ASKING[2:]),
    "pilots": frozenset(ASKING[3:]),
    "-": frozenset[str](),
}
ASKS = [
    (name, method, rule)
    for name, rules in RULES.items()
    for method, rule in zip(("get", "post"), rules, strict=True)
]


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
    return {
        "accounts": {"secret": "rien"},
        "actions": {"pk": action.pk},
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


# Pages of a state that this fixture does not make (a second factor, a fresh link, sealed words): their own
# tests open them.
ELSEWHERE = frozenset(
    """
    account_logout accounts:link assistant:held assistant:prepared knowledge:columns mfa_authenticate
    mfa_deactivate_totp mfa_download_recovery_codes mfa_view_recovery_codes prompts:export-one prompts:one
    prompts:trials prompts:versions usages:show
    """.split()  # noqa: SIM905 - a list of words
)


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

"""An invented company of 2,000 people and five years of records, written in bulk: see ``workspace_pages.py``.

``fill(begin, end)`` writes that share of everything, so that pages can be asked with little, then with all.
"""

from __future__ import annotations

import random
import uuid
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import Any, Final, TypeVar

from django.db.models import Model
from django.utils import timezone

from egide.detection.labels import LABELS
from egide.journal import Entry, chain
from egide.policy import Policy, Role
from egide.ports import Adjustments
from egide.reference.autodiagnostic import questionnaire
from egide.reference.hygiene import hygiene
from egide.reference.training import modules, version
from egide.workspace.accounts.models import User
from egide.workspace.actions.models import Action, Origin
from egide.workspace.actions.models import State as ActionState
from egide.workspace.assistant import sealing as talks
from egide.workspace.assistant.models import Conversation
from egide.workspace.charter import drafts, signing
from egide.workspace.charter.models import CharterVersion, Signature
from egide.workspace.company import services as company
from egide.workspace.diagnosis.models import Answer as DiagnosisAnswer
from egide.workspace.diagnosis.models import Diagnosis, Invitation, View
from egide.workspace.diagnosis.models import State as DiagnosisState
from egide.workspace.feedback import sealing as proposals
from egide.workspace.feedback.models import Decision, Kind, Proposal, Voice
from egide.workspace.hygiene import services as practices
from egide.workspace.hygiene.models import Answer as HygieneAnswer
from egide.workspace.hygiene.models import Campaign, Said
from egide.workspace.hygiene.models import State as CampaignState
from egide.workspace.journalling.models import JournalRecord
from egide.workspace.journalling.store import SqlJournal
from egide.workspace.justifications import sealing as reasons
from egide.workspace.justifications.models import Justification
from egide.workspace.justifications.models import State as ReasonState
from egide.workspace.keys.models import AccessKey
from egide.workspace.notice import services as notice
from egide.workspace.notice.models import Reading
from egide.workspace.overview.models import Cursor, Tally
from egide.workspace.policies import services as policies
from egide.workspace.policies import versions
from egide.workspace.programmes.directory import entries
from egide.workspace.programmes.models import Follow, OwnProgramme
from egide.workspace.programmes.models import State as FollowState
from egide.workspace.prompts import sealing as prompts
from egide.workspace.prompts.content import Content
from egide.workspace.prompts.models import Favourite, Prompt, Rating
from egide.workspace.prompts.models import State as PromptState
from egide.workspace.prompts.models import Version as PromptVersion
from egide.workspace.providers import services as providers
from egide.workspace.training.models import Attempt, Certificate
from egide.workspace.usages import services as usages
from egide.workspace.usages.models import Change, Event, Undeclared, Usage
from egide.workspace.usages.models import State as UsageState

PEOPLE: Final = 2_000
YEARS: Final = 5
ROLES: Final = {role: f"{role.value}@entreprise.example" for role in Role}
M = TypeVar("M", bound=Model)
T = TypeVar("T")

_chance = random.Random(1605)
_now: Final = timezone.now()
_CHARTER: Final = {
    "date_entree_vigueur": "2030-12-01",
    "referent_securite": "Yann Le Goff",
    "contact_rgpd": "dpo@entreprise.example",
    "contact_incident": "02 98 00 00 00",
    "direction": "Anne Kervella, gérante",
    "usages_encadres": "les devis",
    "donnees_confidentielles_propres": "nos prix d'achat",
    "relecteurs": "le responsable du dossier",
}
_PROMPT: Final[dict[str, Any]] = {
    "title": "Résumer une visite de chantier",
    "department": "technique",
    "use_case": "Compte rendu d'une page",
    "template": "Notes de {{personne}} : {{notes}}\nFais un résumé en {{lignes}} lignes.",
    "allowed": ("interne",),
    "masked": ("personnel",),
    "checklist": ("noms", "complet"),
    "risk": "moyen",
    "review_by": "chef de chantier",
}


def fill(begin: float, end: float) -> None:
    """Write the share of each table from ``begin`` to ``end``, both between 0 and 1.

    The first share holds one of each thing at least, and what is in progress: pages then show the same parts.
    """

    def share(total: int) -> range:
        return range(max(int(total * begin), begin > 0), max(int(total * end), 1))

    if begin == 0:
        _settings()
    _people(share(PEOPLE))
    people = list(User.objects.order_by("pk"))
    _usages(share(200), people)
    _charter(share(10), people)
    _training(people[int(len(people) * begin / end) :])
    _hygiene(share(20), people)
    _diagnoses(share(10), people)
    _actions(share(300), people)
    _programmes(share(100), people)
    _prompts(share(500), people)
    _tallies(share(YEARS * 365))
    _journal(share(100_000), people)
    _feedback(share(5_000), people)
    _justifications(share(5_000), people)
    _conversations(share(500))
    _policy(share(50), people[0])
    Cursor.objects.update_or_create(defaults={"last": JournalRecord.objects.latest("pk").pk})


def _save(rows: Iterable[M]) -> None:
    for some in _parts(rows, 5_000):
        type(some[0])._default_manager.bulk_create(some)


def _parts(rows: Iterable[T], most: int) -> Iterator[list[T]]:
    waiting = iter(rows)
    while some := list(islice(waiting, most)):
        yield some


def _ago(most: int = YEARS * 365, least: int = 0) -> datetime:
    return _now - timedelta(days=_chance.randint(least, most), seconds=_chance.randrange(86_400))


def _settings() -> None:
    company.rename("Menuiserie Kervella")
    usages.default()
    for number in range(4):
        providers.add_provider(
            f"Fournisseur {number}", "openai", "http://127.0.0.1:1/v1", "european", models=["petit", "grand"]
        )


def _people(numbers: range) -> None:
    def make() -> Iterator[User]:
        for number in numbers:
            role = list(Role)[number] if number < len(Role) else Role.COLLABORATOR
            email = ROLES[role] if number < len(Role) else f"personne.{number:04}@entreprise.example"
            yield User(
                email=email,
                name=f"Personne Numéro {number}",
                role="pilot" if number % 100 == 50 else role.value,
                department=f"Service {number % 12}",
                is_active=number < len(Role) or number % 40 != 7,
                created_at=_ago(least=60),
                password="!",
            )

    _save(make())
    new = list(User.objects.order_by("pk"))[numbers.start :]
    version_read, usage = notice.version(), usages.default()
    _save(
        Reading(person=one, version=version_read)
        for place, one in enumerate(new, numbers.start)
        if place % 10 != 9
    )
    _save(
        AccessKey(
            person=one,
            usage=usage,
            name="Poste",
            digest=uuid.uuid4().hex * 2,
            beginning="egd_abcd",
            created_at=_ago(),
            revoked_at=_ago() if one.pk % 3 == 0 else None,
        )
        for one in new
    )


def _usages(numbers: range, people: list[User]) -> None:
    made = [
        Usage(
            slug=f"usage-{number}",
            name=f"Usage {number:03}",
            description="Rédiger des devis et les relire.",
            state=list(UsageState)[number % len(UsageState)],
            active=list(UsageState)[number % len(UsageState)] == UsageState.VALIDATED,
            providers=["fournisseur-1"],
            department=f"Service {number % 12}",
            review_on=timezone.localdate() + timedelta(days=number - 100),
            reason="À préciser." if number % 7 == 0 else "",
            declared_by=_chance.choice(people),
            declared_at=_ago(),
            decided_by=people[1],
            decided_at=_ago(),
        )
        for number in numbers
    ]
    _save(made)
    _save(
        Change(usage=one, event=event, by=_chance.choice(people), at=_ago())
        for one in made
        for event in (Event.DECLARED, *[Event.CHANGED] * 8, Event.VALIDATED)
    )
    _save(
        Undeclared(tool=f"Outil {number}", purpose="Traduire des lettres.", day=_ago().date())
        for number in numbers
    )


def _charter(numbers: range, people: list[User]) -> None:
    for number in numbers:
        values = _CHARTER | {"usages_encadres": f"les devis et {number} autres usages"}
        answers = {"rh": "non", "transparence": "oui", "sanctions": "B"}
        kept = drafts.change(values, {}, answers, drafts.draft().revision, people[1])
        drafts.publish("Un usage de plus.", kept.revision, people[1])
    signed = set(Signature.objects.values_list("version_id", "person_id"))

    def make() -> Iterator[Signature]:
        for version_signed in CharterVersion.objects.defer("pdf"):
            last = version_signed.number == 10
            for place, one in enumerate(people):
                # The last one: everybody but the collaborator who asks and one in ten.
                if (version_signed.pk, one.pk) in signed or (last and (place == 0 or place % 10 == 9)):
                    continue
                row = Signature(
                    version=version_signed,
                    person=one,
                    name=one.name,
                    consent="J'ai lu la charte et je m'engage à la respecter.",
                    digest=version_signed.digest,
                    text_seal=version_signed.seal,
                    at=_ago(),
                    address="10.0.0.1",
                    browser="Firefox",
                )
                row.seal = signing._seals(row)[0]
                yield row

    _save(make())


def _training(people: list[User]) -> None:
    known = list(modules().values())

    def make() -> Iterator[Attempt]:
        for place, one in enumerate(people):
            for turn in range(14):
                module = known[turn % len(known)]
                at = _ago(most=1_000 - 400 * (turn // len(known)), least=20)
                yield Attempt(
                    person=one,
                    module=module.id,
                    version=version(module),
                    order={question.id: list(range(len(question.options))) for question in module.quiz},
                    started_at=at,
                    sent_at=at,
                    answers={question.id: list(question.correct) for question in module.quiz},
                    score=100,
                    passed=place % 50 != 9,
                )

    for some in _parts(make(), 5_000):
        Attempt.objects.bulk_create(some)
        Certificate.objects.bulk_create(
            Certificate(
                person=one.person,
                attempt=one,
                module=one.module,
                version=one.version,
                passed_at=one.started_at,
            )
            for one in some
        )


def _hygiene(numbers: range, people: list[User]) -> None:
    checks = [one.id for one in hygiene().checks]
    # The last one, the first that is written, is in progress: those who came since answer it, too.
    answered = set(HygieneAnswer.objects.values_list("person", flat=True))
    for number in sorted({0, *numbers}):
        begun = _now - timedelta(days=90 * number + 1)
        closed = number > 0
        campaign, _ = Campaign.objects.get_or_create(
            started_at=begun,
            defaults={
                "state": CampaignState.CLOSED if closed else CampaignState.OPEN,
                "checks": checks,
                "ends_on": (begun + timedelta(days=120)).date(),
                "closed_at": begun + timedelta(days=80) if closed else None,
                "invited": len(people),
                "by": people[1],
            },
        )
        _save(
            HygieneAnswer(
                campaign=campaign,
                person=one,
                check_id=check,
                said=_chance.choices(Said.values, (6, 2, 1))[0],
                at=begun,
            )
            for place, one in enumerate(people)
            if closed or (place % 3 and one.pk not in answered)
            for check in checks
        )
        if closed:
            campaign.counts = practices.count(campaign)
            campaign.save()


def _diagnoses(numbers: range, people: list[User]) -> None:
    asked = questionnaire()
    # Everybody still gives their opinion in the last one, the first that is written.
    known = set(Invitation.objects.values_list("person", flat=True))
    for number in sorted({0, *numbers}):
        begun = _now - timedelta(days=180 * number + 20)
        ended = {"finished_at": begun + timedelta(days=10), "opinions_closed_at": begun + timedelta(days=9)}
        one, is_new = Diagnosis.objects.get_or_create(
            started_at=begun,
            defaults={
                "state": DiagnosisState.FINISHED if number else DiagnosisState.OPEN,
                "questionnaire": asked.prepared_on[:10],
                "by": people[1],
                **(ended if number else {}),
            },
        )
        _save(
            DiagnosisAnswer(
                diagnosis=one, question=question.id, answer=str(_chance.randint(0, 3)), by=people[1], at=begun
            )
            for question in asked.questions
            if is_new
        )
        invited = [
            (person, asked.axes[place % len(asked.axes)].id)
            for place, person in enumerate(people)
            if number or person.pk not in known
        ]
        _save(Invitation(diagnosis=one, person=person, axis=axis, at=begun) for person, axis in invited)
        _save(
            View(diagnosis=one, person=person, question=question.id, answer=str(_chance.randint(0, 3)))
            for person, axis in invited
            for question in asked.questions
            if question.axis == axis
        )


def _actions(numbers: range, people: list[User]) -> None:
    checks = [one.id for one in hygiene().checks]
    _save(
        Action(
            origin=Origin.HYGIENE,
            reference=checks[number % len(checks)],
            about=people[number % len(people)] if number % 3 == 0 else None,
            shared=number % 2 == 0,
            owner=people[number % len(people)],
            due=timezone.localdate() + timedelta(days=number - 150),
            state=ActionState.TODO if number % 3 == 0 else ActionState.DONE,
        )
        for number in numbers
    )


def _programmes(numbers: range, people: list[User]) -> None:
    _save(
        OwnProgramme(
            name=f"Aide régionale {number}",
            kind="aide_financiere",
            operator="Région",
            gives="Une part du prix d'un outil.",
            status="open",
            closes_on=timezone.localdate() + timedelta(days=number),
            url="https://entreprise.example/aide",
            source_title="Page de la Région",
            source_on=timezone.localdate(),
            by=people[1],
        )
        for number in numbers
    )
    followed = set(Follow.objects.values_list("programme", flat=True))
    _save(
        Follow(
            programme=entry.id,
            name=entry.programme.name,
            state=_chance.choice(FollowState.values),
            next_on=timezone.localdate() + timedelta(days=_chance.randint(-30, 300)),
            by=people[1],
        )
        for entry in entries()
        if entry.id not in followed
    )


def _prompts(numbers: range, people: list[User]) -> None:
    made, kept = [], []
    for number in numbers:
        content = Content.model_validate(_PROMPT | {"title": f"Résumer une visite, cas {number}"})
        state = PromptState.SHARED if number % 10 else list(PromptState)[number // 10 % 3]
        # The first ones are of those who ask.
        author = people[number % 3] if number % 20 < 3 else people[number % len(people)]
        row = Prompt(author=author, state=state, changed_at=_ago())
        row.sealed_draft = prompts.seal_draft(row, content)
        if state == PromptState.SHARED:
            row.current = 1
            one = PromptVersion(prompt=row, number=1, approved_by=people[1], approved_at=_ago())
            one.sealed_content = prompts.seal_version(one, content)
            kept.append(one)
        made.append(row)
    _save(made)
    _save(kept)
    _save(
        Rating(person=person, ref=str(one.pk), stars=_chance.randint(1, 5))
        for one in made
        for person in _chance.sample(people, min(40, len(people)))
    )
    _save(
        Favourite(person=person, ref=str(one.pk))
        for one in made
        for person in {*people[:3], *_chance.sample(people, 5)}
    )


def _tallies(numbers: range) -> None:
    today = timezone.localdate()
    labels = [*LABELS][:44]
    _save(
        Tally(day=today - timedelta(days=back), label=label, outcome=outcome, count=_chance.randint(1, 400))
        for back in numbers
        for label in ("", *labels)
        for outcome in ("sent", "stopped")
    )


def _journal(numbers: range, people: list[User]) -> None:
    store = SqlJournal()
    last = store.tail("w1")
    for some in _parts(numbers, 1_000):
        told = []
        for number in some:
            at = datetime.combine(
                date.today() - timedelta(days=YEARS * 365 - number * YEARS * 365 // 100_000),
                time(9, number % 60),
                UTC,
            ).isoformat()
            details = {
                "person": people[number % len(people)].public_id,
                "usage": f"usage-{number % 20}",
                "provider": f"fournisseur-{number % 4}",
                "action": ("mask", "mask", "allow", "block")[number % 4],
                "labels": {"PERSON": 2, "IBAN": 1},
                "masked": {"PERSON": 2, "IBAN": 1},
            }
            end = {"status": "complete", "input_tokens": 100, "output_tokens": 20}
            told += [Entry("opened", f"e{number}", at, details), Entry("closed", f"e{number}", at, end)]
        records = chain(last, "w1", told)
        store.append(records)
        last = records[-1]


def _feedback(numbers: range, people: list[User]) -> None:
    made = []
    for number in numbers:
        digest, kind = f"{number:064x}", list(Kind)[number % 2]
        sealed = proposals.seal(
            kind, digest, proposals.Content(f"Valeur {number}", f"Voici Valeur {number}.")
        )
        made.append(
            Proposal(
                kind=kind,
                digest=digest,
                label="PERSON" if number % 2 == 0 else "",
                sealed=sealed,
                decision=list(Decision)[number % 3],
                by=people[1],
                changed_at=_ago(),
            )
        )
    _save(made)
    _save(Voice(proposal=one, person=person) for one in made for person in _chance.sample(people, 3))


def _justifications(numbers: range, people: list[User]) -> None:
    def make() -> Iterator[Justification]:
        for number in numbers:
            made = _ago()
            state = list(ReasonState)[number % len(ReasonState)]
            row = Justification(
                # One in ten is of those who ask.
                person=people[number // 10 % 3] if number % 10 == 0 else people[number % len(people)],
                usage="usage-1",
                provider="fournisseur-1",
                policy="1",
                content=f"{number:064x}",
                door="assistant",
                approval=True,
                recognised=[["IBAN", "approve", 1], ["PERSON", "mask", 2]],
                state=state,
                decided_by=people[1],
                decided_at=made,
                created_at=made,
                expires_at=_now + timedelta(days=1) if number % 2 else made + timedelta(days=2),
            )
            row.sealed_reason = reasons.seal(row, "reason", "Le client attend sa réponse ce soir.")
            yield row

    _save(make())


def _conversations(numbers: range) -> None:
    def make() -> Iterator[Conversation]:
        for one in User.objects.filter(email__in=ROLES.values()):
            for number in numbers:
                at = _ago()
                row = Conversation(
                    owner=one, usage="usage-1", provider="fournisseur-1", created_at=at, updated_at=at
                )
                row.sealed_title = talks.seal_title(row, f"Devis numéro {number}")
                row.sealed_choices = talks.seal_choices(row, Adjustments())
                yield row

    _save(make())


def _policy(numbers: range, by: User) -> None:
    for number in numbers:
        profile = ("strict", "prudent")[number % 2]
        versions.publish(Policy.load(profile).document, by, f"Essai {number}", over=number)
        policies.hide(f"Projet Goéland {number}", by)
        policies.allow(f"Produit Cormoran {number}", by)

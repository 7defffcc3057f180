from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import override
from tests.workspace.mail.servers import Box

from egide.policy import Role
from egide.reference.hygiene import hygiene
from egide.reference.programmes import programmes
from egide.workspace.accounts.models import User
from egide.workspace.actions.models import Action, Origin
from egide.workspace.ai_act.models import Assessment
from egide.workspace.charter.models import CharterVersion, Reminder
from egide.workspace.hygiene import services as campaigns
from egide.workspace.mail import digests, outbox, preferences, relay
from egide.workspace.mail.models import Frequency, Mail, Relay
from egide.workspace.notice import services as notice
from egide.workspace.programmes.entries import own_id
from egide.workspace.programmes.models import Follow, OwnProgramme
from egide.workspace.usages import services as usages
from egide.workspace.usages.models import Usage

Person = Callable[..., User]
# In Paris: 9 in the morning.
MONDAY, TUESDAY, FRIDAY = (datetime(2026, 11, day, 8, tzinfo=UTC) for day in (23, 24, 27))
SATURDAY, NEXT_MONDAY = (datetime(2026, 11, 28, 8, tzinfo=UTC), datetime(2026, 11, 30, 8, tzinfo=UTC))
ARMISTICE = datetime(2026, 11, 11, 8, tzinfo=UTC)


def _day(now: datetime) -> int:
    """Plan and send at this moment; how many left."""
    digests.plan(relay.needed(), now)
    return outbox.send_all(lambda: now, lambda: True)


@pytest.fixture
def zoe(person: Person) -> User:
    return person(email="zoe@entreprise.example", name="Zoé", informed=False)


@pytest.fixture
def charter(person: Person) -> CharterVersion:
    at = datetime(2026, 11, 2, 8, tzinfo=UTC)
    made = CharterVersion(
        number=1, text="{}", pdf=b"", digest="d", seal="s", enters_on=at.date(), at=at,
        by=person(Role.PILOT, informed=False),
    )  # fmt: skip
    made.save()
    return made


def _bodies(box: Box, number: int = -1) -> tuple[str, str]:
    text, html = (box.taken[number].get_body((kind,)) for kind in ("plain", "html"))
    assert text is not None
    assert html is not None
    return text.get_content(), unescape(html.get_content())


def test_one_mail_says_all_that_is_left_with_links(mailbox: Box, zoe: User) -> None:
    campaigns.start(hygiene().themes, date(2026, 12, 20), zoe)
    assert (_day(MONDAY), _day(MONDAY), len(mailbox.taken)) == (1, 0, 1)
    for body in _bodies(mailbox):
        assert "Lire ce qui est enregistré de vous" in body
        assert "https://egide.entreprise.example/information/lire/" in body
        assert "Répondre aux bonnes pratiques" in body
        assert "20 décembre 2026" in body
        assert "https://egide.entreprise.example/accueil/" in body
    assert str(mailbox.taken[0]["Subject"]).startswith("Égide : ")
    assert "\n\n\n" not in _bodies(mailbox)[0]


def test_a_reminder_is_in_french_whatever_language_is_spoken_around_it(mailbox: Box, zoe: User) -> None:
    campaigns.start(hygiene().themes, date(2026, 12, 20), zoe)
    with override("en"):
        assert _day(MONDAY) == 1
    for body in _bodies(mailbox):
        assert "Lire ce qui est enregistré de vous" in body
        assert "20 décembre 2026" in body


def test_a_day_that_is_planned_takes_no_lock(mailbox: Box, zoe: User) -> None:
    assert digests.plan(relay.needed(), MONDAY) == 1
    server = relay.needed()
    with CaptureQueriesContext(connection) as queries:
        assert digests.plan(server, MONDAY + timedelta(seconds=15)) == 0
    assert not len(queries)
    assert digests.plan(server, TUESDAY) == 1


def test_once_a_week_each_working_day_or_never(mailbox: Box, person: Person) -> None:
    for frequency in Frequency:
        one = person(email=f"{frequency}@entreprise.example", informed=False)
        if frequency is not Frequency.WEEKLY:
            preferences.choose(one, frequency)
    sent = []
    for moment in (MONDAY, TUESDAY, FRIDAY, SATURDAY, NEXT_MONDAY):
        mailbox.recipients.clear()
        _day(moment)
        sent.append(sorted(one.split("@")[0] for one in mailbox.recipients))
    both = ["weekly", "working_day"]
    assert sent == [both, ["working_day"], ["working_day"], [], both]


@pytest.mark.parametrize(
    "moment",
    [
        SATURDAY,
        ARMISTICE,
        MONDAY.replace(hour=5),
        MONDAY.replace(hour=20),
        datetime(2026, 12, 25, 9, tzinfo=UTC),
    ],
)
def test_nothing_leaves_at_night_nor_on_days_off(moment: datetime, mailbox: Box, zoe: User) -> None:
    assert (_day(moment), Mail.objects.count()) == (0, 0)


def test_who_has_nothing_left_gets_nothing_and_gets_it_when_there_is(mailbox: Box, zoe: User) -> None:
    notice.acknowledge(zoe, notice.version())
    pieces = len(digests.of(zoe, MONDAY.date()).mine)
    for attempt in digests.of(zoe, MONDAY.date()).mine:
        assert "/formation/" in attempt.url
    assert pieces
    Relay.objects.update(reminders=False)
    assert (_day(MONDAY), Mail.objects.count()) == (0, 0)


def test_what_was_done_meanwhile_is_not_said(
    mailbox: Box, zoe: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    digests.plan(relay.needed(), MONDAY)
    monkeypatch.setattr("egide.workspace.overview.pieces.duties_of", lambda person: [])
    assert outbox.send_all(lambda: MONDAY, lambda: True) == 0
    assert (Mail.objects.get().state, mailbox.taken) == (Mail.State.DROPPED, [])
    monkeypatch.undo()
    assert _day(TUESDAY) == 1


def test_a_clock_that_goes_back_and_forth_says_it_once_a_day(mailbox: Box, zoe: User) -> None:
    preferences.choose(zoe, Frequency.WORKING_DAY)
    for moment in (MONDAY, TUESDAY, MONDAY, TUESDAY, MONDAY):
        _day(moment)
    assert len(mailbox.taken) == 2


def test_who_never_came_in_or_has_left_is_not_written_to(mailbox: Box, zoe: User) -> None:
    User.objects.create_user("jamais@entreprise.example")
    zoe.is_active = False
    zoe.save()
    assert (_day(MONDAY), mailbox.taken) == (0, [])


def test_who_leaves_between_queue_and_sending_gets_nothing(mailbox: Box, zoe: User) -> None:
    digests.plan(relay.needed(), MONDAY)
    User.objects.update(is_active=False)
    assert outbox.send_all(lambda: MONDAY, lambda: True) == 0


def test_the_charter_is_asked_for_even_of_who_wants_nothing(
    mailbox: Box, zoe: User, charter: CharterVersion
) -> None:
    preferences.choose(zoe, Frequency.NONE)
    User.objects.exclude(pk=zoe.pk).update(is_active=False)
    User.objects.filter(pk=zoe.pk).update(created_at=charter.at)
    sent = [_day(MONDAY + timedelta(days=after)) for after in range(9)]
    assert sent == [1, 0, 0, 0, 0, 0, 0, 1, 0]
    text, html = _bodies(mailbox)
    for told in (text, html, unescape(Client().post(preferences.stop_path(zoe)).content.decode())):
        assert "rappelée, au plus tous les 5 jours ouvrés : la charte à signer, tant qu'elle ne" in told
    assert "Lire la charte et la signer" in text
    assert "enregistré de vous" not in text
    assert mailbox.taken[0]["List-Unsubscribe"] is None
    assert list(Reminder.objects.values_list("on", flat=True)) == [date(2026, 11, 23), date(2026, 11, 30)]


def test_a_reminder_of_the_charter_is_noted_whatever_else_it_said(
    mailbox: Box, zoe: User, charter: CharterVersion
) -> None:
    _day(MONDAY)
    assert list(Reminder.objects.filter(person=zoe).values_list("on", flat=True)) == [MONDAY.date()]


def test_pilots_are_told_what_waits_and_what_is_late_without_words_of_the_company(
    mailbox: Box, person: Person, zoe: User
) -> None:
    pilot = person(Role.PILOT)
    declared = usages.declare({"name": "Dossier Durand"}, zoe)
    for name in ("Contrat Martin", "Contrat Perrin"):
        one = usages.declare({"name": name}, zoe)
        usages.validate(one.pk, pilot, date(2100, 1, 1), read=usages.last_change(one))
        type(one).objects.filter(pk=one.pk).update(review_on=date(2026, 11, 20))
    Action.objects.create(
        origin=Origin.HYGIENE, reference=hygiene().checks[0].id, about=None, shared=False, owner=pilot,
        due=date(2026, 11, 20),
    )  # fmt: skip
    assert declared.state
    preferences.choose(zoe, Frequency.NONE)
    _day(MONDAY)
    assert mailbox.recipients == [pilot.email]
    for body in _bodies(mailbox):
        assert "Usages : 1" in body.replace("</a>", "")
        assert "Usages à revoir : 2" in body.replace("</a>", "")
        assert not [name for name in ("Durand", "Martin", "Perrin", "Zoé") if name in body]
        # Owned by the pilot: a duty, so not said again among the company's dates.
        assert unescape(body).count(hygiene().checks[0].text) == 1


def test_no_name_from_the_tables_of_the_company_is_in_a_reminder(mailbox: Box, person: Person) -> None:
    pilot = person(Role.PILOT, name="Odile Garnier")
    soon = date(2026, 11, 27)
    result = {"outcomes": [], "duties": [{"applies_from": soon.isoformat()}]}
    for name in ("Dossier Durand", "Contrat Martin"):
        classed = usages.add(name, answers={"review_on": soon})
        Assessment.objects.create(usage=classed, table="1", result=result, confirmed_at=MONDAY)
    own = OwnProgramme.objects.create(
        name="Accord Perrin", kind="formation", operator="Cabinet Lemoine", gives="Un stage",
        url="https://lemoine.example/", source_title="Perrin", source_on=soon,
    )  # fmt: skip
    Follow.objects.create(programme=own_id(own), name=own.name, next_on=soon)
    brought = programmes().programmes[0]
    Follow.objects.create(programme=brought.id, name=brought.name, next_on=soon)
    digest = digests.of(pilot, MONDAY.date())
    said = [(line.what, line.count) for line in digest.dates]
    assert ("Règlement IA : nouveaux devoirs", 2) in said
    assert ("Usages à revoir", 2) in said
    assert ("Aide ajoutée par l'entreprise : prochaine date notée", 0) in said
    assert (f"{brought.name} : prochaine date notée", 0) in said
    _day(MONDAY)
    written = [
        *Usage.objects.exclude(slug="assistance").values_list("name", "slug"),
        *OwnProgramme.objects.values_list("name", "operator"),
    ]
    names = {"durand", "martin", "perrin", "lemoine", *(text.lower() for row in written for text in row)}
    for body in (*_bodies(mailbox), str(mailbox.taken[0]["Subject"])):
        assert not [name for name in names if name in body.lower()]


def test_one_click_in_a_mailbox_ends_it(mailbox: Box, zoe: User) -> None:
    _day(MONDAY)
    mail = mailbox.taken[0]
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = str(mail["List-Unsubscribe"]).strip().strip("<>")
    assert zoe.email not in address
    path = address.removeprefix("https://egide.entreprise.example")
    outside = Client(enforce_csrf_checks=True)
    assert outside.get(path).status_code == 200
    assert preferences.of(zoe) is Frequency.WEEKLY
    assert outside.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert preferences.of(zoe) is Frequency.NONE
    assert outside.post(path.replace(":", ":A", 1)).status_code == 404
    assert (_day(NEXT_MONDAY), outside.get("/accueil/").status_code) == (0, 302)


def test_a_person_chooses_on_their_own_page(mailbox: Box, browser: Callable[..., Client]) -> None:
    mine = browser(Role.COLLABORATOR)
    page = mine.get("/courriel/rappels/").content.decode()
    assert "Une fois par semaine" in page
    assert "rappelée, au plus tous les 5 jours ouvrés" in page
    mine.post("/courriel/rappels/", {"frequency": "working_day"})
    me = User.objects.get(role=Role.COLLABORATOR)
    assert preferences.of(me) is Frequency.WORKING_DAY
    mine.post("/courriel/rappels/", {"frequency": "hourly"})
    assert preferences.of(me) is Frequency.WORKING_DAY


def test_planning_asks_as_much_for_forty_people_as_for_two(mailbox: Box, person: Person) -> None:
    def asked(count: int, moment: datetime) -> int:
        for number in range(count):
            person(email=f"{count}-{number}@entreprise.example", informed=False)
        with CaptureQueriesContext(connection) as queries:
            assert digests.plan(relay.needed(), moment) >= count
        return len(queries)

    assert asked(2, MONDAY) == asked(40, TUESDAY)


def test_a_hundred_things_make_a_short_mail(mailbox: Box, zoe: User, monkeypatch: pytest.MonkeyPatch) -> None:
    from egide.workspace.overview.pieces import Duty

    many: list[Any] = [Duty(f"Chose <b>{n}</b>", "/accueil/", done=False) for n in range(100)]
    monkeypatch.setattr("egide.workspace.overview.pieces.duties_of", lambda person: many)
    _day(MONDAY)
    text, _ = _bodies(mailbox)
    assert text.count("Chose <b>") == digests.MOST_LINES
    assert f"et {100 - digests.MOST_LINES} autres" in text
    html = mailbox.taken[0].get_body(("html",)).get_content()  # type: ignore[union-attr]
    assert "<b>" not in html
    assert timezone.localdate(Mail.objects.get().expires_at) == MONDAY.date()

"""The outbox, against servers that fail in every way: nothing lost, nothing sent twice."""

from __future__ import annotations

import socket
from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Barrier, Thread

import pytest
from django.apps import apps
from django.db import connections
from django.utils import timezone
from tests.workspace.mail.conftest import kept
from tests.workspace.mail.servers import Box, box, free_port, lines, scripted, until_data

from egide.workspace.accounts.models import User
from egide.workspace.mail import invitations, outbox, relay
from egide.workspace.mail.background import Sender
from egide.workspace.mail.connecting import Connection
from egide.workspace.mail.models import Mail, Relay

Person = Callable[..., User]
State = Mail.State


def _connect(server: Relay) -> Connection:
    return Connection(server, silence=2.0, whole=4.0)


def _invited(person: Person, count: int = 1) -> list[Mail]:
    people = [person(email=f"p{number}@entreprise.example") for number in range(count)]
    invitations.invite(people, timezone.now())
    return list(Mail.objects.order_by("pk"))


def _look(after: timedelta = timedelta()) -> int:
    return outbox.send_all(lambda: timezone.now() + after, lambda: True, _connect)


def _state(mail: Mail) -> tuple[str, str, int | None]:
    mail.refresh_from_db()
    return mail.state, mail.trouble, mail.reply


def test_what_is_due_leaves_once_and_its_secret_is_forgotten(mailbox: Box, person: Person) -> None:
    mails = _invited(person, 3)
    assert all(mail.sealed for mail in mails)
    assert (_look(), _look(), _look(timedelta(days=2))) == (3, 0, 0)
    assert sorted(mailbox.recipients) == [f"p{n}@entreprise.example" for n in range(3)]
    for mail in Mail.objects.all():
        assert (mail.state, bytes(mail.sealed), mail.ended_at is not None) == (State.SENT, b"", True)


def test_no_address_no_name_and_no_secret_lies_in_the_outbox(mailbox: Box, person: Person) -> None:
    zoe = person(email="zoe@entreprise.example", name="Zoé Quatrevents")
    invitations.invite([zoe], timezone.now())
    _look()
    told = str(list(Mail.objects.values_list())) + str(list(Relay.objects.values_list()))
    assert "zoe" not in told.casefold()
    assert "Quatrevents" not in told


def test_who_is_made_to_wait_is_tried_again_and_gets_one(mailbox: Box, person: Person) -> None:
    (mail,) = _invited(person)
    mailbox.answer = lambda step: "450 greylisted" if step == "RCPT" else None
    assert (_look(), _state(mail)) == (0, (State.WAITING, "later", 450))
    asked = len(mailbox.asked)
    assert (_look(), len(mailbox.asked)) == (0, asked)
    mailbox.answer = lambda step: None
    assert _look(timedelta(minutes=2)) == 1
    assert (_state(mail), len(mailbox.taken)) == ((State.SENT, "", None), 1)


def test_who_is_always_made_to_wait_is_given_up_in_the_end(mailbox: Box, person: Person) -> None:
    (mail,) = _invited(person)
    mailbox.answer = lambda step: "452 full" if step == "DATA" else None
    for hour in range(80):
        _look(timedelta(hours=hour))
    assert _state(mail) == (State.FAILED, "later", 452)
    assert mailbox.asked.count("DATA") <= outbox.MOST_ATTEMPTS


def test_a_refused_address_stops_nobody_else(mailbox: Box, person: Person) -> None:
    first, second = _invited(person, 2)
    refused = iter(["550 no such user p0@entreprise.example"])
    mailbox.answer = lambda step: next(refused, None) if step == "RCPT" else None
    assert _look() == 1
    assert (_state(first), _state(second)[0]) == ((State.FAILED, "recipient", 550), State.SENT)
    assert relay.needed().trouble == ""
    assert _look(timedelta(hours=5)) == 0


def test_a_server_that_is_away_is_left_alone_and_nothing_is_lost(db: None, person: Person) -> None:
    kept(free_port())
    mails = _invited(person, 3)
    assert _look() == 0
    server = relay.needed()
    assert (server.trouble, server.failures) == ("refused", 1)
    assert {_state(mail)[0] for mail in mails} == {State.WAITING}
    _look()
    assert relay.needed().failures == 1
    for hour in (1, 2, 3):
        _look(timedelta(hours=hour * 5))
    assert relay.needed().failures == 4
    with box() as (handler, port):
        Relay.objects.update(port=port)
        assert _look(timedelta(hours=30)) == 3
        assert len(handler.taken) == 3
    assert (relay.needed().trouble, relay.needed().failures) == ("", 0)


def test_a_server_that_is_changed_between_two_mails_gets_the_rest(mailbox: Box, person: Person) -> None:
    _invited(person, 3)
    with box() as (other, port):

        def change(step: str) -> None:
            if step == "DATA":
                changed.append(port)

        changed = list[int]()
        mailbox.answer = change

        def going() -> bool:
            if changed:
                Relay.objects.update(port=changed.pop(), changed_at=timezone.now())
            return True

        assert outbox.send_all(timezone.now, going, _connect) == 3
        assert (len(mailbox.taken), len(other.taken)) == (1, 2)


def test_what_could_not_leave_in_time_says_why(db: None, person: Person) -> None:
    kept(free_port())
    (mail,) = _invited(person)
    _look()
    _look(timedelta(days=4))
    assert _state(mail) == (State.FAILED, "refused", None)
    assert bytes(mail.sealed) == b""


def _takes_and_leaves(one: socket.socket) -> None:
    def body(one: socket.socket) -> None:
        one.sendall(b"354 go on\r\n")
        for line in lines(one):
            if line == ".":
                return

    until_data(one, body)


def test_a_server_that_takes_and_drops_gets_it_once(person: Person) -> None:
    met = list[int]()

    def talk(one: socket.socket) -> None:
        met.append(1)
        _takes_and_leaves(one)

    with scripted(talk) as port:
        kept(port)
        (mail,) = _invited(person)
        for hour in range(0, 70, 7):
            _look(timedelta(hours=hour))
    assert (_state(mail), len(met)) == ((State.UNCERTAIN, "uncertain", None), 1)
    assert "peut-être" in invitations.standings([mail.person])[mail.person_id].advice


def test_a_connection_that_the_server_ends_between_two_mails_is_made_anew(person: Person) -> None:
    def talk(one: socket.socket) -> None:
        def body(one: socket.socket) -> None:
            one.sendall(b"354 go on\r\n")
            for line in lines(one):
                if line == ".":
                    one.sendall(b"250 OK\r\n")
                    return

        until_data(one, body)

    with scripted(talk) as port:
        kept(port)
        _invited(person, 3)
        assert _look() == 3
    assert relay.needed().failures == 0


def _claimed(now: datetime) -> Mail:
    taken = outbox.claim(now)
    assert taken is not None
    return taken[1]


def test_a_worker_that_died_before_giving_it_is_replaced(mailbox: Box, person: Person) -> None:
    (mail,) = _invited(person)
    _claimed(timezone.now())
    assert _look() == 0
    assert _look(outbox.LEASE + timedelta(seconds=1)) == 1
    assert (_state(mail)[0], len(mailbox.taken)) == (State.SENT, 1)


def test_a_worker_that_died_while_giving_it_is_not(mailbox: Box, person: Person) -> None:
    first, second = _invited(person, 2)
    assert outbox._hand(_claimed(timezone.now()))
    assert _look() == 0
    assert _look(outbox.LEASE + timedelta(seconds=1)) == 1
    assert (_state(first)[0], _state(second)[0]) == (State.UNCERTAIN, State.SENT)
    assert mailbox.recipients == ["p1@entreprise.example"]


@pytest.mark.parametrize("jump", [timedelta(days=400), -timedelta(days=400)])
def test_a_clock_that_jumps_under_a_worker_sends_nothing_twice(
    jump: timedelta, mailbox: Box, person: Person
) -> None:
    (mail,) = _invited(person)
    Mail.objects.update(expires_at=timezone.now() + timedelta(days=800))
    slow = _claimed(timezone.now())
    other = _claimed(timezone.now() + jump)
    assert other.pk == slow.pk
    assert (outbox._hand(slow), outbox._hand(other)) == (False, True)
    outbox._end(slow, State.FAILED, timezone.now())
    outbox._end(other, State.SENT, timezone.now())
    assert (_state(mail)[0], mailbox.taken) == (State.SENT, [])


def test_a_worker_thought_dead_that_comes_back_has_the_last_word(mailbox: Box, person: Person) -> None:
    (mail,) = _invited(person)
    slow = _claimed(timezone.now())
    assert outbox._hand(slow)
    assert outbox.claim(timezone.now() + timedelta(days=1)) is None
    assert _state(mail)[0] == State.UNCERTAIN
    outbox._end(slow, State.SENT, timezone.now())
    assert _state(mail) == (State.SENT, "", None)


def test_a_time_of_a_clock_that_was_wrong_is_not_waited_for(mailbox: Box, person: Person) -> None:
    _invited(person)
    Mail.objects.update(next_at=timezone.now() + timedelta(days=4000))
    Relay.objects.update(resume_at=timezone.now() + timedelta(days=4000))
    assert _look() == 1


def test_a_mail_that_cannot_be_written_stops_nobody_and_tells_nothing(
    mailbox: Box, person: Person, caplog: pytest.LogCaptureFixture
) -> None:
    first, second = _invited(person, 2)
    Mail.objects.filter(pk=first.pk).update(sealed=b"p0@entreprise.example")
    assert _look() == 1
    assert (_state(first), _state(second)[0]) == ((State.FAILED, "internal", None), State.SENT)
    assert "entreprise" not in caplog.text


def test_nothing_leaves_once_the_server_is_given_up(mailbox: Box, person: Person) -> None:
    _invited(person, 2)
    relay.give_up()
    assert (_look(), outbox.work(), mailbox.taken) == (0, 0, [])
    assert set(Mail.objects.values_list("state", "sealed")) == {(State.DROPPED, b"")}


def test_what_ended_long_ago_is_forgotten_and_counts_name_nobody(mailbox: Box, person: Person) -> None:
    _invited(person, 2)
    _look()
    now = timezone.now()
    assert outbox.counts(now) == {"waiting": 0, "sent": 2, "failed": 0, "uncertain": 0, "dropped": 0}
    Mail.objects.filter(pk=Mail.objects.first().pk).update(state=State.DROPPED)  # type: ignore[union-attr]
    assert [outbox.purge(now + timedelta(days=after)) for after in (0, 8, 89, 91)] == [0, 1, 0, 1]


@pytest.mark.usefixtures("committed_db")
def test_two_workers_at_once_send_each_mail_once() -> None:
    people = [User.objects.create_user(f"p{number}@entreprise.example") for number in range(12)]
    with box() as (handler, port):
        kept(port)
        invitations.invite(people, timezone.now())
        together, sent = Barrier(3), list[int]()

        def work() -> None:
            try:
                together.wait()
                while Mail.objects.filter(state=State.WAITING).exists():
                    sent.append(_look())
            finally:
                connections.close_all()

        workers = [Thread(target=work) for _ in range(3)]
        for one in workers:
            one.start()
        for one in workers:
            one.join(60)
        assert sum(sent) == 12
        assert sorted(handler.recipients) == sorted(one.email for one in people)


@pytest.mark.usefixtures("committed_db")
def test_the_thread_of_a_process_sends_what_is_queued() -> None:
    zoe = User.objects.create_user("zoe@entreprise.example")
    with box() as (handler, port):
        kept(port)
        sender = Sender(period=0.05)
        sender.start()
        try:
            invitations.invite([zoe], timezone.now())
            until = timezone.now() + timedelta(seconds=20)
            while not Mail.objects.filter(state=State.SENT).exists() and timezone.now() < until:
                pass
        finally:
            sender.stop()
        assert handler.recipients == ["zoe@entreprise.example"]


def test_tables_of_mail_keep_the_person_only_by_number() -> None:
    fields = {
        field.name for model in apps.get_app_config("mail").get_models() for field in model._meta.fields
    }
    assert not fields & {"email", "address", "to", "recipient", "subject", "body", "text"}

"""What is kept of a conversation: readable by its owner only, for a time, and in no other way."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from egide.errors import EgideError, PseudonymisationError, WorkspaceError
from egide.policy import Caller, Person, Provider, Role, Trust, Usage
from egide.ports import Adjustments, Delta, Turn
from egide.workspace import configuration
from egide.workspace.accounts.models import User
from egide.workspace.assistant import history, services
from egide.workspace.assistant.body import Body, Mark
from egide.workspace.assistant.draft import Draft
from egide.workspace.assistant.models import Conversation, Message

TEXT = "Relance de Zoé Lefèvre-Quimper 😀"
CHOSEN = Adjustments(frozenset({"Quimper-visible"}), frozenset({"Aurore-caché"}), "Raison-très-intime")
CLEAR = (
    "Lefèvre-Quimper",
    "Quimper-visible",
    "Aurore-caché",
    "Raison-très-intime",
    "Réponse-privée",
    "Relance de",
)


def draft(owner: User, text: str = TEXT) -> Draft:
    provider = Provider("ailleurs", "Ailleurs", "openai", "http://127.0.0.1:1/v1", Trust.PUBLIC)
    caller = Caller(Person(owner.public_id, Role(owner.role)), Usage("redaction", "Rédaction"))
    return Draft(text, caller, provider, "", CHOSEN)


def begin(owner: User, now: datetime | None = None) -> Conversation:
    at = now or timezone.now()
    kept = history.ask(owner, draft(owner), Body(TEXT, (Mark(11, 26, "PERSON"),)), None, at)
    history.answer(kept, Body.of_answer([Delta("Réponse-privée")]), Message.State.COMPLETE, at)
    return kept


def test_the_owner_reads_everything_back(zoe: User) -> None:
    kept = history.mine(zoe, begin(zoe).id)
    assert history.title(kept) == TEXT
    assert history.choices(kept) == CHOSEN
    assert [(m.role, m.body.text) for m in history.messages(kept)] == [
        ("user", TEXT),
        ("assistant", "Réponse-privée"),
    ]
    assert history.turns(kept) == [Turn("user", TEXT), Turn("assistant", "Réponse-privée")]
    assert [line.title for line in history.lines(history.of(zoe))] == [TEXT]


def test_no_clear_word_reaches_the_disk(zoe: User) -> None:
    begin(zoe)
    folder: Path = configuration.current().data_dir
    written = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    assert b"redaction" in written, "the row itself must be in the files read"
    for word in CLEAR:
        for encoded in (word.encode(), word.encode("utf-16-le"), word.encode("unicode_escape")):
            assert encoded not in written


def test_a_sealed_text_does_not_open_elsewhere(zoe: User, anne: User) -> None:
    kept, other = begin(zoe), begin(anne)
    Message.objects.filter(conversation=other, position=0).update(
        sealed_body=Message.objects.get(conversation=kept, position=0).sealed_body
    )
    with pytest.raises(PseudonymisationError):
        history.messages(other)


@pytest.mark.parametrize("role", list(Role))
def test_a_conversation_does_not_exist_for_anyone_else(zoe: User, anne: User, role: Role) -> None:
    kept = begin(zoe)
    anne.role = role.value
    anne.save()
    with pytest.raises(WorkspaceError) as refused:
        history.mine(anne, kept.id)
    assert refused.value.code == "EG-6101"
    assert history.lines(history.of(anne)) == []
    assert history.delete(anne, [kept.id]) == 0
    assert history.delete(anne) == 0
    with pytest.raises(EgideError):
        history.ask(anne, draft(anne), Body(TEXT), kept.id, timezone.now())
    assert Message.objects.count() == 2


def test_deleting_removes_the_messages_too(zoe: User) -> None:
    kept, _other = begin(zoe), begin(zoe)
    assert history.delete(zoe, [kept.id]) == 1
    assert Message.objects.count() == 2
    assert history.delete(zoe) == 1
    assert not Message.objects.exists()


def test_a_person_who_goes_takes_their_conversations_along(zoe: User) -> None:
    begin(zoe)
    zoe.delete()
    assert not Conversation.objects.exists()


def test_renaming_keeps_the_title_sealed(zoe: User) -> None:
    kept = begin(zoe)
    history.rename(kept, "Dossier Kervella")
    assert history.lines(history.of(zoe))[0].title == "Dossier Kervella"
    assert b"Kervella" not in bytes(Conversation.objects.get().sealed_title)


def test_what_is_too_old_is_purged_and_nothing_else(zoe: User) -> None:
    now = timezone.now()
    days = configuration.current().history_days
    begin(zoe, now - timedelta(days=days, minutes=1))
    young = begin(zoe, now - timedelta(days=days) + timedelta(minutes=1))
    assert services.purge(now) == 1
    assert [line.id for line in history.lines(history.of(zoe))] == [young.id]
    assert services.purge(now) == 0


def test_a_new_message_gives_a_conversation_its_full_time_again(zoe: User) -> None:
    now = timezone.now()
    old = begin(zoe, now - timedelta(days=configuration.current().history_days + 1))
    history.ask(zoe, draft(zoe), Body("Encore"), old.id, now)
    assert services.purge(now) == 0


def test_withdrawing_a_follow_up_keeps_the_earlier_exchange(zoe: User) -> None:
    kept = begin(zoe)
    history.ask(zoe, draft(zoe), Body("Encore"), kept.id, timezone.now())
    history.withdraw(kept)
    assert [m.body.text for m in history.messages(kept)] == [TEXT, "Réponse-privée"]
    history.withdraw(kept)  # the last message is an answer: nothing to withdraw
    assert Message.objects.count() == 2

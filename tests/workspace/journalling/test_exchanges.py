from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from egide.journal import Entry, Record, chain
from egide.workspace.journalling import exchanges
from egide.workspace.journalling.store import SqlJournal

Records = Callable[..., list[Record]]


def test_one_line_per_exchange_with_its_end(records: Records, db: None) -> None:
    SqlJournal().append(records(["a"], model="grand"))
    (line,) = exchanges.page({}).exchanges
    assert (line.person, line.usage, line.provider, line.model) == ("p7", "devis", "mistral", "grand")
    assert line.action_word == "Masqué"
    assert line.counts == (("nom de personne", 2), ("coordonnées bancaires (IBAN ou RIB)", 1))
    assert (line.note, line.tokens, line.refused) == ("", 120, False)


def test_tokens_that_no_provider_told_are_counted_and_marked(db: None) -> None:
    at = "2026-11-24T09:30:00+00:00"
    end = {"status": "abandoned", "input_tokens": 100, "estimated_tokens": 30}
    SqlJournal().append(chain(None, "w1", [Entry("opened", "a", at, {}), Entry("closed", "a", at, end)]))
    (line,) = exchanges.page({}).exchanges
    assert (line.tokens, line.estimated) == (130, 30)


def test_attachments_are_counted_by_kind(records: Records, db: None) -> None:
    told = {"error": "EG-4051", "attachments": {"unread": 2}}
    refused = chain(None, "w2", [Entry("refused", "r", "2026-11-20T09:30:00+00:00", told)])
    SqlJournal().append([*records(["a"], attachments={"png": 1, "docx": 3, "futur": 1}), *refused])
    first, last = exchanges.page({}).exchanges
    assert first.attachments == (("Word", 3), ("futur", 1), ("image PNG", 1))
    assert last.attachments == (("fichier refusé", 2),)


def test_a_refused_exchange_is_one_line_without_end(db: None) -> None:
    told = {"person": "p7", "action": "block", "labels": {"SECRET": 1}, "error": "EG-3001"}
    SqlJournal().append(chain(None, "w1", [Entry("refused", "r", "2026-11-24T09:30:00+00:00", told)]))
    (line,) = exchanges.page({}).exchanges
    assert (line.refused, line.action_word, line.note, line.tokens) == (True, "Bloqué", "EG-3001", None)


def test_an_exchange_that_never_ended_says_so(records: Records, db: None) -> None:
    SqlJournal().append(records(["a"])[:1])
    assert exchanges.page({}).exchanges[0].note == "en cours ou sans fin"


def test_an_exchange_that_moved_names_who_answered(records: Records, db: None) -> None:
    opened, closed = (record.entry for record in records(["a"], model="grand"))
    moved = Entry("moved", "a", opened.at, {"provider": "ovhcloud", "tried": 2})
    told = {**closed.details, "provider": "ovhcloud", "model_used": "large", "tried": 2, "calls": 3}
    SqlJournal().append(chain(None, "w1", [opened, moved, replace(closed, details=told)]))
    (line,) = exchanges.page({}).exchanges
    assert (line.provider, line.model, line.note) == ("ovhcloud", "large", "2 fournisseurs essayés")


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"person": "p8"}, ["b"]),
        ({"usage": "devis", "provider": "mistral"}, ["a"]),
        ({"action": "allow"}, ["b"]),
        ({"from": "2026-11-24T00:00:00+00:00"}, ["b"]),
        ({"to": "2026-11-24T00:00:00+00:00"}, ["a"]),
        ({"person": "", "action": ""}, ["b", "a"]),
        ({"person": "inconnue"}, []),
    ],
)
def test_filters(filters: dict[str, str], expected: list[str], records: Records, db: None) -> None:
    first = records(["a"], at="2026-11-23T10:00:00+00:00")
    last = records(
        ["b"], last=first[-1], at="2026-11-24T10:00:00+00:00", person="p8", usage="autre", action="allow"
    )
    SqlJournal().append([*first, *last])
    found = [line.at.day for line in exchanges.page(filters).exchanges]
    assert found == [{"a": 23, "b": 24}[name] for name in expected]


def test_pages_hold_every_exchange_once_even_at_one_instant(records: Records, db: None) -> None:
    count = 2 * exchanges.PAGE + 3
    SqlJournal().append(records([f"x{n}" for n in range(count)]))
    before, seen = "", 0
    while True:
        page = exchanges.page({}, before)
        seen += len(page.exchanges)
        if not page.older:
            break
        before = page.older
    assert seen == count


def test_a_page_asks_the_database_twice_whatever_its_size(records: Records, db: None) -> None:
    from django.db import connections
    from django.test.utils import CaptureQueriesContext

    SqlJournal().append(records([f"x{n}" for n in range(60)]))
    with CaptureQueriesContext(connections["journal"]) as asked:
        exchanges.page({})
    assert len(asked) == 2
    assert not any("COUNT(" in query["sql"] for query in asked)

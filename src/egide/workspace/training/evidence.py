"""The proof that people are trained (règlement (UE) 2024/1689, article 4), as a table and as a PDF."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any, Final

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import override

from egide.journal.spreadsheet import row
from egide.reference.training import modules, training, version
from egide.workspace import printing
from egide.workspace.company import services as company
from egide.workspace.training.certificates import printed_name
from egide.workspace.training.following import Follow, of_removed_people, overview
from egide.workspace.training.plan import Standing, State
from egide.workspace.training.services import Last

HEADS: Final = ("personne", "adresse", "module", "version en vigueur", "version réussie", "date", "réussi")
_SAID: Final = {State.PASSED: "oui", State.TO_RENEW: "à refaire", State.TO_DO: "non"}
ARTICLE: Final = "ria4"


def table(people: Sequence[Follow], last: Last) -> Iterator[str]:
    """Lines for a French spreadsheet: a person and a module each."""
    yield "\ufeff" + row(HEADS)
    for one in people:
        for where in one.standings:
            passed = last.get((one.person.pk, where.module.id))
            yield row(
                (
                    one.person.shown,
                    one.person.email,
                    where.module.title,
                    version(where.module),
                    passed.version if passed else "",
                    _short(where.passed_on),
                    _SAID[where.state],
                )
            )


@override("fr")
def printed(people: Sequence[Follow], made_at: datetime) -> bytes:
    """The same as a PDF, a person a line. Raises WorkspaceError EG-6401."""
    fact = next(
        fact
        for module in modules().values()
        for fact in module.key_facts
        if any(source.key == ARTICLE for source in fact.sources)
    )
    data: dict[str, Any] = {
        "title": "Preuve des mesures de formation à l'IA",
        "company": company.current().name,
        "date": date_format(timezone.localtime(made_at), "j F Y"),
        "fact": fact.text,
        "sources": [source.model_dump() for source in fact.sources],
        "renewal": training().help.renewal,
        "people": len(people),
        "removed": of_removed_people(),
        "modules": [
            {
                "id": one.module.id,
                "title": one.module.title,
                "version": version(one.module),
                "minutes": one.module.duration_min,
                "passed": one.passed,
                "waiting": one.waiting,
                "late": one.late,
            }
            for one in overview().counts
        ],
        "rows": [
            [printed_name(one.person.name, one.person.email), *(_cell(where) for where in one.standings)]
            for one in people
        ],
    }
    return printing.pdf("training/print/evidence.typ", data, made_at=made_at)


def _cell(where: Standing) -> str:
    # A star says what it is for in the legend: a colour alone would not.
    return f"{_short(where.passed_on)}{'*' if where.state is State.TO_RENEW else ''}"


def _short(day: date | None) -> str:
    return day.strftime("%d/%m/%Y") if day else ""

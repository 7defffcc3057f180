"""Time and queries of every page of the workspace, for a company of 2,000 people with five years of records.

    PYTHONPATH=src .venv/bin/python bench/workspace_pages.py [--data FOLDER] [--only PART] [--rounds 7]
                                                             [--json FILE]

A data folder with SQLite is filled twice over (``_company``): with a twentieth of everything, where only
queries are counted, then with all of it, where pages are also timed. ``--data`` keeps the folder: the next
run reads it as it is. Every address that the workspace answers to with GET is asked as a collaborator, a
pilot and an administrator through Django's test client, all of the work done in one process.

Bars: 100 ms of processor (SQLite's work included) at the median of the rounds, and no more queries with all
of it than with a twentieth, but ``SPARE``: a first row may bring the page a part that it had not. The time on
the clock, told beside, is also what else the machine does. Files (tables, PDF) are listed apart, without a
bar. Exit 1 when a page passes one.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import logging
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple
from uuid import UUID

BAR_MS: Final = 100.0
SPARE: Final = 3
SMALL: Final = 0.05
FILES: Final = (".csv", ".xlsx", ".pdf", ".docx", ".jsonl", ".yaml", ".ics")
# Pages of allauth that only answer on the way from another one, and what changes with GET.
LEFT_OUT: Final = ("lien/", "deconnexion/", "compte/", "connexion/", "assistant/attente/")


class Asked(NamedTuple):
    """One page for one role."""

    route: str
    role: str
    status: int
    cpu_ms: float
    clock_ms: float
    queries: int

    @property
    def is_file(self) -> bool:
        return self.route.endswith(FILES)


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--data", type=Path)
    options.add_argument("--only", default="", help="only routes that hold this")
    options.add_argument("--rounds", type=int, default=7)
    options.add_argument("--json", type=Path, help="where the figures are written, too")
    given = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="egide-pages-") as made:
        folder = given.data or Path(made)
        folder.mkdir(parents=True, exist_ok=True)
        _start(folder)
        small = _filled(folder)
        pages = list(_ask(given.only, given.rounds))
    if given.json:
        given.json.write_text(json.dumps([one._asdict() for one in pages], indent=1), encoding="utf-8")
    return _told(pages, small)


def _start(folder: Path) -> None:
    for name in [name for name in os.environ if name.startswith("EGIDE_")]:
        del os.environ[name]
    os.environ["EGIDE_DATA_DIR"] = str(folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "egide.workspace.settings"
    from egide.workspace import setup, wiring

    setup.start()
    setup.migrate()
    wiring.wire(_Silent(), wiring.keyring())  # type: ignore[arg-type]
    logging.disable(logging.CRITICAL)


class _Silent:
    """A gateway that pages ask how it is, and nothing else."""

    def models(self, provider: str) -> tuple[str, ...]:
        return ()

    def warnings(self) -> tuple[object, ...]:
        return ()

    def health(self) -> dict[str, object]:
        return {}


def _filled(folder: Path) -> dict[str, int]:
    """Fill the folder unless it is; the queries of each page with a twentieth."""
    kept = folder / "queries.json"
    if kept.exists():
        return dict(json.loads(kept.read_text()))
    import _company

    began = time.monotonic()
    _company.fill(0, SMALL)
    small = {f"{one.role} {one.route}": one.queries for one in _ask("", 0)}
    _company.fill(SMALL, 1)
    kept.write_text(json.dumps(small))
    print(f"Filled in {time.monotonic() - began:.0f} s.", flush=True)
    return small


def _routes(patterns: list[Any], before: str = "") -> Iterator[str]:
    from django.urls import URLResolver

    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern.url_patterns, route)
        elif not route.startswith(LEFT_OUT):
            yield route


def _ask(only: str, rounds: int) -> Iterator[Asked]:
    """Every route that answers 200 to this role."""
    from django.test import Client
    from django.urls import get_resolver

    import _company
    from egide.workspace.accounts.models import User

    routes = [route for route in dict.fromkeys(_routes(get_resolver().url_patterns)) if only in route]
    for role, email in _company.ROLES.items():
        person = User.objects.get(email=email)
        client = Client(raise_request_exception=False, headers={"host": "localhost"})
        client.force_login(person)
        for route in routes:
            address = "/" + _with_ids(route, person)
            is_file = route.endswith(FILES)
            first = _timed(client, address)  # compiles the templates of the page
            status, queries = _counted(client, address)
            if status in (302, 403, 404, 405):
                continue
            # Files, without a bar, are asked once more at most.
            times = [first] if is_file else [_timed(client, address) for _ in range(rounds)]
            cpu, clock = (statistics.median(some) for some in zip(*times, strict=True)) if times else (0, 0)
            if cpu > BAR_MS:
                print(f"{cpu:8.1f} ms  {role.value:13} /{route}", file=sys.stderr, flush=True)
            yield Asked(route, role.value, status, cpu, clock, queries)


def _counted(client: Any, address: str) -> tuple[int, int]:
    """Status and queries."""
    from django.db import connections
    from django.test.utils import CaptureQueriesContext

    with contextlib.ExitStack() as watched:
        seen = [watched.enter_context(CaptureQueriesContext(one)) for one in connections.all()]
        response = client.get(address)
        _read(response)
    return response.status_code, sum(len(one) for one in seen)


def _timed(client: Any, address: str) -> tuple[float, float]:
    """Milliseconds of processor, then on the clock."""
    cpu, clock = time.process_time(), time.perf_counter()
    _read(client.get(address))
    return (time.process_time() - cpu) * 1_000, (time.perf_counter() - clock) * 1_000


def _read(response: Any) -> None:
    if response.streaming and not response.is_async:
        for _ in response.streaming_content:
            pass


def _with_ids(route: str, person: Any) -> str:
    """The route with ids of real rows, those of this person where the page is theirs."""
    for place, value in _ids(route, person).items():
        route = route.replace(place, str(value))
    return route


def _ids(route: str, person: Any) -> Mapping[str, object]:
    from egide.reference.autodiagnostic import questionnaire
    from egide.workspace.accounts.models import User
    from egide.workspace.actions.models import Action
    from egide.workspace.assistant.models import Conversation
    from egide.workspace.charter.models import Signature
    from egide.workspace.diagnosis.models import Diagnosis
    from egide.workspace.feedback.models import Proposal
    from egide.workspace.hygiene.models import Campaign, State
    from egide.workspace.justifications.models import Justification
    from egide.workspace.keys.models import AccessKey
    from egide.workspace.programmes.models import OwnProgramme
    from egide.workspace.prompts.models import Prompt
    from egide.workspace.training.models import Attempt, Certificate
    from egide.workspace.usages.models import Undeclared, Usage

    def of(model: Any, field: str = "pk", **which: object) -> object:
        """Of the first such row; where there is none, an id that no row has."""
        found = model.objects.filter(**which).values_list(field, flat=True).first()
        return found or UUID(int=0)

    axis, question = questionnaire().axes[0].id, questionnaire().questions[0].id
    app = route.split("/")[0]
    match app:
        case "actions":
            return {"<int:pk>": of(Action)}
        case "assistant":
            return {"<uuid:conversation>": of(Conversation, owner=person)}
        case "charte":
            return {"<int:number>": 1, "<str:code>": of(Signature, "code", person=person)}
        case "autodiagnostic":
            return {"<int:pk>": of(Diagnosis), "<slug:name>": axis, "<slug:question>": question}
        case "signalements":
            return {"<int:pk>": of(Proposal)}
        case "bonnes-pratiques":
            return {"<int:pk>": of(Campaign, state=State.CLOSED)}
        case "demandes":
            whose = {} if "accords" in route else {"person": person}
            return {"<str:public_id>": of(Justification, "public_id", state="waiting", **whose)}
        case "cles":
            return {"<str:public_id>": of(AccessKey, "public_id")}
        case "limites" | "fournisseurs":
            return {"<slug:slug>": "fournisseur-1", "<int:pk>": 1}
        case "information" | "personnes":
            return {"<str:public_id>": User.objects.order_by("-pk")[0].public_id}
        case "politique":
            return {"<slug:name>": "avocat", "<int:wanted>": 1, "<int:pk>": 1}
        case "programmes":
            return {"<slug:programme>": "osez-ia", "<int:pk>": of(OwnProgramme)}
        case "demandes-types":
            return {"<slug:ref>": of(Prompt, author=person)}
        case "formation":
            return {
                "<slug:code>": of(Certificate, "code", person=person),
                "<uuid:pk>": of(Attempt, person=person),
                "<slug:module>": "m8",
            }
        case "usages":
            return {
                "<slug:slug>": "usage-1",
                "<int:pk>": of(Usage, state="validated"),
                "<uuid:pk>": of(Undeclared),
            }
        case _:
            return {}


def _told(pages: list[Asked], small: Mapping[str, int]) -> int:
    """Print the tables; 1 when a page passes a bar."""
    passed = 0
    for title, files in (("Pages", False), ("Files, no bar", True)):
        print(f"\n{title}\n{'cpu ms':>8} {'clock':>8} {'queries':>8} {'small':>6}  role          page")
        for one in sorted(pages, key=lambda one: -one.cpu_ms):
            if one.is_file is not files:
                continue
            before = small.get(f"{one.role} {one.route}", one.queries)
            slow = not files and one.cpu_ms > BAR_MS
            grows = not files and one.queries > before + SPARE
            failed = one.status >= 500
            passed += slow or grows or failed
            marks = "".join(
                f"  {word}" for word, is_so in (("SLOW", slow), ("GROWS", grows), ("FAILS", failed)) if is_so
            )
            print(
                f"{one.cpu_ms:8.1f} {one.clock_ms:8.1f} {one.queries:8} {before:6}"
                f"  {one.role:13} /{one.route} {one.status}{marks}"
            )
    print(f"\n{len(pages)} pages and roles; {passed} past a bar.")
    return 1 if passed else 0


if __name__ == "__main__":
    sys.exit(main())

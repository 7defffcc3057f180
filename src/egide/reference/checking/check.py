"""The whole check, over the files as texts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

from egide.reference.checking import ids
from egide.reference.checking.dates import wrong_dates
from egide.reference.checking.facts import facts, lost_sources
from egide.reference.checking.forms import content_of, fault_of
from egide.reference.checking.joins import lost_ids
from egide.reference.checking.links import wrong_links
from egide.reference.checking.report import Fault, Line, Report
from egide.reference.given import UnreadError


def shipped() -> tuple[dict[str, str], str]:
    """The text of each file that Égide brings, by its path, and the list of the ids that were shipped."""
    root = resources.files("egide.reference")
    return _texts(root, ""), root.joinpath(ids.LIST).read_text("utf-8")


def check(texts: Mapping[str, str], shipped_ids: str, today: date) -> Report:
    """What is wrong in these files on this day, and what they hold."""
    lines, faults = [], []
    contents: dict[str, Any] = {}
    found: Counter[str] = Counter()
    for file, text in sorted(texts.items()):
        try:
            contents[file] = content_of(text)
        except UnreadError as problem:
            faults.append(Fault(file, "", problem.where))
            continue
        own = ids.ids_of(file, contents[file])
        found += own
        wrong = _faults(file, text, contents[file], own, today)
        faults += wrong
        # What is not of its form is not counted.
        lines.append(Line(file, len(own)) if wrong else _counted(file, len(own), contents[file], today))
    faults += lost_ids(contents)
    before = ids.read_list(shipped_ids)
    faults += ids.moved(before, found)
    return Report(tuple(lines), tuple(faults), before | set(found))


def _counted(file: str, own: int, content: Any, today: date) -> Line:
    told = list(facts(content, today))
    cited, old = sum(sources for sources, _ in told), sum(late for _, late in told)
    return Line(file, own, cited, len(told), old)


def _faults(file: str, text: str, content: Any, found: Counter[str], today: date) -> list[Fault]:
    wrong = [
        *ids.duplicates(file, found),
        *lost_sources(file, content),
        *wrong_dates(file, content, today),
        *wrong_links(file, content),
    ]
    refused = fault_of(file, text, content)
    return [*wrong, Fault(file, "", refused)] if refused else wrong


def _texts(folder: Traversable, path: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for one in folder.iterdir():
        if one.is_dir():
            found |= _texts(one, f"{path}{one.name}/")
        elif one.name.endswith(".yaml"):
            found[path + one.name] = one.read_text("utf-8")
    return found

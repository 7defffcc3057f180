"""Prompts as a YAML file: written, read back strictly, and what importing one would change."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal, Self

import yaml
from django.db import transaction
from django.utils.translation import gettext
from pydantic import Field, model_validator

from egide.errors import WorkspaceError
from egide.reference.files import Strict
from egide.reference.given import UnreadError, read_given
from egide.reference.sources import Slug
from egide.workspace.accounts.models import User
from egide.workspace.prompts import catalogue, own, sealing
from egide.workspace.prompts.catalogue import Entry
from egide.workspace.prompts.comparing import Difference, differences
from egide.workspace.prompts.content import Content
from egide.workspace.prompts.models import Prompt

SCHEMA: Final = "egide/prompts/1"
MOST: Final = 200


class Named(Content):
    """A prompt of a file: its content and its name."""

    id: Slug


class File(Strict):
    """The whole file."""

    form: Literal["egide/prompts/1"] = Field(alias="schema")
    prompts: tuple[Named, ...] = Field(min_length=1, max_length=MOST)

    @model_validator(mode="after")
    def _once(self) -> Self:
        if len({one.id for one in self.prompts}) != len(self.prompts):
            raise ValueError(gettext("deux demandes ont le même nom"))
        return self


@dataclass(frozen=True, slots=True)
class Planned:
    """What importing a prompt would do: nothing (``same``), ``change`` one's own draft, make a ``copy`` of
    what is not one's own, or a ``new`` one."""

    ref: str
    content: Content
    action: Literal["same", "change", "copy", "new"]
    changes: list[Difference]


class _Dumper(yaml.SafeDumper):
    """Texts of several lines as blocks, which people can read and change."""

    def ignore_aliases(self, data: object) -> bool:
        return True


def _text(dumper: _Dumper, text: str) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Dumper.add_representer(str, _text)


def write(entries: Iterable[Entry]) -> str:
    """The file, the same for the same prompts."""
    return _dump((entry.ref, entry.content) for entry in sorted(entries, key=lambda entry: entry.ref))


def read(text: str) -> File:
    """The file. Raises WorkspaceError EG-6476, which says where the mistakes are, never what is there."""
    try:
        return read_given(text, File)
    except UnreadError as problem:
        raise WorkspaceError("EG-6476", where=problem.where) from None


def rewrite(file: File) -> str:
    """The same file, as this part writes it."""
    return _dump((one.id, content_of(one)) for one in file.prompts)


def plan(reader: User, file: File) -> list[Planned]:
    """What importing this file would do, prompt by prompt."""
    shared = {entry.ref: entry for entry in catalogue.entries(reader)}
    mine = {str(row.pk): sealing.open_draft(row) for row in own.mine(reader)}
    return [_planned(one, shared, mine) for one in file.prompts]


def seen(planned: Iterable[Planned]) -> str:
    """Differs when what would be done does."""
    told = [(one.ref, one.action, sealing.digest(one.content), repr(one.changes)) for one in planned]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


@transaction.atomic
def apply(author: User, planned: Iterable[Planned], now: datetime) -> int:
    """Make the drafts, all or none. How many. Raises WorkspaceError EG-6475."""
    done = 0
    for one in planned:
        if one.action == "same":
            continue
        name = _free(one.ref) if one.action == "new" else None
        own.write(author, one.content, now, one.ref if one.action == "change" else "", name=name)
        done += 1
    return done


def content_of(one: Named) -> Content:
    """The content without its name."""
    return Content.model_validate(one.model_dump(exclude={"id"}))


def _planned(one: Named, shared: dict[str, Entry], mine: dict[str, Content]) -> Planned:
    content = content_of(one)
    if one.id in mine:
        before, action = mine[one.id], "change"
    elif one.id in shared:
        before, action = shared[one.id].content, "copy"
    else:
        return Planned(one.id, content, "new", differences(None, content))
    if before == content:
        return Planned(one.id, content, "same", [])
    return Planned(one.id, content, "change" if action == "change" else "copy", differences(before, content))


def _free(ref: str) -> Any:
    """The id that this name writes, when it is one."""
    try:
        return own.id_of(ref)
    except WorkspaceError:
        return None


def _dump(prompts: Iterable[tuple[str, Content]]) -> str:
    told = [{"id": ref, **content.model_dump(mode="json")} for ref, content in prompts]
    file = {"schema": SCHEMA, "prompts": told}
    return yaml.dump(file, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=100)


def exported(reader: User) -> list[Entry]:
    """What this person exports: all that they may use, their own as they last wrote it."""
    drafts = {str(row.pk): row for row in own.mine(reader)}
    return [_latest(entry, drafts.get(entry.ref)) for entry in catalogue.entries(reader)]


def _latest(entry: Entry, row: Prompt | None) -> Entry:
    return catalogue.of_draft(row) if row is not None else entry

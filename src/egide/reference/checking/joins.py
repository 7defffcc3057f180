"""What one file names of another is there: plans, modules, programmes, classes of data, lessons."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from egide.reference.checking.ids import ids_of
from egide.reference.checking.report import Fault
from egide.reference.checking.walking import nodes

# Where something is named, under which key, and the kind that it is of.
_NAMES = (
    ("autodiagnostic.yaml", "training_module", "training/modules"),
    ("autodiagnostic.yaml", "programme_ids", "programmes/programmes"),
    ("programmes.yaml", "professions", "professions/professions"),
    ("providers/presets.yaml", "plan", "providers/plans/plans"),
)


def lost_ids(contents: Mapping[str, Any]) -> list[Fault]:
    """Each name of something that is not there."""
    known = {one for file, content in contents.items() for one in ids_of(file, content)}
    return [
        *(
            Fault(file, holder, f"« {key} » nomme {one}, qui n'existe pas")
            for file, key, kind in _NAMES
            for holder, one in _named(contents.get(file), key)
            if f"{kind} {one}" not in known
        ),
        *_unpaired("professions/blocked_classes", "blocked_classes/", "blocked_classes.yaml", known),
        *(
            Fault("training.yaml", one, "ce module n'a pas de leçon")
            for one in _of_kind("training/modules", known)
            if f"lessons/{one}.yaml" not in contents
        ),
    ]


def _named(content: Any, key: str) -> Iterator[tuple[str, str]]:
    for node in nodes(content):
        value = node.content.get(key)
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, str):
                yield node.id, one


def _unpaired(kind: str, other: str, file: str, known: set[str]) -> Iterator[Fault]:
    for one in sorted(_of_kind(kind, known) ^ _of_kind(other, known)):
        yield Fault(file, one, "cette classe n'est pas dans les deux fichiers")


def _of_kind(kind: str, known: set[str]) -> set[str]:
    return {one.partition(" ")[2] for one in known if one.partition(" ")[0] == kind}

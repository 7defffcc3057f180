"""A newer file of the directory, as somebody gives it: read as if it were hostile, its faults told.

Aliases, tags, several documents, keys written twice, great depth and great size are refused before any value
is built; then the form of ``egide.reference.programmes`` is held in full. Nothing here writes.
"""

from __future__ import annotations

from typing import Any, Final

import yaml
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from egide.errors import WorkspaceError
from egide.reference.programmes import Programmes
from egide.workspace.programmes.entries import OWN

try:  # libyaml is ten times faster, where it was built in
    from yaml import CSafeLoader as _Base
except ImportError:  # pragma: no cover
    from yaml import SafeLoader as _Base  # type: ignore[assignment]

MOST_BYTES: Final = 500_000
_MOST_NODES: Final = 50_000
_DEEPEST: Final = 8
_MOST_TOLD: Final = 8
_WORDS: Final = {
    "missing": "ce champ manque",
    "extra_forbidden": "ce champ n'est pas prévu",
    "string_type": "il faut du texte (mettez des guillemets)",
    "string_too_short": "ce texte est vide",
    "string_too_long": "ce texte est trop long",
    "string_pattern_mismatch": "ce texte n'a pas la forme permise",
    "literal_error": "cette valeur n'est pas prévue",
    "bool_type": "il faut true ou false",
    "bool_parsing": "il faut true ou false",
    "int_type": "il faut un nombre entier",
    "int_parsing": "il faut un nombre entier",
    "float_type": "il faut un nombre",
    "float_parsing": "il faut un nombre",
    "finite_number": "il faut un nombre",
    "tuple_type": "il faut une liste",
    "too_long": "la liste est trop longue",
    "too_short": "la liste est vide",
    "model_type": "il faut un bloc de champs",
    "value_error": "les champs se contredisent, ou une date n'existe pas",
}


class WrongFormError(WorkspaceError):
    """The file is YAML, but not of the form expected. ``problems``: where, and what, for the page only."""

    def __init__(self, problems: tuple[str, ...], count: int) -> None:
        super().__init__("EG-6454", count=count)
        self.problems = problems


class _Loader(_Base):
    """Plain values only, and no key twice."""

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        keys = [key.value for key, _ in node.value if isinstance(key, yaml.ScalarNode)]
        if len(set(keys)) != len(node.value):
            raise WorkspaceError("EG-6453", reason="un champ y est écrit deux fois, ou n'est pas un nom")
        return super().construct_mapping(node, deep=deep)


def received(content: bytes) -> Programmes:
    """The file, checked. Raises WorkspaceError EG-6452 (size), EG-6453 (not plain YAML), EG-6454 (form)."""
    if len(content) > MOST_BYTES:
        raise WorkspaceError("EG-6452", limit=MOST_BYTES // 1_000)
    try:
        text = content.decode("utf-8-sig")
        _look(text)
        told = yaml.load(text, Loader=_Loader)  # noqa: S506 - a safe loader, above
    except UnicodeDecodeError:
        raise WorkspaceError("EG-6453", reason="il n'est pas encodé en UTF-8") from None
    except yaml.MarkedYAMLError as wrong:
        mark = wrong.problem_mark
        where = f"ligne {mark.line + 1}" if mark else "fin du fichier"
        raise WorkspaceError("EG-6453", reason=f"erreur d'écriture, {where}") from None
    except (yaml.YAMLError, ValueError, OverflowError, RecursionError, TypeError):
        raise WorkspaceError("EG-6453", reason="une valeur n'y est pas lisible") from None
    return _checked(told)


def _look(text: str) -> None:
    """Refuse what plain facts do not need, one event at a time: nothing is built or expanded."""
    depth = 0
    for count, event in enumerate(yaml.parse(text, Loader=_Loader)):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise WorkspaceError("EG-6453", reason="les renvois (& et *) n'y sont pas permis")
        if getattr(event, "tag", None):
            raise WorkspaceError("EG-6453", reason="les étiquettes de type (!) n'y sont pas permises")
        if depth > _DEEPEST or count > _MOST_NODES:
            raise WorkspaceError("EG-6453", reason="il est trop profond ou trop long")


def _checked(told: Any) -> Programmes:
    try:
        file = Programmes.model_validate(told)
    except ValidationError as wrong:
        every = wrong.errors(include_url=False, include_context=False, include_input=False)
        problems = tuple(f"{_where(one, told)} : {_what(one)}" for one in every[:_MOST_TOLD])
        raise WrongFormError(problems, len(every)) from None
    if any(one.id.startswith(OWN) for one in file.programmes):
        raise WrongFormError((f"programmes : un identifiant ne commence pas par « {OWN} »",), 1)
    return file


def _what(one: ErrorDetails) -> str:
    return _WORDS.get(one["type"], "cette valeur n'est pas permise")


def _where(one: ErrorDetails, told: Any) -> str:
    """The path to the field. An entry is named by its id, when it has one, rather than by its rank."""
    names = []
    for part in one["loc"]:
        try:
            told = told[part]
        except (KeyError, IndexError, TypeError):
            told = None
        name = told.get("id") if isinstance(told, dict) and isinstance(part, int) else None
        shown = name if isinstance(name, str) else f"n° {part + 1}" if isinstance(part, int) else part
        names.append(shown[:40])
    return " › ".join(names) or "fichier"

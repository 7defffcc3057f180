"""A newer file of the directory, as somebody gives it: read as if it were hostile, its faults told.

Aliases, tags, several documents, keys written twice, great depth and great size are refused before any value
is built; then the form of ``egide.reference.programmes`` is held in full. Nothing here writes.
"""

from __future__ import annotations

from typing import Any, Final

import yaml
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
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
    "missing": _("ce champ manque"),
    "extra_forbidden": _("ce champ n'est pas prévu"),
    "string_type": _("il faut du texte (mettez des guillemets)"),
    "string_too_short": _("ce texte est vide"),
    "string_too_long": _("ce texte est trop long"),
    "string_pattern_mismatch": _("ce texte n'a pas la forme permise"),
    "literal_error": _("cette valeur n'est pas prévue"),
    "bool_type": _("il faut true ou false"),
    "bool_parsing": _("il faut true ou false"),
    "int_type": _("il faut un nombre entier"),
    "int_parsing": _("il faut un nombre entier"),
    "float_type": _("il faut un nombre"),
    "float_parsing": _("il faut un nombre"),
    "finite_number": _("il faut un nombre"),
    "tuple_type": _("il faut une liste"),
    "too_long": _("la liste est trop longue"),
    "too_short": _("la liste est vide"),
    "model_type": _("il faut un bloc de champs"),
    "value_error": _("les champs se contredisent, ou une date n'existe pas"),
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
            raise WorkspaceError(
                "EG-6453", reason=gettext("un champ y est écrit deux fois, ou n'est pas un nom")
            )
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
        raise WorkspaceError("EG-6453", reason=gettext("il n'est pas encodé en UTF-8")) from None
    except yaml.MarkedYAMLError as wrong:
        mark = wrong.problem_mark
        reason = gettext("erreur d'écriture, fin du fichier")
        if mark:
            reason = gettext("erreur d'écriture, ligne %(n)s") % {"n": mark.line + 1}
        raise WorkspaceError("EG-6453", reason=reason) from None
    except (yaml.YAMLError, ValueError, OverflowError, RecursionError, TypeError):
        raise WorkspaceError("EG-6453", reason=gettext("une valeur n'y est pas lisible")) from None
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
            raise WorkspaceError("EG-6453", reason=gettext("les renvois (& et *) n'y sont pas permis"))
        if getattr(event, "tag", None):
            raise WorkspaceError(
                "EG-6453", reason=gettext("les étiquettes de type (!) n'y sont pas permises")
            )
        if depth > _DEEPEST or count > _MOST_NODES:
            raise WorkspaceError("EG-6453", reason=gettext("il est trop profond ou trop long"))


def _checked(told: Any) -> Programmes:
    try:
        file = Programmes.model_validate(told)
    except ValidationError as wrong:
        every = wrong.errors(include_url=False, include_context=False, include_input=False)
        problems = tuple(_fault(_where(one, told), _what(one)) for one in every[:_MOST_TOLD])
        raise WrongFormError(problems, len(every)) from None
    if any(one.id.startswith(OWN) for one in file.programmes):
        fault = gettext("un identifiant ne commence pas par « %(own)s »") % {"own": OWN}
        raise WrongFormError((_fault("programmes", fault),), 1)
    return file


def _fault(where: str, what: str) -> str:
    return gettext("%(where)s : %(what)s") % {"where": where, "what": what}


def _what(one: ErrorDetails) -> str:
    return str(_WORDS.get(one["type"], gettext("cette valeur n'est pas permise")))


def _where(one: ErrorDetails, told: Any) -> str:
    """The path to the field. An entry is named by its id, when it has one, rather than by its rank."""
    names = []
    for part in one["loc"]:
        try:
            told = told[part]
        except (KeyError, IndexError, TypeError):
            told = None
        name = told.get("id") if isinstance(told, dict) and isinstance(part, int) else None
        shown = name if isinstance(name, str) else str(part)
        if isinstance(part, int) and not isinstance(name, str):
            shown = gettext("n° %(n)s") % {"n": part + 1}
        names.append(shown[:40])
    return " › ".join(names) or gettext("fichier")

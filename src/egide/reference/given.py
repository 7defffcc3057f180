"""YAML that comes from anywhere, to a strict form or to where its mistakes are.

It is bounded in size, and neither aliases (which can grow without end) nor a key given twice (of which one
would be lost) are read.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any, Final, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

MOST_CHARACTERS: Final = 200_000
_SAID: Final = {"missing": "manque", "extra_forbidden": "n'existe pas"}

Form = TypeVar("Form", bound=BaseModel)


class UnreadError(Exception):
    """A file that is not read. ``where`` says in French where its mistakes are, never what is there."""

    def __init__(self, where: str) -> None:
        super().__init__(where)
        self.where = where


class _Refused(yaml.YAMLError):
    """What YAML allows and a given file does not. ``line`` counts from 1."""

    def __init__(self, line: int, said: str) -> None:
        super().__init__(said)
        self.line, self.said = line, said


class _Loader(yaml.SafeLoader):
    """PyYAML's safe loader, without aliases and without keys given twice."""

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]
            raise _Refused(mark.line + 1, "un renvoi (« * ») n'est pas accepté")
        return super().compose_node(parent, index)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            line = key.start_mark.line + 1
            if not isinstance(key, yaml.ScalarNode):
                raise _Refused(line, "une clé est un mot")
            if key.value in seen:
                raise _Refused(line, "la même clé est donnée deux fois")
            seen.add(key.value)
        return super().construct_mapping(node, deep)


def read_given(text: str, form: type[Form], most: int = MOST_CHARACTERS) -> Form:
    """The content. Raises UnreadError."""
    if len(text) > most:
        raise UnreadError("fichier trop long")
    root: yaml.Node | None = None
    try:
        loader = _Loader(text)
        root = loader.get_single_node()
        content = loader.construct_document(root) if root is not None else None
        return form.model_validate(content)
    except _Refused as problem:
        raise UnreadError(f"ligne {problem.line} : {problem.said}") from None
    except yaml.MarkedYAMLError as problem:
        raise UnreadError(f"fichier YAML illisible{_line(problem)}") from None
    except (yaml.YAMLError, RecursionError, ValueError, LookupError, AttributeError, TypeError) as problem:
        # The last three: what an explicit tag ("!!int") says of a content that is not of its kind.
        if isinstance(problem, ValidationError):
            raise UnreadError(_places(problem, root)) from problem
        raise UnreadError("fichier YAML illisible") from None


def _line(problem: yaml.MarkedYAMLError) -> str:
    mark = problem.problem_mark or problem.context_mark
    return f", ligne {mark.line + 1}" if mark else ""


def _places(problem: ValidationError, root: yaml.Node | None) -> str:
    """Each place once: the path to it, its line, and what is wrong when that can be said."""
    return " ; ".join(dict.fromkeys(_place(error, root) for error in problem.errors(include_url=False)))


def _place(error: Any, root: yaml.Node | None) -> str:
    path = [step for step in error["loc"] if step != "[key]"]
    said = str(error["ctx"]["error"]) if error["type"] == "value_error" else _SAID.get(error["type"], "")
    name, line = ".".join(map(str, path)) or "fichier", _found(path, root)
    where = f"{name}, ligne {line}" if line else name
    return f"{where} : {said}" if said else where


def _found(path: Sequence[str | int], root: yaml.Node | None) -> int:
    """The line of the deepest part of the path that the file has; 0 when it has none."""
    node, line = root, 0
    for step in path:
        if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
            line = node.start_mark.line + 1
        elif isinstance(node, yaml.MappingNode):
            inside = next((pair for pair in node.value if pair[0].value == str(step)), None)
            if inside is None:
                break
            line, node = inside[0].start_mark.line + 1, inside[1]
        else:
            break
    return line

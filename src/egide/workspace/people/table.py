"""A table of people as French spreadsheets write it, checked line by line before anybody is created."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from egide.detection.view import fold
from egide.documents.encoding import decoded
from egide.errors import WorkspaceError
from egide.policy import Role
from egide.workspace.accounts.models import User
from egide.workspace.people.columns import ROLES, TITLES
from egide.workspace.people.rights import roles_given_by

MOST_LINES: Final = 2_000
MOST_BYTES: Final = 1_000_000
_LONGEST: Final = {"email": 254, "name": 120, "department": 80}
_TOO_LONG: Final = {
    "email": _("l'adresse est trop longue"),
    "name": _("le nom est trop long"),
    "department": _("le service est trop long"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One person of the table; ``problems`` is empty when they can be created."""

    number: int
    email: str
    name: str
    department: str
    role: Role
    problems: tuple[str, ...]


def text_of(data: bytes) -> str:
    """The text of the file. Raises WorkspaceError EG-6535 when it is none."""
    try:
        if len(data) > MOST_BYTES:
            raise ValueError
        return decoded(data)[0]
    except ValueError:
        raise WorkspaceError("EG-6535", limit=MOST_LINES) from None


def read(text: str, actor: User) -> list[Line]:
    """Each person of the table, with what is wrong. Raises WorkspaceError EG-6535."""
    rows = list(_rows(text))
    titles = [TITLES.get(fold(cell).strip(" :*")) for cell in rows[0][1]] if rows else []
    named = [title for title in titles if title]
    if "email" not in named or len(set(named)) != len(named) or not 2 <= len(rows) <= MOST_LINES + 1:
        raise WorkspaceError("EG-6535", limit=MOST_LINES)
    lines = [_line(number, cells, titles, actor) for number, cells in rows[1:]]
    known = set(User.objects.values_list("email", flat=True))
    return list(_unlike(lines, known))


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Rows that hold something, with the number of their line."""
    if len(text) > MOST_BYTES:
        raise WorkspaceError("EG-6535", limit=MOST_LINES)
    text = text.removeprefix("\ufeff")
    first = text.lstrip("\r\n").split("\n", 1)[0]
    separator = max((";", ",", "\t"), key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        for row in reader:
            # Spaces of every kind, the no-break ones of Word and Excel among them.
            cells = [" ".join(cell.split()) for cell in row]
            if any(cells):
                yield reader.line_num, cells
    except csv.Error:
        raise WorkspaceError("EG-6535", limit=MOST_LINES) from None


def _line(number: int, cells: Sequence[str], titles: Sequence[str | None], actor: User) -> Line:
    told = {title: cell for title, cell in zip(titles, cells, strict=False) if title}
    name = f"{told.get('given', '')} {told.get('name', '')}".strip()
    role = ROLES.get(fold(told.get("role", "")))
    line = Line(
        number, told["email"].lower() if "email" in told else "", name, told.get("department", ""),
        role or Role.COLLABORATOR, (),
    )  # fmt: skip
    problems = [str(_TOO_LONG[field]) for field, most in _LONGEST.items() if len(getattr(line, field)) > most]
    try:
        validate_email(line.email)
    except ValidationError:
        problems.append(
            gettext("l'adresse n'a pas la forme attendue") if line.email else gettext("l'adresse manque")
        )
    if role is None:
        problems.append(gettext("le rôle n'est ni collaborateur, ni pilote, ni administrateur"))
    elif role not in roles_given_by(actor):
        problems.append(gettext("seul un administrateur donne ce rôle"))
    if len(cells) > len(titles):
        problems.append(gettext("la ligne a plus de cases que la première"))
    if any(not char.isprintable() or char == "\ufffd" for cell in cells for char in cell):
        problems.append(gettext("un caractère est illisible"))
    return Line(number, line.email, name, line.department, line.role, tuple(problems))


def _unlike(lines: Sequence[Line], known: set[str]) -> Iterator[Line]:
    """The lines, with what each says again."""
    seen: set[str] = set()
    for line in lines:
        again = []
        if line.email in known:
            again.append(gettext("cette adresse a déjà un accès, ou en a eu un"))
        if line.email and line.email in seen:
            again.append(gettext("cette adresse est déjà plus haut dans le tableau"))
        seen.add(line.email)
        yield Line(line.number, line.email, line.name, line.department, line.role, (*line.problems, *again))

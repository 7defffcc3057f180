"""A person in a form field or a table column: "Nom : Petit", a CSV column "salarié", a JSON key.

Source: headings of French forms (Cerfa), payroll and customer exports. The heading is the cue, so
that names outside every list are found too.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from egide.detection.finding import Finding
from egide.detection.recogniser import Recogniser
from egide.detection.recognisers._lexicon import Flag
from egide.detection.recognisers._names import extend
from egide.detection.recognisers._tables import cells
from egide.detection.recognisers._tokens import INITIAL, UPPER, Tokens, tokens
from egide.detection.view import View

_REASON = "Valeur d'un champ ou d'une colonne qui contient un nom de personne."
_NAME = Flag.GIVEN | Flag.SURNAME
_FIRM = Flag.LEGAL | Flag.KIND
_PLAIN = Flag.OPENER | Flag.GREETING | Flag.CALL | Flag.NEVER


def _inside(t: Tokens, start: int, end: int) -> list[int]:
    first = bisect_left(t.start, start)
    last = bisect_left(t.start, end)
    return list(range(first, last))


def _person(t: Tokens, row: list[int], mixed: bool) -> bool:
    """The words of a cell may be a name: few, no firm, not plain words."""
    if len(row) == 1 and t.shape[row[0]] == INITIAL:
        return False
    flags = [t.flags[i] for i in row]
    if (
        not 1 <= len(row) <= 5
        or any(f & _FIRM and not f & Flag.SURNAME for f in flags)
        or flags[0] & _PLAIN & ~_NAME
    ):
        return False
    if mixed:
        return any(f & Flag.GIVEN and not f & Flag.COMMON for f in flags)
    known = [bool(f & _NAME) or not f & Flag.COMMON for f in flags]
    upright = [t.shape[i] != 0 for i in row]
    if len(row) == 1:
        return (
            (upright[0] or bool(flags[0] & _NAME))
            and (not flags[0] & Flag.COMMON or bool(flags[0] & Flag.SURNAME_STRONG))
            and not (
                t.shape[row[0]] == UPPER and not flags[0] & _NAME and t.end[row[0]] - t.start[row[0]] < 4
            )
        )
    return all(known) and (any(upright) or any(f & _NAME for f in flags))


def _search(view: View) -> Iterator[Finding]:
    t = tokens(view)
    for kind, start, end in cells(view):
        if (
            kind not in ("PERSON", "MIXED")
            or end - start > 60
            or any(c.isdigit() or c == "@" for c in view.low[start:end])
        ):
            row = _inside(t, start, end) if kind == "PERSON" else []
            if (
                row
                and t.flags[row[0]] & _NAME
                and not t.flags[row[0]] & (Flag.COMMON | _FIRM | Flag.STREET)
                and t.capital[row[0]]
            ):
                yield Finding(
                    t.start[row[0]], t.end[extend(t, row[0]) - 1], "PERSON", 0.8, "person_field", _REASON
                )
            continue
        row = _inside(t, start, end)
        while row and t.flags[row[0]] & Flag.TITLE:
            row = row[1:]
        if row and _person(t, row, kind == "MIXED"):
            yield Finding(t.start[row[0]], t.end[row[-1]], "PERSON", 0.85, "person_field", _REASON)


RECOGNISER = Recogniser(
    id="person_field",
    labels=("PERSON",),
    source="Intitulés des formulaires Cerfa et des exports de paie",
    search=_search,
    accepted=(
        "Nom : ⟦Baptistin⟧\nPrénom : ⟦Marie-Céleste⟧",
        "nom;poste;prime\n⟦Szymanski⟧;commercial;250\n⟦Ünal⟧;assistante;0",
        '{"prenom": "⟦Apolline⟧", "nom": "⟦Vuillemin-Roth⟧"}',
        "Salarié : ⟦ROUGIER Sylvain⟧",
    ),
    refused=(
        "Nom : à compléter",
        "Contact : notre service client",
        "Client : Camping Les Tamaris",
        "prénom : {prenom}",
    ),
    anchors=(":", ";", "|", "=", "\t", ","),
)

from __future__ import annotations

from tests.workspace.prompts.conftest import content

from egide.workspace.prompts.comparing import Difference, differences


def test_only_what_changes_is_told_line_by_line() -> None:
    after = content(template="Notes de {{personne}} : {{notes}}\nFais un tableau.", masked=())
    assert differences(content(), after) == [
        Difference(
            "Texte",
            (
                ("same", "Notes de {{personne}} : {{notes}}"),
                ("removed", "Fais un résumé en {{lignes}} lignes."),
                ("added", "Fais un tableau."),
            ),
        ),
        Difference("Données : Personnel", (("removed", "oui, masquées"), ("added", "non"))),
    ]
    assert differences(after, after) == []


def test_a_new_one_is_told_whole() -> None:
    told = {one.name for one in differences(None, content())}
    assert {"Titre", "Texte", "Données : Secret technique ou professionnel", "Relecture"} <= told


def test_what_is_emptied_is_told_too() -> None:
    (change,) = differences(content(usage="devis"), content())
    assert change.pieces == (("removed", "devis"),)

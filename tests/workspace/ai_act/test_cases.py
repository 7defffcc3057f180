"""Cases of small companies, each read against the articles of the table: class, duties, what applies when.

``DAYS``: before the new prohibitions of 2 December 2026, after them, and after 2 December 2027 when annex III
applies. In each case, the duties are those of the company's own roles, with the day that each applies from.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

import pytest

from egide.reference.ai_act import Example, ai_act
from egide.workspace.ai_act.walk import Walk, walk

DAYS: Final = (date(2026, 11, 29), date(2026, 12, 3), date(2027, 12, 3))
USER = ("A1", "A4", "B1")
LITERACY = {"D-LIT": "2025-02-02"}
DEPLOYER_III = {
    "D-26-1": "2027-12-02", "D-26-2": "2027-12-02", "D-26-4": "2027-12-02", "D-26-5": "2027-12-02",
    "D-26-6": "2027-12-02", "D-26-9": "2027-12-02", "D-26-11": "2027-12-02", "D-86": "2027-12-02",
}  # fmt: skip
DEPLOYER_I = {
    "D-26-1": "2028-08-02", "D-26-2": "2028-08-02", "D-26-4": "2028-08-02", "D-26-5": "2028-08-02",
    "D-26-6": "2028-08-02",
}  # fmt: skip
AT_WORK = {"D-26-7": "2027-12-02"}


@dataclass(frozen=True)
class Case:
    title: str
    yes: tuple[str, ...]
    level: str
    outcomes: frozenset[str]
    duties: dict[str, str]
    # How many duties apply on each of the three days.
    applying: tuple[int, int, int]


def case(
    title: str,
    yes: tuple[str, ...],
    level: str,
    outcomes: str,
    duties: dict[str, str],
    applying: tuple[int, int, int],
) -> Case:
    return Case(title, yes, level, frozenset(outcomes.split()), duties, applying)


CASES = (
    case("Rédiger des courriers en interne (art. 50(2) ne vise que le fournisseur)",
         (*USER, "E2", "G1"), "minimal", "R-DEPLOYEUR O-MAITRISE O-MINIMAL", LITERACY, (1, 1, 1)),
    case("Corriger l'orthographe", (*USER, "E2", "E2B", "G1"),
         "minimal", "R-DEPLOYEUR O-MAITRISE O-MINIMAL", LITERACY, (1, 1, 1)),
    case("Un tableur avec des formules", (), "hors_champ", "O-PAS-IA", {}, (0, 0, 0)),
    case("Un assistant pour ses vacances", ("A1", "A2"), "hors_champ", "O-HORS-CHAMP", {}, (0, 0, 0)),
    case("Assistant acheté sur le site : la mention revient au fournisseur (art. 50(1))",
         (*USER, "E1", "E2", "G1"), "minimal", "R-DEPLOYEUR O-MAITRISE O-MINIMAL", LITERACY, (1, 1, 1)),
    case("Assistant proposé sous sa marque", (*USER, "B2", "E1", "E2", "G1"), "transparence",
         "R-DEPLOYEUR R-FOURNISSEUR O-T-DIALOGUE O-T-MARQUAGE O-MAITRISE",
         {**LITERACY, "D-50-1": "2026-08-02", "D-50-2": "2026-08-02"}, (3, 3, 3)),
    case("Robot évident sous sa marque, sans contenu généré", (*USER, "B2", "E1", "E1B", "G1"), "minimal",
         "R-DEPLOYEUR R-FOURNISSEUR O-MAITRISE O-MINIMAL", LITERACY, (1, 1, 1)),
    case("Classer des candidatures", (*USER, "D2_4", "D2_4a", "D4", "D8", "G1"), "haut_risque",
         "R-DEPLOYEUR O-HR-ANNEXE-III O-INFO-SALARIES O-MAITRISE",
         {**LITERACY, **DEPLOYER_III, **AT_WORK}, (1, 1, 10)),
    case("Trier des CV avec un assistant dont les conditions l'excluent (art. 25)",
         (*USER, "D2_4", "D2_4a", "D4", "D8", "D9", "G1"), "haut_risque",
         "R-DEPLOYEUR O-HR-ANNEXE-III O-INFO-SALARIES O-DEVIENT-FOURNISSEUR O-MAITRISE",
         {**LITERACY, **DEPLOYER_III, **AT_WORK, "D-25": "2027-12-02", "D-16": "2027-12-02"}, (1, 1, 12)),
    case("Remettre en page des dossiers de candidats déjà jugés (art. 6(3))",
         (*USER, "D2_4", "D2_4a", "D5", "D6", "G1"), "sorti_haut_risque",
         "R-DEPLOYEUR O-EXCEPTION-6-3 O-MAITRISE O-MINIMAL", LITERACY, (1, 1, 1)),
    case("La même chose, mais l'outil pèse sur la décision",
         (*USER, "D2_4", "D2_4a", "D5", "D8", "G1"), "haut_risque",
         "R-DEPLOYEUR O-HR-ANNEXE-III O-INFO-SALARIES O-MAITRISE",
         {**LITERACY, **DEPLOYER_III, **AT_WORK}, (1, 1, 10)),
    case("Vendre un outil de tri sorti du haut risque", ("A1", "A4", "B2", "D2_4", "D2_4a", "D5", "D6", "G1"),
         "sorti_haut_risque", "R-FOURNISSEUR O-EXCEPTION-6-3 O-MAITRISE O-MINIMAL",
         {**LITERACY, "D-6-4": "2027-12-02"}, (1, 1, 2)),
    case("Noter la solvabilité d'un particulier : FRIA due, même dans le privé",
         (*USER, "D2_5", "D2_5b", "D4", "G1"), "haut_risque",
         "R-DEPLOYEUR O-HR-ANNEXE-III O-FRIA O-MAITRISE",
         {**LITERACY, **DEPLOYER_III, "D-27": "2027-12-02"}, (1, 1, 10)),
    case("Mairie qui fait noter des élèves : FRIA due", (*USER, "D2_3", "D2_3b", "D4", "D7", "G1"),
         "haut_risque", "R-DEPLOYEUR O-HR-ANNEXE-III O-FRIA O-MAITRISE",
         {**LITERACY, **DEPLOYER_III, "D-27": "2027-12-02"}, (1, 1, 10)),
    case("Service public de l'eau, composant de sécurité : pas de FRIA (annexe III point 2)",
         (*USER, "D2_2", "D7", "G1"), "haut_risque", "R-DEPLOYEUR O-HR-ANNEXE-III O-MAITRISE",
         {**LITERACY, **DEPLOYER_III}, (1, 1, 9)),
    case("Dispositif médical évalué par un tiers, utilisé au cabinet (annexe I)",
         (*USER, "D1", "D1B", "D1C", "D8", "G1"), "haut_risque",
         "R-DEPLOYEUR O-HR-ANNEXE-I O-INFO-SALARIES O-MAITRISE",
         {**LITERACY, **DEPLOYER_I, "D-26-7": "2028-08-02"}, (1, 1, 1)),
    case("Confort dans un ascenseur : pas un composant de sécurité", (*USER, "D1", "G1"), "minimal",
         "R-DEPLOYEUR O-MAITRISE O-MINIMAL", LITERACY, (1, 1, 1)),
    case("Émotions des salariés", (*USER, "C6"), "interdit", "R-DEPLOYEUR O-INTERDIT",
         {"D-STOP": "2025-02-02"}, (1, 1, 1)),
    case("Fatigue des conducteurs, raison de sécurité",
         (*USER, "C6", "C6X", "D2_1", "D2_1c", "D4", "D8", "E3", "G1"), "haut_risque",
         "R-DEPLOYEUR O-HR-ANNEXE-III O-INFO-SALARIES O-T-EMOTIONS O-MAITRISE",
         {**LITERACY, **DEPLOYER_III, **AT_WORK, "D-50-3": "2026-08-02"}, (2, 2, 11)),
    case("Dénuder des personnes : interdit à partir du 2 décembre 2026", (*USER, "C9"), "interdit",
         "R-DEPLOYEUR O-INTERDIT", {"D-STOP": "2026-12-02"}, (0, 1, 1)),
    case("Vidéo truquée d'un client, publiée", (*USER, "E2", "E4", "G1"), "transparence",
         "R-DEPLOYEUR O-T-TRUCAGE O-MAITRISE", {**LITERACY, "D-50-4a": "2026-08-02"}, (2, 2, 2)),
    case("Court métrage de fiction", (*USER, "E2", "E4", "E4B", "G1"), "transparence",
         "R-DEPLOYEUR O-T-TRUCAGE-OEUVRE O-MAITRISE", {**LITERACY, "D-50-4a": "2026-08-02"}, (2, 2, 2)),
    case("Articles générés et publiés tels quels", (*USER, "E2", "E5", "G1"), "transparence",
         "R-DEPLOYEUR O-T-TEXTE O-MAITRISE", {**LITERACY, "D-50-4b": "2026-08-02"}, (2, 2, 2)),
    case("Articles générés, relus et signés", (*USER, "E2", "E5", "E5B", "G1"), "minimal",
         "R-DEPLOYEUR O-T-TEXTE-RELU O-MAITRISE O-MINIMAL", LITERACY, (1, 1, 1)),
    case("Revendeur d'un outil de recrutement", ("A1", "A4", "B2B", "B4", "D2_4", "D2_4a", "D4"),
         "haut_risque", "R-DISTRIBUTEUR O-HR-ANNEXE-III", {"D-23-24": "2027-12-02"}, (0, 0, 1)),
    case("Publier un modèle libre", ("A1", "A4", "B2", "F1", "F2", "G1"), "modele",
         "R-FOURNISSEUR O-GPAI-LIBRE O-MAITRISE", {**LITERACY, "D-53": "2025-08-02"}, (2, 2, 2)),
    case("Grand modèle à risque systémique", ("A1", "A4", "B2", "F1", "F3", "G1"), "modele",
         "R-FOURNISSEUR O-GPAI O-GPAI-SYSTEMIQUE O-MAITRISE",
         {**LITERACY, "D-53": "2025-08-02", "D-55": "2025-08-02"}, (3, 3, 3)),
)  # fmt: skip


def walked(yes: tuple[str, ...]) -> Walk:
    done = walk(ai_act(), {one.id: "yes" if one.id in yes else "no" for one in ai_act().questions})
    # A case must not name an answer that nobody would be asked for.
    assert set(yes) <= set(done.answers), set(yes) - set(done.answers)
    return done


def test_there_are_twenty_cases_beyond_those_of_the_table() -> None:
    assert len({one.title for one in CASES}) >= 20


@pytest.mark.parametrize("one", CASES, ids=lambda one: one.title)
def test_class_outcomes_duties_and_dates(one: Case) -> None:
    done = walked(one.yes)
    assert done.level == one.level
    assert done.ids == one.outcomes
    assert {due.duty.id: due.applies_from.isoformat() for due in done.duties} == one.duties
    applying = [sum(due.applies_from <= day for due in done.duties) for day in DAYS]
    assert tuple(applying) == one.applying


@pytest.mark.parametrize("one", CASES, ids=lambda one: one.title)
def test_the_next_date_is_the_first_to_come(one: Case) -> None:
    done = walked(one.yes)
    days = {due.applies_from for due in done.duties} | {
        found.applies_from for found in done.found if found.applies_from
    }
    for today in DAYS:
        assert done.next_date(today) == min((day for day in days if day > today), default=None)


@pytest.mark.parametrize("example", ai_act().examples, ids=lambda example: example.id)
def test_worked_examples_of_the_table(example: Example) -> None:
    done = walked(example.answers_yes)
    assert {found.level for found in done.found} >= set(example.expect_levels)
    assert example.expect_outcome is None or example.expect_outcome in done.ids


def test_every_outcome_of_the_table_is_reached() -> None:
    rare = walked(("A1", "A4", "B2B", "B3", "B4", "B5", "B6"))
    every = [rare, *(walked(one.yes) for one in CASES)]
    assert {found.outcome.id for done in every for found in done.found} == set(ai_act().outcome)


def test_the_exception_of_a_deployer_says_what_its_provider_owes() -> None:
    done = walked((*USER, "D2_4", "D2_4a", "D5", "D6", "G1"))
    found = next(one for one in done.found if one.outcome.id == "O-EXCEPTION-6-3")
    assert [duty.id for duty in found.others] == ["D-6-4"]
    assert not found.others[0].verified

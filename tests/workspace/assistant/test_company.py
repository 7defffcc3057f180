from __future__ import annotations

from egide.detection.labels import LABELS
from egide.policy import Action, Policy, Role, Trust
from egide.policy.editing import Target, with_line, with_professions
from egide.policy.table import build_table
from egide.workspace.assistant import company
from egide.workspace.policies import versions


def test_every_rule_that_may_decide_has_its_sentence(db: None) -> None:
    document = with_professions(Policy.default().document, ["medecin"])
    document = with_line(document, Target("class", "banking"), dict.fromkeys(Trust, Action.BLOCK))
    versions.publish(document, None, "Cabinet médical", over=0)
    for trust in Trust:
        said, table = company.rules(trust), build_table(document, "", Role.COLLABORATOR, trust)
        for label in LABELS:
            assert said[table[label].rule] == table[label].sentence

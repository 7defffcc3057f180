"""The three policies of a run: the default one, one that masks everything, and none at all."""

from __future__ import annotations

from typing import Literal

import yaml

from egide.detection import DATA_CLASSES
from egide.policy import Action, Policy, Trust

Mode = Literal["default", "mask_all", "off"]


def policy(mode: Mode) -> Policy:
    """``mask_all`` shows that what the default policy refuses would come back too, with a recording as well;
    ``off`` lets all through: the control that must fail."""
    if mode == "default":
        return Policy.default()
    action = Action.MASK if mode == "mask_all" else Action.ALLOW
    content = Policy.default().document.model_dump(mode="json")
    content["name"] = f"verify-{mode.replace('_', '-')}"
    content["rules"] = [
        {
            "id": "tout",
            "classes": list(DATA_CLASSES),
            "actions": {trust.value: action.value for trust in Trust},
            "sentences": {action.value: "Règle de la vérification."},
            "charter": next(iter(content["charter"])),
        }
    ]
    content["speech"] = "local"
    return Policy.from_yaml(yaml.safe_dump(content))

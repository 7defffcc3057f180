from __future__ import annotations

from egide.checks.settings import CheckSettings
from egide.policy.checking import SETTINGS, changes, sentences


def test_every_setting_and_every_choice_has_its_words() -> None:
    fields = CheckSettings.model_fields
    assert set(SETTINGS) == set(fields)
    for name, setting in SETTINGS.items():
        kind = fields[name].annotation
        assert kind is not None
        assert set(setting.choices) == {str(one) for one in kind}  # type: ignore[attr-defined]


def test_what_is_set_is_said() -> None:
    said = dict(sentences(CheckSettings()))
    assert said["Une demande contient un champ qu'Égide ne connaît pas"] == "elle est refusée"


def test_nothing_is_said_when_nothing_changes() -> None:
    assert list(changes(CheckSettings(), CheckSettings())) == []

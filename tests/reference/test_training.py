from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from pydantic import ValidationError

from egide.checks import Origin, screen
from egide.detection import Detector
from egide.detection.recogniser import discover
from egide.reference.files import read
from egide.reference.training import Lesson, Training, lessons, modules, training, version

# What people are tested on, under which version. When a digest changes, so does the version of the lesson:
# everybody is then asked to pass the module again.
TESTED = {
    "m1": ("2026.11.1", "8f65311f1157b0bf"),
    "m2": ("2026.11.1", "e5fc5b6920ed551b"),
    "m3": ("2026.11.1", "b2a78de09107c2aa"),
    "m4": ("2026.11.1", "9823d92f05498373"),
    "m5": ("2026.11.1", "ee8aaf154b9d16ec"),
    "m6": ("2026.11.1", "6df6e5f8a21b2838"),
    "m7": ("2026.11.1", "7191f666c1dee1db"),
    "m8": ("2026.11.1", "317601a31c2738ec"),
}


def test_what_is_asked_does_not_change_under_the_same_version() -> None:
    found = {}
    for module in modules().values():
        asked = [(one.id, one.text, one.options, one.correct) for one in module.quiz]
        digest = hashlib.sha256(json.dumps(asked, ensure_ascii=False).encode()).hexdigest()[:16]
        found[module.id] = (version(module), digest)
    assert found == TESTED


def test_modules_are_renewed_as_the_help_says() -> None:
    told = training().help.renewal
    yearly, charter = told.split("chaque année")
    for module in modules().values():
        expected = "yearly" if re.search(rf"\b{module.id}\b", yearly) else "once"
        expected = "charter" if re.search(rf"\b{module.id}\b", charter) else expected
        assert module.renewal == expected


def test_every_lesson_is_whole_and_short_and_plain_text() -> None:
    assert list(lessons()) == list(modules())
    for lesson in lessons().values():
        written = json.dumps(lesson.model_dump(), ensure_ascii=False)
        assert 300 <= len(re.findall(r"\w[\w'’-]*", written)) <= 800
        assert not re.search(r"<\w|&\w+;|\*\*|\]\(", written)


@pytest.mark.parametrize(
    "change",
    [
        lambda c: c["modules"].append(c["modules"][0]),
        lambda c: c["modules"][0]["quiz"].append(c["modules"][1]["quiz"][0]),
        lambda c: c["modules"][0]["quiz"][0].update(correct=[4]),
        lambda c: c["modules"][0]["quiz"][0].update(correct=[]),
        lambda c: c["modules"][0]["quiz"][0].update(correct=[0, 1]),
        lambda c: c["modules"][0]["quiz"][0].update(options=["Oui", "Oui"]),
        lambda c: c["modules"][0]["quiz"][0].update(sources=[]),
        lambda c: c["modules"][0]["key_facts"][0].update(sources=[]),
        lambda c: c["modules"][0].update(renewal="monthly"),
        lambda c: c["modules"][0].update(surprise=1),
    ],
)
def test_a_file_with_a_mistake_is_refused(change: Callable[[Any], None]) -> None:
    content = read("training.yaml")
    change(content)
    with pytest.raises(ValidationError):
        Training.model_validate(content)


@pytest.mark.parametrize("change", [{"version": "1"}, {"steps": []}, {"surprise": "x"}])
def test_a_lesson_with_a_mistake_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Lesson.model_validate(read("lessons/m1.yaml") | change)


def test_the_text_of_the_exercise_on_confidentiality_is_seen_by_the_detection() -> None:
    text = lessons()["m2"].practice.text
    found = {
        (finding.label, text[finding.start : finding.end]) for finding in Detector(discover()).detect(text)
    }
    assert {"PERSON", "PHONE", "EMAIL", "AMOUNT", "IBAN"} <= {label for label, _ in found}
    # The portrait without a name, that the person has to see for themselves.
    assert not any("club de tir" in value for _, value in found)


def test_the_trap_of_the_exercise_on_security_is_warned_of() -> None:
    text = lessons()["m6"].practice.text
    passages = screen(text, Origin.PERSON)
    assert any("Ignore toutes" in text[one.start : one.end] for one in passages)


@pytest.mark.parametrize("module", ["m1", "m3", "m4", "m5", "m7", "m8"])
def test_the_other_exercises_hold_nothing_to_hide(module: str) -> None:
    assert [f.label for f in Detector(discover()).detect(lessons()[module].practice.text)] == []

from __future__ import annotations

import re
import string
from importlib import resources

import pytest

from egide.errors import FILES, EgideError, catalogue, spoken


@pytest.mark.parametrize("language", FILES)
def test_no_code_is_written_twice(language: str) -> None:
    written = resources.files("egide.reference").joinpath(FILES[language]).read_text("utf-8")
    codes = re.findall(r"^(EG-\d{4}):", written, re.MULTILINE)
    assert len(codes) == len(set(codes)) == len(catalogue(language))


def fields(text: str) -> list[str]:
    return sorted(name for _, name, _, _ in string.Formatter().parse(text) if name)


def test_every_message_has_its_english() -> None:
    left = sorted(set(catalogue()) - set(catalogue("en")))
    assert not left, f"messages.en.yaml lacks the title and the action of: {', '.join(left)}"
    gone = sorted(set(catalogue("en")) - set(catalogue()))
    assert not gone, f"messages.en.yaml has codes that messages.yaml no longer has: {', '.join(gone)}"


def test_the_english_fills_in_the_same_fields() -> None:
    wrong = [
        f"{code} ({part})"
        for code, english in catalogue("en").items()
        if code in catalogue()
        for part in ("title", "action")
        if fields(getattr(english, part)) != fields(getattr(catalogue()[code], part))
    ]
    assert not wrong


def test_no_english_message_was_left_in_french() -> None:
    french = re.compile(r"«|»|\b(?:[Rr]ien|est|pas|une|votre|vous|les|des)\b")
    assert not [code for code, one in catalogue("en").items() if french.search(f"{one.title} {one.action}")]


def test_an_error_is_told_in_the_language_of_the_moment() -> None:
    french = EgideError("EG-6204", limit=10)
    before = spoken.set("en")
    try:
        english = EgideError("EG-6204", limit=10)
    finally:
        spoken.reset(before)
    assert french.title == "Vos listes contiendraient trop de noms (limite : 10 en tout)."
    assert english.title == "Your lists would hold too many names (limit: 10 in all)."
    assert english.message.endswith("delete a list that is no longer used.")
    assert str(english).startswith("EG-6204 : Your lists")
    # An error that was made stays as it was told.
    assert french.message.endswith("supprimez une liste qui ne sert plus.")
    assert EgideError("EG-6204", limit=10).title == french.title


@pytest.mark.parametrize("language", ["de", "../en", ""])
def test_an_unknown_language_is_answered_in_french(language: str) -> None:
    before = spoken.set(language)
    try:
        assert EgideError("EG-5001").title == "Le journal ne peut pas être écrit."
    finally:
        spoken.reset(before)

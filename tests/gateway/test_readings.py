from __future__ import annotations

import pytest

from egide.documents import File, Reading
from egide.gateway import readings as module
from egide.gateway.readings import Readings

FILE = File(b"contenu", "text/plain", ".txt")


def text(said: str) -> Reading:
    return Reading("text", "texte, 1 ligne", said)


def test_the_same_bytes_announced_alike_are_known() -> None:
    kept = Readings()
    kept.keep(FILE, text("lu"))
    assert kept.get(FILE) == text("lu")
    for other in (File(b"autre", "text/plain", ".txt"), File(b"contenu"), File(b"contenu", "text/plain")):
        assert kept.get(other) is None


def test_a_reading_is_forgotten_after_some_minutes() -> None:
    now = [0.0]
    kept = Readings(lambda: now[0])
    kept.keep(FILE, text("lu"))
    now[0] = 599
    assert kept.get(FILE) is not None
    now[0] = 601
    assert kept.get(FILE) is None


def test_the_oldest_go_when_there_is_no_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_CHARACTERS", 2000)
    kept = Readings()
    files = [File(bytes([number])) for number in range(4)]
    for file in files:
        kept.keep(file, text("x" * 700))
    assert [kept.get(file) is not None for file in files] == [False, False, True, True]

from __future__ import annotations

from collections.abc import Sequence

from egide.detection import Finding
from egide.pseudonymisation import Keyring, Mode, Pseudonymiser, Scope, Segment, Session

VALUE = "Solenne Garrigou"


class Shouting:
    """Holds the last sign back, and writes what passes in capitals."""

    def __init__(self, mode: Mode) -> None:
        self.mode, self._held = mode, ""

    def feed(self, segments: Sequence[Segment]) -> list[Segment]:
        text = self._held + "".join(segment.text for segment in segments)
        self._held = text[-1:]
        return [Segment(text[:-1].upper())]

    def close(self) -> list[Segment]:
        held, self._held = self._held, ""
        return [Segment(held.upper())]


def session() -> tuple[Session, str]:
    made = Pseudonymiser(Keyring(b"clef de test " * 4)).session(Scope("acme", "p", "u"))
    return made, made.mask(VALUE, [Finding(0, len(VALUE), "PERSON", 1.0, "test", "")])


def test_what_is_restored_is_read_on_its_way_out_at_every_cut() -> None:
    made, placeholder = session()
    made.read_by(Shouting)
    text = f"Bonjour {placeholder}, à demain"
    whole = f"BONJOUR {VALUE.upper()}, À DEMAIN"
    assert made.restore(text) == whole
    for at in range(len(text) + 1):
        restorer = made.restorer()
        assert restorer.feed(text[:at]) + restorer.feed(text[at:]) + restorer.close() == whole


def test_it_is_read_where_nothing_was_masked() -> None:
    made = Pseudonymiser(Keyring(b"clef de test " * 4)).session(Scope("acme", "p", "u"))
    assert (made.changes, made.read, made.reader()) == (False, False, None)
    made.read_by(Shouting)
    assert (made.changes, made.read) == (True, True)
    assert made.restore("rien") == "RIEN"
    assert "".join(one.text for one in made.restorer().feed_segments("abc")) == "AB"


def test_each_text_has_its_own_reader_in_its_own_mode() -> None:
    made, _ = session()
    readers: list[Shouting] = []

    def make(mode: Mode) -> Shouting:
        readers.append(Shouting(mode))
        return readers[-1]

    made.read_by(make)
    made.restorer("json").feed("{}")
    made.restorer().feed("a")
    assert [reader.mode for reader in readers] == ["json", "text"]

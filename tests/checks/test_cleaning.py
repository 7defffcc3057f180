from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from egide.checks import Cleaner


def cleaned(*pieces: str) -> str:
    cleaner = Cleaner()
    return "".join([*map(cleaner.feed, pieces), cleaner.close()])


@pytest.mark.parametrize(
    ("given_", "shown"),
    [
        ("Bonjour !", "Bonjour !"),
        ("![x](https://a.example/p)", "! [x](https://a.example/p)"),
        ("a\x1b[2Jb", "a␛[2Jb"),
        ("\x9b31m", "␛[31m"),
        ("pay\u202egnp.exe", "paygnp.exe"),
        ("a\u200bb\ufeffc", "abc"),
        ("été, œuvre : 12 € « oui »\u00a0!\n\tfin", "été, œuvre : 12 € « oui »\u00a0!\n\tfin"),
        (
            "\U0001f468\u200d\U0001f469\u200d\U0001f467 \u2714\ufe0f",
            "\U0001f468\u200d\U0001f469\u200d\U0001f467 \u2714\ufe0f",
        ),
        ("a\x00b\x08c", "abc"),
        ("".join(chr(0xE0000 + ord(c)) for c in "secret"), ""),
    ],
)
def test_what_hides_or_drives_is_taken_out(given_: str, shown: str) -> None:
    assert cleaned(given_) == shown


@given(st.lists(st.sampled_from(["!", "[", "a", "\u202e", "\x1b", "![", "! ", "\n", "é"]), max_size=30))
@settings(deadline=None)
def test_cuts_change_nothing(pieces: list[str]) -> None:
    assert cleaned(*pieces) == cleaned("".join(pieces))


def test_it_counts_what_it_takes() -> None:
    cleaner = Cleaner()
    cleaner.feed("a\u200b\u202eb ![")
    assert (cleaner.removed, cleaner.images) == (2, 1)


def test_at_most_one_sign_is_held_back() -> None:
    cleaner = Cleaner()
    assert cleaner.feed("Bravo !") == "Bravo "
    assert cleaner.feed(" Suite") == "! Suite"

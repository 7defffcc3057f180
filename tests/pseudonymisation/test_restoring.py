from __future__ import annotations

import json
import random
from collections.abc import Iterable

import pytest
from chunk_invariance import assert_chunk_invariant
from hypothesis import given, settings
from hypothesis import strategies as st

from egide.pseudonymisation import Keyring, Pseudonymiser, Scope, Session
from egide.pseudonymisation.restoring import Mode

from .altered import FORMS, answer
from .conftest import LABELS, MASTER, TEXT, findings_by_line

shared = Pseudonymiser(Keyring(MASTER)).session(Scope("c", "p", "u"))
shared.mask(TEXT, findings_by_line(TEXT, LABELS))


def streamed(session: Session, pieces: list[str], mode: Mode = "text") -> str:
    restorer = session.restorer(mode)
    return "".join(map(restorer.feed, pieces)) + restorer.close()


def all_cuts_agree(session: Session, text: str, mode: Mode = "text") -> None:
    whole = session.restore(text, mode=mode)
    for cut in range(len(text) + 1):
        assert streamed(session, [text[:cut], text[cut:]], mode) == whole, cut
    assert streamed(session, list(text), mode) == whole


@pytest.mark.parametrize("name", FORMS)
def test_every_altered_form_is_restored_at_every_cut(session: Session, name: str) -> None:
    form = FORMS[name]
    for shown, value in session.issued.items():
        word, code = shown[1:-1].split("_")
        text = f"Bonjour {form.make(word, code)} et merci"
        assert session.restore(text) == f"Bonjour {form.before}{value}{form.after} et merci"
        all_cuts_agree(session, text)


@pytest.mark.parametrize("name", FORMS)
def test_every_pair_of_cuts_gives_the_same(session: Session, name: str) -> None:
    word, code = next(iter(session.issued))[1:-1].split("_")
    text = f"à {FORMS[name].make(word, code)}, ok"
    whole = session.restore(text)
    for first in range(len(text)):
        for second in range(first, len(text)):
            assert streamed(session, [text[:first], text[first:second], text[second:]]) == whole


def test_a_thousand_generated_answers_are_restored_at_every_cut() -> None:
    rng = random.Random(2026)
    for _ in range(1000):
        text, wanted = answer(rng, dict(shared.issued), pieces=2)
        assert shared.restore(text) == wanted
        all_cuts_agree(shared, text)


def test_the_package_chunk_invariance_agrees() -> None:
    def stream(pieces: Iterable[str]) -> str:
        return streamed(shared, list(pieces))

    rng = random.Random(7)
    word, code = next(iter(shared.issued))[1:-1].split("_")
    for _ in range(20):
        text, _wanted = answer(rng, dict(shared.issued), pieces=2)

        assert assert_chunk_invariant(stream, shared.restore, text) == len(text)
    assert assert_chunk_invariant(stream, shared.restore, f"[{word}_{code}]"[-12:], splits="all") == 2**11


@given(
    st.lists(st.sampled_from([*"[]{}<>_-\\*&; \n's", "PERSONNE", "pers", *shared.issued]), max_size=12),
    st.data(),
)
@settings(max_examples=300)
def test_any_mixture_gives_the_same_at_any_cuts(parts: list[str], data: st.DataObject) -> None:
    text = "".join(parts)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=4)))
    pieces = [text[a:b] for a, b in zip([0, *cuts], [*cuts, len(text)], strict=True)]
    for mode in ("text", "json"):
        assert streamed(shared, pieces, mode) == shared.restore(text, mode=mode)


@given(st.text(max_size=200))
def test_a_text_without_placeholders_is_left_as_it_is(text: str) -> None:
    assert shared.restore(text) == text


_CODES = [shown[-7:-1] for shown in shared.issued]
_PIECES = [
    *("[", "]", "\\", "{{", "}}", "{", "}", "<", ">", "【", "】", "&lt;", "&amp;lt;", "&gt;", "&#91;"),
    *("&rbrack;", "\\u005b", "\\u005d", "%5B", "%5D", "%5f", "_", "\\_", "-", " ", "\u00a0", "&nbsp;", "**"),
    *("`", "s", "\n", "\\n", "'", '"', ",", "é", "\\u00c9", "\u0301", "&eacute;", "u", "2", "PERS", "VALUE"),
    *("PERSON", "&", "*"),
    *("T\\u00c9L\\u00c9PHONE", "TÉLÉPHONE", "PERSONNE", "personnes", *_CODES, *map(str.lower, _CODES)),
    *(code[:3] for code in _CODES), *(code[3:] for code in _CODES), *shared.issued,
]  # fmt: skip


def test_any_mixture_of_escapes_words_and_codes_gives_the_same_at_every_cut() -> None:
    rng = random.Random(11)
    for _ in range(400):
        text = "".join(rng.choices(_PIECES, k=rng.randint(1, 8)))
        all_cuts_agree(shared, text, rng.choice(("text", "json")))


def test_plain_prose_is_given_out_at_once(session: Session) -> None:
    restorer = session.restorer()
    for piece in ("Nous ", "vous remercions, ", "le total est de 12 €. ", "Bien à vous"):
        assert restorer.feed(piece) == piece


def test_no_more_than_one_possible_placeholder_is_held_back() -> None:
    rng = random.Random(3)
    for _ in range(100):
        text, _wanted = answer(rng, dict(shared.issued))
        restorer = shared.restorer()
        for letter in text:
            restorer.feed(letter)
            assert len(restorer._buffer) - restorer._given <= 60


def test_arguments_of_a_tool_stay_json_with_the_value_in_them(session: Session) -> None:
    for shown, value in session.issued.items():
        source = json.dumps({"nom": f"M. {shown}", "autre": f"é\n{shown[1:-1]}"})
        assert json.loads(session.restore(source, mode="json")) == {
            "nom": f"M. {value}",
            "autre": f"é\n{value}",
        }
        all_cuts_agree(session, source, "json")
        assert (
            json.loads(session.restore(source.replace("[", "\\u005b"), mode="json"))["nom"] == f"M. {value}"
        )


def test_an_invented_placeholder_is_left_as_the_model_wrote_it(session: Session) -> None:
    for text in ("[PERSONNE_222AAA]", "[VILLE_2]", "PERSONNE_1", "[NOM]", "<IBAN_9QXK2B>"):
        assert session.restore(text) == text
        all_cuts_agree(session, text)


def test_segments_tell_values_put_back_from_the_words_of_the_model(session: Session) -> None:
    shown, value = next(iter(session.issued.items()))
    restorer = session.restorer()
    segments = [*restorer.feed_segments(f"Pour {shown}, merci"), *restorer.close_segments()]
    assert [(s.text, s.label) for s in segments] == [("Pour ", None), (value, "PERSON"), (", merci", None)]

from __future__ import annotations

from egide.detection import Detector
from egide.detection.merge import merge
from egide.gateway.mentions import Value, foreign, named

DETECTOR = Detector()


def across(*texts: str) -> list[list[str]]:
    found = [DETECTOR.detect(text) for text in texts]
    values = foreign(texts, found)
    return [
        [text[f.start : f.end] for f in merge(named(text, mine, theirs))] if theirs else []
        for text, mine, theirs in zip(texts, found, values, strict=True)
    ]


NAMED, AGAIN = "Le dossier est suivi par M. Yann Krzlowiak.", "et krzlowiak, il répond quoi ?"


def test_a_surname_alone_is_followed_from_one_message_to_the_next() -> None:
    assert DETECTOR.detect(AGAIN) == []
    assert across(NAMED, AGAIN) == [[], ["krzlowiak"]]


def test_a_value_of_an_earlier_turn_is_followed() -> None:
    earlier = [Value("Yann Krzlowiak", "PERSON")]
    (values,) = foreign([AGAIN], [()], earlier)
    assert [AGAIN[f.start : f.end] for f in named(AGAIN, [], values)] == ["krzlowiak"]


def test_also_backwards() -> None:
    assert across(AGAIN, NAMED) == [["krzlowiak"], []]


def test_a_text_that_names_nobody_is_not_read_again() -> None:
    texts = ["Le dossier est suivi par Mme Solenne Garrigou.", "Merci beaucoup."]
    assert foreign(texts, [DETECTOR.detect(text) for text in texts])[1] == ()


def test_nothing_found_nothing_followed() -> None:
    assert across("Bonjour.", "Merci.") == [[], []]


def test_initials_are_followed() -> None:
    assert across("Dossier de M. Yann Krzlowiak.", "Bien à vous,\nY.K.") == [[], ["Y.K."]]

from __future__ import annotations

import numpy as np
import pytest

from egide.detection.names import network
from egide.detection.names.features import forms
from egide.detection.names.model import arrays
from egide.detection.names.network import Network
from egide.detection.names.words import Words, cut
from egide.detection.view import View

TEXT = "Bonjour, je suis Karine Josse de l'Imprimerie du Canal ; M. Delcourt n'a pas réglé. "


@pytest.fixture(scope="module")
def net() -> Network:
    return Network(arrays())


def described(text: str) -> tuple[Words, list[list[int]]]:
    view = View(text)
    words = cut(view)
    return words, forms(view, words, ())


def test_weights_are_probabilities(net: Network) -> None:
    words, columns = described(TEXT)
    found = net.weights(words.word, columns)
    assert found.shape[0] == len(words.word)
    assert np.allclose(found.sum(axis=1), 1, atol=1e-4)


def test_windows_change_nothing(net: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    words, columns = described(TEXT * 20)
    whole = net.weights(words.word, columns)
    monkeypatch.setattr(network, "_WINDOW", 64)
    assert np.allclose(net.weights(words.word, columns), whole, atol=1e-4)


def test_what_is_kept_of_words_is_bounded_and_can_be_remade(monkeypatch: pytest.MonkeyPatch) -> None:
    words, columns = described(TEXT)
    expected = Network(arrays()).weights(words.word, columns)
    monkeypatch.setattr(network, "_MOST_KEPT", 25)
    small = Network(arrays())
    others, shapes = described("un deux trois quatre cinq six sept huit neuf dix onze douze treize")
    small.weights(others.word, shapes)
    assert np.allclose(small.weights(words.word, columns), expected, atol=1e-5)


@pytest.mark.parametrize("text", ["", "a", "Oui.", "à b", "12 34 56"])
def test_short_texts_are_read(net: Network, text: str) -> None:
    words, columns = described(text)
    if words.word:
        assert net.weights(words.word, columns).shape[0] == len(words.word)

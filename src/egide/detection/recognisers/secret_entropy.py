"""Random-looking tokens near a word that announces one: "token", "jeton", "clé", "licence", "hash".

Entropy of Shannon over the characters, and a mix of kinds: a word, a file name or a number in a table is
not random. UUIDs count too, since they often serve as keys.
Source: C. E. Shannon, 1948; NIST SP 800-63B, appendix A; RFC 9562 (UUID).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from math import log2
from typing import Final

from egide.detection.finding import Finding
from egide.detection.recogniser import Recogniser
from egide.detection.recognisers._said import said, words
from egide.detection.view import View

_TOKEN = re.compile(r"(?<![A-Za-z0-9_/.-])[A-Za-z0-9+/_.~=-]{8,4000}(?![A-Za-z0-9])")
_CUES: Final = words(
    "token tokens jeton jetons cle cles key keys licence license secret bearer auth hash signature api "
    "webhook sas activation serie apikey"
)
_CUE = re.compile(
    r"\b(?:tokens?|jetons?|cles? (?:api|d'api|ssh|privee|secrete|de licence|d'activation|wifi|wpa|wep|de "
    r"chiffrement|prive|publique|est|:)|cle\b(?! usb)|api|keys?|"
    r"licen[cs]e|secret|bearer|auth|webhook|activation|apikey)\b"
)
_SERIAL = re.compile(r"[A-Z0-9]{4,8}(?:-[A-Z0-9]{4,8}){2,6}$")
_REASON: Final = "Clé ou jeton d'après son allure aléatoire et le contexte."


def entropy(value: str) -> float:
    """Bits per character of ``value``."""
    return -sum(n / len(value) * log2(n / len(value)) for n in Counter(value).values())


def random_looking(value: str) -> bool:
    """Digits and letters mixed, and as varied as chance would have it."""
    digits = sum(map(str.isdigit, value))
    letters = sum(map(str.isalpha, value))
    if digits < 2 or letters < 2:
        return False
    if _SERIAL.match(value):
        return True
    runs = len(re.findall("[0-9]+", value))
    return entropy(value) >= (2.7 if len(value) < 16 else 3.2) and (runs >= 2 or len(value) >= 20)


def _search(view: View) -> Iterator[Finding]:
    seen: set[int] = set()
    for cue in _CUES & view.vocabulary:
        for _, end in view.places(cue):
            stop = min(len(view.text), end + 40)
            for match in _TOKEN.finditer(view.text, end, min(len(view.text), stop + 4000)):
                if match.start() > stop:
                    break
                if match.start() in seen:
                    continue
                seen.add(match.start())
                yield from _judge(view, match)


def _judge(view: View, match: re.Match[str]) -> Iterator[Finding]:
    value = match.group() if match.group().endswith("==") else match.group().rstrip(".=-")
    if any(map(str.isdigit, value)) and random_looking(value) and said(view, match.start(), _CUE, 40):
        yield Finding(match.start(), match.start() + len(value), "SECRET", 0.8, "secret_entropy", _REASON)


RECOGNISER = Recogniser(
    id="secret_entropy",
    labels=("SECRET",),
    source="C. E. Shannon, 1948 ; NIST SP 800-63B ; RFC 9562",
    search=_search,
    accepted=(
        "licence compta : ⟦QX7P-99LM-2KTA-0BVD⟧, au nom",
        "reset mdp, jeton ⟦r7Uq-02Lx-pp9⟧",
        "la clé API est ⟦9fTq27LmXe04kZpQ81vv0⟧",
        "token ⟦550e8400-e29b-41d4-a716-446655440000⟧",
        "clé ssh privée ⟦b6f1c0a97e334d7c9b52a81Kd0sTz7uQ⟧",
    ),
    refused=(
        "9fTq27LmXe04kZpQ81vv0",
        "la clé de 12 du plombier",
        "licence professionnelle 2024-2025",
        "clé USB 64Go-USB3",
        "les mots clés : rapport-annuel-2024",
    ),
    words=_CUES,
    needs_digit=True,
)

"""The forms in which a model may give a placeholder back, as patterns.

    [PERSONNE_7K4Q2M]  [personne_7k4q2m]  [ Personne - 7K4Q2M ]  PERSONNE_7K4Q2M  PERSONNE7K4Q2M
    <PERSONNE_7K4Q2M>  {{…}}  【…】  \\[PERSONNE\\_7K4Q2M\\]  [**PERSONNE_7K4Q2M**]  &lt;…&gt;  %5B…%5D
    [PERSON_7K4Q2M]  [TÉLÉPHONE_7K4Q2M]  [7K4Q2M]  7K4Q2M  d'[…]  l'[…]  […]s  (PERSONNE_7K4Q2M)

``WHOLE`` finds a form. ``OPENED`` and ``BARE`` find, at the end of what has come, the strict beginning of
one, with a bracket or without: they are made of the same parts, so that whatever ``WHOLE`` could find once
more text has come, one of them finds now. That is the whole invariant of restoration in a stream: what is
begun is held back, and the rest no longer depends on the future. The patterns only say what *may* be;
``known`` checks words and codes.
"""

from __future__ import annotations

import re
from typing import Final

from egide.pseudonymisation.escapes import ACCENTS, CLOSERS, OPENERS, SEPARATORS, pattern
from egide.pseudonymisation.placeholders import ALPHABET, SIZE

LONGEST_HEAD: Final = 64  # from the opening to the end of the code
LONGEST: Final = LONGEST_HEAD + 72  # with what closes it: at most four signs and a bracket, escaped
CONTEXT: Final = 6  # characters before a form that decide whether it is one: \\uXXXX

_plain_letter = r"[a-zà-öø-ÿœ\u0300-\u036f]"
_letters = rf"(?:{_plain_letter}{{1,24}}+|{pattern(ACCENTS)})"  # a run, or an escaped accent inside it
# Zero-width characters and soft hyphens are spaces too.
_space = r" \t\u00a0\u2007\u202f\u200b\u200c\u2060\ufeff\u00ad"
_dash = r"_\-‐‑‒–—"
_escaped = pattern(SEPARATORS)
# A backslash counts as a sign (\_ \- \*), save where it begins, or may begin, an escape of its own.
_backslash = r"\\(?=[^u])"
_sign = rf"(?:[{_space}\r\n{_dash}*`~:.#|/=]|{_backslash}|{_escaped})"
_bare_sign = rf"(?:[{_space}{_dash}:.#/=]|{_backslash}|{_escaped})"
# No quotes in either: ["PERSONNE_7K4Q2M"] is a list in JSON, whose brackets are not ours.

# A possessive quantifier is only ever put on a class: on a group, Python before 3.11.5 gets it wrong.
_code = rf"[2-9][{ALPHABET}]{{{SIZE - 1}}}"
_open = rf"(?:\\{{0,4}}(?:(?P<double>\{{\{{)|[\[{{<【⟦［])|{pattern(OPENERS)})"
_close = rf"(?:\\{{0,4}}(?:(?(double)\}}\}}|[\]}}>】⟧］]))|{pattern(CLOSERS)})"
_inside = rf"(?P<inside>(?:{_letters}|{_sign}){{0,28}})"
_tail = rf"(?:[{_space}\r\n*`_~]|{pattern(SEPARATORS)}){{0,4}}"
# Nothing glued before: but \n and é end with letters or digits when they are escaped.
_left = r"(?:(?<![^\W_])(?<![\u0300-\u036f])|(?<=\\[nrtbf])|(?<=\\u[0-9a-f]{4})|(?<=%[0-9a-f]{2}))"
_right = r"(?:(?=s(?![^\W_]))|(?![^\W_]))"
_word = rf"(?P<word>(?![\u0300-\u036f]){_letters}{{1,6}})"
_before = rf"(?:{_word}(?P<sign>{_bare_sign}{{0,4}})(?P<mark>[*`]{{1,3}})?)?"


_part = rf"(?P<part>[2-9][{ALPHABET}]{{0,{SIZE - 2}}})"


def _escape(name: str) -> str:
    return rf"(?P<escape_{name}>[&\\%][#&\\\w;]{{0,11}})"


WHOLE: Final = re.compile(
    rf"(?:(?P<open>{_open}){_inside}|{_left}{_before})(?P<code>{_code})"
    rf"(?(open)(?:{_tail}(?P<close>{_close})|{_right})|(?(mark)(?P=mark)){_right})",
    re.IGNORECASE,
)
OPENED: Final = re.compile(
    rf"(?P<open>{_open}){_inside}(?:{_escape('inside')}?|{_part}"
    rf"|(?P<code>{_code})(?:s|{_tail}(?:\\{{1,4}}|{_escape('close')}|(?(double)\\{{0,4}}\}}))?)?)\Z"
    rf"|(?P<opening>\\{{1,4}}|{_escape('open')})\Z",
    re.IGNORECASE,
)
BARE: Final = re.compile(
    rf"{_left}{_before}(?:{_escape('inside')}?|{_part}|(?P<code>{_code})(?(mark)[*`]{{0,3}})s?)\Z",
    re.IGNORECASE,
)
CODE: Final = re.compile(rf"[2-9](?=[{ALPHABET}]{{{SIZE - 1}}})", re.IGNORECASE)

OPENERS_AT: Final = re.compile(r"[\\\[{<【⟦［&%]")  # what OPENED begins with
ESCAPE_AT: Final = re.compile(r"[&\\%]")
# Without escapes, BARE begins at the last run of letters and digits or at the one before it. This finds
# both on the text read backwards.
_run = r"[0-9a-zà-öø-ÿœ\u0300-\u036f]{0,32}+"
LAST_RUNS: Final = re.compile(
    rf"[*`]{{0,3}}+({_run})(?:[{_space}{_dash}:.#/=*`]{{0,7}}+({_run}))", re.IGNORECASE
)

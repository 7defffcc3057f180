"""To speak of an injection is not to make one: an article, a lesson, a question quotes what attackers "
"write."""

from __future__ import annotations

import re
from typing import Final

_ABOUT: Final = re.compile(
    r"\b(?:injections?|jailbreak\w{0,4}|attaqu\w{1,6}|attack\w{0,5}|pirat\w{1,6}|hackers?|hameconnage|phishing|owasp"
    r"|par exemple|(?:un |d')?exemples?|for example|e\.g\.|such as|tel(?:le)?s? que|du type|du genre"
    r"|comme|malveillant\w{0,2}"
    r"|malicious|sensibilisation|red team|detect\w{0,5}|filtr\w{1,4}|vulnerab\w{1,6}|vulnerability"
    r"|expression|phrases?"
    r"|signifie|veut dire|means?|traduir\w{0,2}|traduction|translat\w{1,4}|gabarits?|templates?|format"
    r"|chatml|jetons?"
    r"|tokens?|balises?|documentation)\b"
)
_OPENING: Final = "«“\"'`‘"
_CLOSING: Final = "»”\"'`’"
_NEAR: Final = 160


def about(low: str, start: int, end: int) -> bool:
    """The words around speak of attacks, of examples or of a wording."""
    first = max(low.rfind("\n\n", 0, start) + 1, start - _NEAR)
    last = low.find("\n\n", end, end + _NEAR)
    return bool(
        _ABOUT.search(low, first, start) or _ABOUT.search(low, end, last if last >= 0 else end + _NEAR)
    )


def quoted(text: str, start: int, end: int) -> bool:
    """The place stands between quotation marks, on one line."""
    before = text[max(0, start - 80) : start].rsplit("\n", 1)[-1]
    after = text[end : end + 120].split("\n", 1)[0]
    for opening, closing in zip(_OPENING, _CLOSING, strict=True):
        if opening == closing:
            inside = before.count(opening) % 2 == 1 and closing in after
        else:
            inside = before.rfind(opening) > before.rfind(closing) and closing in after
        if inside:
            return True
    return False

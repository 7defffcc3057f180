"""Whether an answer is as a case wants it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from egide.detection.view import fold


@dataclass(frozen=True, slots=True)
class Verdict:
    """How many things the answer had to contain, how many of them it lacks, and how many are too many."""

    wanted: int
    absent: int
    unwanted: int

    @property
    def passed(self) -> bool:
        """Whether it is all as wanted."""
        return not self.absent and not self.unwanted


def judge(answer: str, must: Sequence[str], must_not: Sequence[str]) -> Verdict:
    """Of a whole answer, as the person reads it: values back in place."""
    read = _read(answer)
    absent = sum(_read(one) not in read for one in must)
    return Verdict(len(must), absent, sum(_read(one) in read for one in must_not))


def _read(text: str) -> str:
    return " ".join(fold(text).split())

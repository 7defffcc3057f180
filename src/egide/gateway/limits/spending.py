"""What an answer used: the provider's own figures, or an estimate marked as one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from egide.gateway.dialect import Outcome

# French prose, as the tokenisers of today cut it; JSON around it makes it a little too much, not too little.
_BYTES_PER_TOKEN: Final = 4
# What stands around the piece of text in one event of a stream.
_BYTES_AROUND: Final = 250


@dataclass(frozen=True, slots=True)
class Spent:
    """Tokens; ``estimated`` is the part of them that no provider told."""

    input_tokens: int = 0
    output_tokens: int = 0
    estimated: int = 0

    @property
    def tokens(self) -> int:
        """Of both directions."""
        return self.input_tokens + self.output_tokens


NOTHING: Final = Spent()


def spent(outcome: Outcome, *, complete: bool, sent: int, received: int, events: int) -> Spent:
    """What an exchange used. ``sent`` and ``received`` in bytes, ``events`` of the stream (0 if whole).

    An answer that was left before its end tells no final figure: the greater of what was told and of the
    estimate counts, so that hanging up early saves nothing.
    """
    told_in, told_out = outcome.input_tokens, outcome.output_tokens
    guess_in, guess_out = _divided(sent), _received(received, events)
    input_tokens = guess_in if told_in is None else told_in
    output_tokens = told_out if told_out is not None and complete else max(told_out or 0, guess_out)
    estimated = (input_tokens - (told_in or 0)) + (output_tokens - (told_out or 0))
    return Spent(input_tokens, output_tokens, estimated)


def _received(size: int, events: int) -> int:
    """Services send about one token an event; when they send more, the bytes beyond its frame tell."""
    return max(events, _divided(max(0, size - _BYTES_AROUND * events)))


def _divided(size: int) -> int:
    return -(-size // _BYTES_PER_TOKEN)

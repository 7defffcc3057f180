"""The other end of the pipe: a line {id, text} in, a line {id, spans, seconds} out.

Imported by each adapter under the Python of the peer's own environment: standard library only. The first
line written says that the peer is loaded and warm. ``seconds`` is processor time, all threads: on a shared
machine the clock on the wall measures the neighbours.
"""

from __future__ import annotations

import json
import logging
import os
import sys
import time
from collections.abc import Callable

Spans = list[tuple[int, int, str]]
# One of each kind, so that what a tool loads at its first use is loaded before it is timed.
WARM_UP = "Claire Fontaine, 12 rue des Tilleuls, 42000 Saint-Étienne, 04 77 00 00 00, claire@exemple.fr."


def serve(find: Callable[[str], Spans], timed: Callable[[str], object] | None = None) -> None:
    """Answer until the input ends. ``timed`` is the detection alone where ``find`` has to do more."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    # What a peer prints by itself must not be read as an answer.
    os.dup2(2, 1)
    logging.disable(logging.CRITICAL)
    find(WARM_UP)
    print(json.dumps({"ready": True}), file=answers, flush=True)
    for line in sys.stdin:
        asked = json.loads(line)
        start = time.process_time()
        result = (timed or find)(asked["text"])
        seconds = time.process_time() - start
        spans = find(asked["text"]) if timed else result
        answer = {
            "id": asked["id"],
            "spans": [{"start": start, "end": end, "label": label} for start, end, label in spans],
            "seconds": seconds,
        }
        print(json.dumps(answer), file=answers, flush=True)

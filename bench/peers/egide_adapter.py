"""Égide: everything on, or the rules alone with the argument ``rules``."""

from __future__ import annotations

import sys

from _pipe import Spans, serve

from egide.detection import Detector
from egide.detection.recogniser import discover

detector = Detector(discover()) if "rules" in sys.argv[1:] else Detector()


def find(text: str) -> Spans:
    return [(finding.start, finding.end, finding.label) for finding in detector.detect(text)]


serve(find)

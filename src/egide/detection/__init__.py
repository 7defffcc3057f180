"""Text in, findings out. Pure: no network, no framework, no clock."""

from __future__ import annotations

from egide.detection.detector import Detector
from egide.detection.finding import Finding
from egide.detection.labels import DATA_CLASSES, LABELS, Label

__all__ = ["DATA_CLASSES", "LABELS", "Detector", "Finding", "Label"]

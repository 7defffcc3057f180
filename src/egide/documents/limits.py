"""How much a file may hold and how long it may take: beyond, it is refused."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """All bounds of one reading. ``memory`` and ``ocr_memory`` are address space, in bytes: the libraries
    that read pictures reserve far more than they use."""

    bytes: int = 20_000_000
    files: int = 20
    depth: int = 3
    pages: int = 300
    scans: int = 20  # pages or pictures read by OCR
    cells: int = 1_000_000
    pixels: int = 40_000_000
    side: int = 2_000  # pixels: larger pictures are reduced before they are read, and leave reduced
    unpacked: int = 100_000_000
    entries: int = 5_000
    characters: int = 1_000_000
    seconds: float = 60.0
    memory: int = 1_500_000_000
    ocr_memory: int = 4_000_000_000

from __future__ import annotations

import numpy as np

from egide.detection.knowledge.families import ordinary


def _ordinary(*documents: set[int]) -> set[int]:
    rows = sorted((run, source) for source, document in enumerate(documents) for run in document)
    runs, source = np.array(rows, np.uint64).reshape(-1, 2).T
    return set(runs[ordinary(runs, source.astype(np.uint16), len(documents))].tolist())


def test_a_run_of_three_documents_that_have_little_else_in_common_is_ordinary() -> None:
    assert _ordinary({1, *range(10, 30)}, {1, *range(30, 50)}, {1, *range(50, 70)}) == {1}


def test_versions_of_one_document_are_one_family() -> None:
    body = set(range(10, 30))
    assert _ordinary({1, *body}, {1, *body, 40}, {1, *body, 41}) == set()
    assert _ordinary({1, *body}, {1, *body}, {1, *range(50, 70)}, {1, *range(70, 90)}) == {1}


def test_two_documents_have_nothing_ordinary() -> None:
    assert _ordinary({1, 2}, {1, 3}) == set()

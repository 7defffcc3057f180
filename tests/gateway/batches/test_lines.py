from __future__ import annotations

from itertools import pairwise

from egide.gateway.batches.lines import Lines

CONTENT = b"\xef\xbb\xbfun\r\n\n  \t\r\ndeux\n" + b"x" * 50 + b"\ntrois"
READ = [(1, b"un"), (4, b"deux"), (5, None), (6, b"trois")]


def read(content: bytes, *cuts: int) -> list[tuple[int, bytes | None]]:
    lines, edges = Lines(20), [0, *cuts, len(content)]
    found = [one for start, end in pairwise(edges) for one in lines.feed(content[start:end])]
    return [(one.number, one.raw) for one in (*found, *lines.close())]


def test_every_cut_gives_the_same_lines() -> None:
    assert read(CONTENT) == READ
    assert all(read(CONTENT, cut) == READ for cut in range(len(CONTENT)))
    assert read(CONTENT, *range(1, len(CONTENT))) == READ


def test_a_line_too_long_is_not_kept_and_its_size_is_told() -> None:
    lines = Lines(20)
    for _ in range(1_000):
        assert not lines.feed(b"x" * 1_000)
        assert sum(map(len, lines._pending)) <= 20
    (only,) = lines.feed(b"\n")
    assert (only.number, only.raw, only.size) == (1, None, 1_000_000)


def test_an_empty_file_has_no_line() -> None:
    assert read(b"") == read(b"\n\n") == read(b"\xef\xbb\xbf\r\n") == []

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from egide.errors import JournalError
from egide.journal import Entry, MemoryJournal, Report, Signer, chain, checkpoint, export_lines, verify

ANY = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def lines(journal: MemoryJournal, signer: Signer, now: datetime) -> list[bytes]:
    return [line.encode() for line in export_lines(journal.read(), signer, now)]


@pytest.fixture
def verified(signer: Signer) -> Callable[[bytes], Report]:
    return lambda content: verify(io.BytesIO(content), [signer.verifier])


def test_a_true_export_verifies(
    lines: list[bytes], verified: Callable[[bytes], Report], now: datetime
) -> None:
    report = verified(b"".join(lines))
    assert (report.records, report.sealed_at) == (10, now.isoformat())
    assert [(c.writer, c.records, c.checkpoint, c.uncovered) for c in report.chains] == [
        ("gateway-1", 7, 5, 2),
        ("gateway-2", 3, 3, 0),
    ]


def test_an_empty_journal_verifies(
    signer: Signer, verified: Callable[[bytes], Report], now: datetime
) -> None:
    content = "".join(export_lines([], signer, now)).encode()
    assert verified(content).records == 0


@ANY
@given(data=st.data())
def test_any_changed_byte_is_detected(
    lines: list[bytes], verified: Callable[[bytes], Report], data: st.DataObject
) -> None:
    content = bytearray(b"".join(lines))
    place = data.draw(st.integers(0, len(content) - 1))
    content[place] = data.draw(st.integers(0, 255).filter(lambda byte: byte != content[place]))
    with pytest.raises(JournalError):
        verified(bytes(content))


def test_a_change_of_case_or_of_the_last_bit_is_detected_at_every_byte(
    lines: list[bytes], verified: Callable[[bytes], Report]
) -> None:
    content = b"".join(lines)
    for place in range(len(content)):
        for bits in (0x20, 0x01):
            altered = bytearray(content)
            altered[place] ^= bits
            with pytest.raises(JournalError):
                verified(bytes(altered))


@ANY
@given(data=st.data())
def test_any_line_removed_swapped_or_doubled_is_detected(
    lines: list[bytes], verified: Callable[[bytes], Report], data: st.DataObject
) -> None:
    one = data.draw(st.integers(0, len(lines) - 1))
    other = data.draw(st.integers(0, len(lines) - 1).filter(lambda n: n != one))
    swapped = list(lines)
    swapped[one], swapped[other] = lines[other], lines[one]
    doubled = [*lines[: other + 1], lines[one], *lines[other + 1 :]]
    for altered in (lines[:one] + lines[one + 1 :], swapped, doubled):
        with pytest.raises(JournalError):
            verified(b"".join(altered))


@ANY
@given(data=st.data())
def test_any_cut_of_the_end_is_detected_and_tells_what_is_not_covered(
    lines: list[bytes], verified: Callable[[bytes], Report], data: st.DataObject
) -> None:
    content = b"".join(lines)
    cut = content[: data.draw(st.integers(0, len(content) - 1))]
    with pytest.raises(JournalError) as found:
        verified(cut)
    if cut.startswith(lines[0]):
        assert "non couvert(s) par un point de contrôle" in str(found.value)


def test_a_cut_names_the_last_checkpoint(lines: list[bytes], verified: Callable[[bytes], Report]) -> None:
    with pytest.raises(JournalError) as found:
        verified(b"".join(lines[:8]))
    assert found.value.code == "EG-5002"
    assert (found.value.fields["writer"], found.value.fields["sequence"]) == ("gateway-1", 7)
    assert "2 enregistrement(s) non couvert(s) par un point de contrôle (le dernier : 5)" in str(found.value)


def test_a_writer_taken_out_whole_is_detected(
    lines: list[bytes], verified: Callable[[bytes], Report]
) -> None:
    with pytest.raises(JournalError, match="sceau"):
        verified(b"".join([*lines[:8], lines[-1]]))


def test_a_writer_that_comes_back_is_refused(
    signer: Signer, verified: Callable[[bytes], Report], now: datetime, exchange: Callable[..., list[Entry]]
) -> None:
    one, two = (chain(None, writer, exchange("ex-1")) for writer in ("a", "b"))
    content = "".join(export_lines([one[0], *two, one[1]], signer, now)).encode()
    with pytest.raises(JournalError, match="déjà terminé"):
        verified(content)


def test_what_follows_the_seal_is_refused(lines: list[bytes], verified: Callable[[bytes], Report]) -> None:
    with pytest.raises(JournalError, match="suivent le sceau"):
        verified(b"".join([*lines, b"{}\n"]))


def test_an_export_of_another_installation_is_refused(lines: list[bytes]) -> None:
    for keys in ([], [Signer(bytes(32)).verifier]):
        with pytest.raises(JournalError, match="EG-5005"):
            verify(io.BytesIO(b"".join(lines)), keys)


def test_an_older_key_verifies_the_checkpoints_that_it_signed(
    signer: Signer, now: datetime, exchange: Callable[..., list[Entry]]
) -> None:
    older = Signer(bytes(32))
    records = chain(None, "gateway-1", exchange("ex-1"))
    records.append(checkpoint(records[-1], older, now))
    content = "".join(export_lines(records, signer, now)).encode()
    assert verify(io.BytesIO(content), [signer.verifier, older.verifier]).chains[0].checkpoint == 3
    with pytest.raises(JournalError, match="autre clé"):
        verify(io.BytesIO(content), [signer.verifier])


@pytest.mark.parametrize(
    "line", [b"\xff\n", b"[" * 60_000 + b"\n", b"x" * 70_000 + b"\n", b'{"seal":1}\n', b"null\n", b"\n"]
)
def test_a_line_that_is_no_record_is_refused(
    lines: list[bytes], verified: Callable[[bytes], Report], line: bytes
) -> None:
    with pytest.raises(JournalError, match="EG-5002"):
        verified(b"".join([*lines[:3], line, *lines[3:]]))


@ANY
@given(content=st.binary(max_size=400))
def test_no_file_makes_it_fail_otherwise(
    lines: list[bytes], verified: Callable[[bytes], Report], content: bytes
) -> None:
    with pytest.raises(JournalError):
        verified(lines[0] + content)


def test_memory_does_not_grow_with_the_file(signer: Signer, now: datetime) -> None:
    """Lines are asked for one at a time: what was read is not kept."""

    class Counted(io.BytesIO):
        reads = 0

        def readline(self, size: int | None = -1, /) -> bytes:
            self.reads += 1
            assert size is not None
            assert 0 < size <= 65_536
            return super().readline(size)

    entries = [Entry("refused", f"ex-{n}", now.isoformat()) for n in range(300)]
    lines = list(export_lines(chain(None, "a", entries), signer, now))
    source = Counted("".join(lines).encode())
    assert verify(source, [signer.verifier]).records == 300
    assert source.reads == len(lines) + 1

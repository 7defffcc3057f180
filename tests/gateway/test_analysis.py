from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import replace

import pytest
from tests.detection.knowledge.making import lists
from tests.gateway.staging import KEYRING, Company

from egide.detection import Detector, Finding
from egide.detection.recogniser import Source
from egide.detection.view import View, fold
from egide.errors import DetectionError
from egide.gateway.analysis import MOST_CHARACTERS, ON_THE_LOOP, Analyst


class Reader:
    """A source that tells which texts it read, and in which thread."""

    def __init__(self) -> None:
        self.read: list[str] = []
        self.threads: set[str] = set()

    def find(self, view: View) -> Sequence[Finding]:
        self.read.append(view.text)
        self.threads.add(threading.current_thread().name)
        at = view.text.find("secret")
        return [Finding(at, at + 6, "COMPANY_TERM", 1.0, "test", "")] if at >= 0 else []


@pytest.fixture
def reader() -> Reader:
    return Reader()


@pytest.fixture
def analyst(reader: Reader) -> Analyst:
    def make(extra: Sequence[Source]) -> Detector:
        return Detector([reader], extra)

    return Analyst(KEYRING, make)


async def test_a_text_is_read_once(analyst: Analyst, reader: Reader) -> None:
    snapshot = Company().snapshot()
    for _ in range(3):
        found = await analyst.find_all(snapshot, ["un secret", "rien"])
        assert [[(f.start, f.end) for f in findings] for findings in found] == [[(3, 9)], []]
    assert reader.read == ["un secret", "rien"]


async def test_a_new_snapshot_reads_again(analyst: Analyst, reader: Reader) -> None:
    company = Company()
    await analyst.find_all(company.snapshot(), ["un projet Calypso"])
    company.version, company.terms = 2, ("Calypso",)
    (found,) = await analyst.find_all(company.snapshot(), ["un projet Calypso"])
    assert [f.label for f in found] == ["COMPANY_TERM"]


async def test_what_the_company_knows_is_found_without_building_it_again(
    analyst: Analyst, reader: Reader
) -> None:
    known = lists("client", "Talbourdet")
    snapshot = replace(Company().snapshot(), knowledge=(known,))
    (found,) = await analyst.find_all(snapshot, ["chez Talbourdat"])
    assert [f.reason for f in found] == ["Client de l'entreprise (liste « Liste »)."]
    allowed = frozenset({KEYRING.value_digest(fold("Talbourdat"))})
    later = replace(snapshot, version=2, allowed=allowed)
    assert await analyst.find_all(later, ["chez Talbourdat"]) == [()]


async def test_a_value_declared_not_personal_is_left(analyst: Analyst) -> None:
    allowed = frozenset({KEYRING.value_digest(fold("secret"))})
    assert await analyst.find_all(Company(allowed=allowed).snapshot(), ["un secret"]) == [()]


async def test_a_long_text_is_read_off_the_loop(analyst: Analyst, reader: Reader) -> None:
    snapshot = Company().snapshot()
    await analyst.find_all(snapshot, ["court"])
    assert reader.threads == {threading.current_thread().name}
    reader.threads.clear()
    await analyst.find_all(snapshot, ["long " * ON_THE_LOOP])
    assert threading.current_thread().name not in reader.threads


async def test_a_text_beyond_the_limit_is_refused(analyst: Analyst, reader: Reader) -> None:
    with pytest.raises(DetectionError) as refused:
        await analyst.find_all(Company().snapshot(), ["x" * (MOST_CHARACTERS + 1)])
    assert refused.value.code == "EG-1001"
    assert not reader.read


async def test_the_oldest_texts_are_forgotten(reader: Reader) -> None:
    analyst = Analyst(KEYRING, lambda extra: Detector([reader], extra), cache_bytes=1000)
    snapshot = Company().snapshot()
    for text in ("un", *(f"texte {n}" for n in range(50)), "texte 49", "un"):
        await analyst.find_all(snapshot, [text])
    assert (reader.read.count("un"), reader.read.count("texte 49")) == (2, 1)


def test_a_detector_that_cannot_be_made_refuses(caplog: pytest.LogCaptureFixture) -> None:
    def make(extra: Sequence[Source]) -> Detector:
        raise KeyError("Solenne Garrigou")

    with pytest.raises(DetectionError) as refused:
        Analyst(KEYRING, make).find(Company().snapshot(), ["x"])
    assert refused.value.code == "EG-1002"
    assert "Garrigou" not in caplog.text


def test_windows_are_read_by_the_detector_of_their_snapshot_and_not_kept() -> None:
    made: list[object] = []

    def make(extra: Sequence[Source]) -> Detector:
        made.append(extra)
        return Detector(extra=extra)

    analyst = Analyst(KEYRING, make)
    old = Company(terms=("Projet Albatros",)).snapshot()
    new = Company(version=2, allowed=frozenset({KEYRING.value_digest(fold("06 39 98 41 27"))})).snapshot()
    first, second = analyst.windows(old), analyst.windows(new)
    text = "Le Projet Albatros, au 06 39 98 41 27."
    assert [one.label for one in first(text)] == ["COMPANY_TERM", "PHONE"]
    assert {one.label for one in second(text)} & {"COMPANY_TERM", "PHONE"} == set()
    assert [one.label for one in first(text)] == ["COMPANY_TERM", "PHONE"]
    assert len(made) == 2
    assert analyst._cached(text + "\x1d") is None


def test_a_window_that_cannot_be_read_fails_closed() -> None:
    class Broken(Detector):
        def detect(self, text: str) -> list[Finding]:
            raise RuntimeError(text)

    find = Analyst(KEYRING, lambda extra: Broken()).windows(Company().snapshot())
    with pytest.raises(DetectionError, match="EG-1002"):
        find("06 39 98 41 27")

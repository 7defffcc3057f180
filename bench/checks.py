"""What the checks catch, and what they take wrongly, on sets written for this.

    python bench/checks.py [--names 0]

Orders to the model (``injections``; ``tools``, in definitions of tools; and their ``_2``), texts that look
like them (``injections_harmless``, ``tools_harmless`` and their ``_2``) and ordinary texts of the other sets;
answers with things to verify (``answers``); time for 2,000 characters. The sets were written by hand for this
project, none comes from elsewhere. What each served for stands in docs/mesures.md: figures on a set that was
looked at while writing the rules are too good.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from egide.checks import Cleaner, Origin, active_content, screen, to_verify
from egide.detection import Detector
from egide.pseudonymisation.addresses import AddressReader

SETS = Path(__file__).parent / "sets"
RESULTS = Path(__file__).parent / "results"
ORDINARY = ("press", "court", "quiet", "quiet_2", "prompts", "prompts_2", "signatures")


def rows(name: str) -> Iterator[dict[str, Any]]:
    """The rows of a set."""
    for line in (SETS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


def orders(name: str, *, expected: bool, shown: int) -> dict[str, tuple[int, int]]:
    """By kind: texts in which an order is seen, texts. Shows those that are wrong."""
    seen, total = Counter[str](), Counter[str]()
    for row in rows(name):
        kind = row.get("kind") or name
        kind = kind if isinstance(kind, str) else name
        found = screen(row["text"], Origin(row.get("origin", "document")))
        total[kind] += 1
        seen[kind] += bool(found)
        if bool(found) is not expected and shown > 0:
            shown -= 1
            print("   ", row["id"], repr(row["text"][:100]), [one.kinds for one in found])
    return {kind: (seen[kind], total[kind]) for kind in total}


def table(title: str, word: str, figures: dict[str, tuple[int, int]]) -> float:
    """Print the figures; the share of all."""
    print(f"\n{title}")
    for kind, (seen, total) in figures.items():
        print(f"    {kind:20} {seen:4} of {total:4} {word}")
    seen, total = map(sum, zip(*figures.values(), strict=True))
    print(f"    {'all':20} {seen:4} of {total:4} {word} ({100 * seen / total:.1f} %)")
    return seen / total


def verifying(shown: int) -> dict[str, tuple[int, int, int]]:
    """By kind: found with the right kind and at least half of the wording, expected, found in vain."""
    hit, wanted, vain = Counter[str](), Counter[str](), Counter[str]()
    for row in rows("answers"):
        found = to_verify(row["text"])
        for item in row["items"]:
            wanted[item["kind"]] += 1
            fits = any(
                one.kind == item["kind"] and 2 * _shared(one, item) >= item["end"] - item["start"]
                for one in found
            )
            hit[item["kind"]] += fits
            if not fits and shown > 0:
                shown -= 1
                print("   missed", item["kind"], row["text"][item["start"] : item["end"]])
        for one in found:
            if not any(_shared(one, item) for item in row["items"]):
                vain[one.kind] += 1
    return {kind: (hit[kind], wanted[kind], vain[kind]) for kind in sorted(wanted | vain)}


def _shared(one: Any, item: dict[str, Any]) -> int:
    return max(0, min(one.end, item["end"]) - max(one.start, item["start"]))


def milliseconds(work: Callable[[], object]) -> float:
    """Processor time of one call, the best of several rounds."""
    best = 1e9
    for _ in range(9):
        start = time.process_time()
        for _ in range(20):
            work()
        best = min(best, (time.process_time() - start) / 20)
    return 1000 * best


def speed() -> dict[str, float]:
    """Milliseconds for 2,000 characters of business prompts."""
    text = "\n".join(row["text"] for row in rows("prompts"))[:2000]
    detector = Detector()

    def in_pieces(make: Callable[[], Any], feed: str) -> None:
        reader = make()
        for at in range(0, len(text), 5):
            getattr(reader, feed)(text[at : at + 5])

    return {
        "orders to the model (request, once a text)": milliseconds(lambda: screen(text, Origin.DOCUMENT)),
        "addresses (answer, 400 pieces)": milliseconds(lambda: in_pieces(AddressReader, "read")),
        "cleaning (Assistant, 400 pieces)": milliseconds(lambda: in_pieces(Cleaner, "feed")),
        "things to verify (after the answer)": milliseconds(lambda: to_verify(text)),
        "active content (after the answer)": milliseconds(lambda: active_content(text)),
        "for comparison: the whole detector": milliseconds(lambda: detector.detect(text)),
    }


def main() -> None:
    """Print the tables and write their figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--names", type=int, default=0, help="how many mistakes of each set to show")
    shown = parser.parse_args().names
    figures: dict[str, Any] = {}
    for name in ("injections", "injections_2", "tools", "tools_2"):
        figures[name] = table(name, "caught", orders(name, expected=True, shown=shown))
    for name in ("injections_harmless", "injections_harmless_2", "tools_harmless", "tools_harmless_2"):
        figures[name] = table(name, "touched", orders(name, expected=False, shown=shown))
    ordinary: dict[str, tuple[int, int]] = {}
    for name in ORDINARY:
        counted = orders(name, expected=False, shown=shown).values()
        ordinary[name] = (sum(seen for seen, _ in counted), sum(total for _, total in counted))
    figures["ordinary"] = table("ordinary texts, read as documents", "touched", ordinary)
    print("\nanswers: things to verify")
    found = verifying(shown)
    for kind, (hit, wanted, vain) in found.items():
        print(f"    {kind:20} {hit:4} of {wanted:4} listed, {vain} in vain")
    hit, wanted, vain = map(sum, zip(*found.values(), strict=True))
    print(f"    {'all':20} {hit:4} of {wanted:4} listed ({100 * hit / wanted:.1f} %), {vain} in vain")
    figures["answers"] = {"listed": hit / wanted, "in vain": vain}
    print("\nprocessor time for 2,000 characters")
    figures["speed"] = speed()
    for what, spent in figures["speed"].items():
        print(f"    {what:44} {spent:7.3f} ms")
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "checks.json").write_text(json.dumps(figures, indent=2, ensure_ascii=False))


if __name__ == "__main__":
    main()

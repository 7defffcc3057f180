"""Build the packaged word lists of the detector from the open data of ``--data`` and our own lists.

    python training/build_lists.py --data ../shared/data [--reference ../shared/reference]

One file comes out, ``src/egide/detection/lists/lexicon.txt.gz``: a line per combination of flags
(``flags<TAB>word word ...``), words folded as ``egide.detection.view.fold`` does. It holds no text
and no sentence of the sources, only words. Sources and licences: NOTICE.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from egide.detection.recognisers._lexicon import Flag
from egide.detection.view import fold

HERE = Path(__file__).parent
OUT = HERE.parent / "src/egide/detection/lists/lexicon.txt.gz"
WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
# Texts written or proofread by people: one lower-case occurrence is enough to call a word common.
CLEAN = (
    "train/handwritten_fr",
    "train/synth_business_fr",
    "train/echr_fr_manual_train",
    "train/eds_templates",
)
# Old press read by machine: a word counts only when seen often, since its errors look like names.
NOISY = ("train/europeana_fr_bnf", "train/newseye_fr", "train/echr_fr_projected_silver", "train/ajmc_fr")
GIVEN_STRONG, GIVEN_KNOWN = 1500, 80
SURNAME_STRONG, SURNAME_KNOWN = 120, 14
BIG_TOWN = 220_000
# A figure whose surname many bear may be somebody's client ("Jean Perrin").
SURNAME_USUAL = 100
STREET_KIND = re.compile(
    r"(?:rue|avenue|boulevard|place|allee|impasse|square|quai|cours|passage|chemin|route)"
    r" (?:du |de |des )?"
    r"(?:docteur |general |marechal |president |colonel |capitaine )?"
)


def rows(path: Path) -> Iterator[list[str]]:
    """The lines of a list, header left out."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        next(lines)
        for line in lines:
            yield line.rstrip("\n").split("\t")


def outside(document: dict[str, Any]) -> str:
    """The text of a document with its marked values replaced by a break."""
    text, spans = str(document["text"]), document["spans"]
    for span in sorted(spans, key=lambda s: -s["start"]):
        text = f"{text[: span['start']]} 0 {text[span['end'] :]}"
    return text


def parts(word: str) -> Iterator[str]:
    """A word, without its elided article, and the pieces of a compound."""
    word = word.rpartition("'")[2] if "'" in word[:4] else word
    yield word
    if "-" in word:
        yield from word.split("-")


def lower_words(data: Path, names: tuple[str, ...]) -> Counter[str]:
    """How often each word is written in lower case outside any marked value."""
    seen: Counter[str] = Counter()
    for name in names:
        with gzip.open(data / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            for line in lines:
                for match in WORD.finditer(outside(json.loads(line))):
                    if match.group()[0].islower():
                        seen.update(parts(fold(match.group())))
    return seen


def openers(data: Path) -> set[str]:
    """Words that open a sentence outside any value: imperatives, greetings, headings."""
    seen: set[str] = set()
    opening = re.compile(r"(?:^|[.!?:;«\"\n]\s*|\n[-*•]\s*)([A-ZÀ-Ý][^\W\d_]+(?:-[^\W\d_]+)*)")
    for name in ("train/handwritten_fr", "train/synth_business_fr"):
        with gzip.open(data / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            for line in lines:
                seen.update(fold(word) for word in opening.findall(outside(json.loads(line))))
    return seen


def reference_words(folder: Path) -> Counter[str]:
    """Words of the product's own French reference texts."""
    seen: Counter[str] = Counter()
    for path in sorted(folder.glob("*.yaml")):
        for match in WORD.finditer(path.read_text(encoding="utf-8")):
            if match.group()[0].islower():
                seen.update(parts(fold(match.group())))
    return seen


def names(path: Path, column: int) -> Counter[str]:
    """Counts of the single words of a list of names."""
    counts: Counter[str] = Counter()
    for row in rows(path):
        word = fold(row[0])
        if len(word) > 1 and " " not in word and "-" not in word:
            counts[word] += int(row[column])
    return counts


def figures(path: Path, given: Counter[str]) -> set[str]:
    """Historic figures: two-word names borne by many kinds of street ("victor-hugo")."""
    tails: defaultdict[str, set[str]] = defaultdict(set)
    for (street,) in rows(path):
        kind = STREET_KIND.match(fold(street))
        if kind:
            tail = fold(street)[kind.end() :].replace("-", " ")
            if len(tail.split()) in (2, 3):
                tails[tail.replace(" ", "-")].add(kind.group().split()[0])
    return {
        tail for tail, kinds in tails.items() if len(kinds) >= 3 and given[tail.partition("-")[0]] >= 5_000
    }


def well_known(path: Path, given: Counter[str], surname: Counter[str]) -> Iterator[str]:
    """The listed figures, words joined by hyphens: full names, and single ones that no people bear."""
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    for name in ", ".join(lines).split(", "):
        words = WORD.findall(fold(name).replace("'", " ").replace("-", " "))
        if len(words) == 1 and not given[words[0]] and not surname[words[0]]:
            yield words[0]
        elif len(words) > 1 and surname[words[-1]] < SURNAME_USUAL:
            yield re.sub("[dl]'", "", fold(name)).replace(" ", "-")


def build(data: Path, reference: Path) -> dict[str, int]:
    """Flags of every word of the lexicon."""
    flags: defaultdict[str, int] = defaultdict(int)
    given = names(data / "lists/prenoms_insee.tsv.gz", 2)
    surname = names(data / "lists/patronymes_sirene_ge5.tsv.gz", 1)
    for word, count in given.items():
        if count >= GIVEN_KNOWN:
            flags[word] |= Flag.GIVEN | (Flag.GIVEN_STRONG if count >= GIVEN_STRONG else 0)
    for word, count in surname.items():
        if count >= SURNAME_KNOWN:
            flags[word] |= Flag.SURNAME | (Flag.SURNAME_STRONG if count >= SURNAME_STRONG else 0)
    clean, noisy = lower_words(data, CLEAN) + reference_words(reference), lower_words(data, NOISY)
    for word in clean.keys() | noisy.keys():
        # A frequent first name needs more proof: texts hold a few unmarked names in lower case.
        proof = 4 if given[word] >= 20_000 else 1
        if len(word) > 1 and (clean[word] >= proof or noisy[word] >= 4 * proof):
            flags[word] |= Flag.COMMON
    for word in openers(data):
        if given[word] < GIVEN_STRONG and surname[word] < SURNAME_STRONG:
            flags[word] |= Flag.COMMON
    for row in rows(data / "lists/communes_etalab.tsv.gz"):
        town = fold(row[1]).replace(" ", "-")
        people = int(row[4] or 0)
        flags[town] |= Flag.TOWN | (Flag.BIG_TOWN if people >= BIG_TOWN else 0)
        short = town.partition("-")[0]  # "Illkirch" for Illkirch-Graffenstaden
        if people > 4_000 and len(short) > 5 and not flags.get(short):
            flags[short] |= Flag.TOWN
    streets = figures(data / "lists/voies_ban_5dep.tsv.gz", given)
    for name in streets.union(well_known(HERE / "lists/figures.txt", given, surname)):
        flags[name] |= Flag.FIGURE
    return flags


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--reference", type=Path, help="default: the folder reference beside the data")
    options = parser.parse_args()
    by_flags: defaultdict[int, list[str]] = defaultdict(list)
    for word, flags in build(options.data, options.reference or options.data.parent / "reference").items():
        by_flags[int(flags)].append(word)
    lines = [f"{flags}\t{' '.join(sorted(words))}\n" for flags, words in sorted(by_flags.items())]
    OUT.parent.mkdir(exist_ok=True)
    # No time stamp: the same data give the same bytes.
    OUT.write_bytes(gzip.compress("".join(lines).encode(), mtime=0))
    print(f"{sum(map(len, by_flags.values()))} words, {OUT.stat().st_size} bytes")


if __name__ == "__main__":
    main()

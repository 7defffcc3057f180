#!/usr/bin/env python3
"""Strict score of a detector: a value is hidden only if none of its letters and digits leaves.

    egide detect --format jsonl gold.jsonl > predictions.jsonl
    python bench/_strict_score.py gold.jsonl predictions.jsonl [--json OUT]

Gold: {"id", "text", "spans": [{"start", "end", "label", "need"?}]}; `need` is "must" (default: a
leak if missed) or "may" (neither leak nor false alarm). Predictions: {"id", "spans": [...]}.
Offsets are code points; .gz accepted. Labels of one family count as the same (FAMILIES).

hidden    share of `must` values of which no letter or digit stays in clear, whatever the label given
leak      share of the `must` letters and digits that stay in clear
docs      share of the documents holding `must` values in which all of them are hidden
exact     precision, recall, F1 on (start, end, label), titles (M., Mme, Dr, Me...) and edge
          punctuation left out, `may` spans and labels that the gold never uses counted neither way
over      share of the letters and digits outside every gold span that are masked
touched   share of the documents without any gold span in which something is masked
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path

FAMILIES = {
    "PASSPORT": "ID_DOC",
    "ID_CARD": "ID_DOC",
    "RESIDENCE_PERMIT": "ID_DOC",
    "DRIVING_LICENCE": "ID_DOC",
    "CASE_REF": "CONTRACT_REF",
    "CUSTOMER_REF": "CONTRACT_REF",
    "PER": "PERSON",
    "ORG": "ORGANISATION",
    "ORGANIZATION": "ORGANISATION",
    "LOC": "LOCATION",
    "VAT": "TVA",
    "COMPANY_TERM": "ORGANISATION",
    "BIC": "BANK_REF",
    "CONFIDENTIAL_MARK": "CONFIDENTIAL",
    "CONFIDENTIAL_COPY": "CONFIDENTIAL",
}
IGNORED = {"DATE", "TIME", "AGE", "FUNCTION", "DURATION"}
TITLE = re.compile(
    r"(?:(?:monsieur|madame|mademoiselle|messieurs|mesdames|m|mr|mme|mlle|mm|dr|docteur|pr|professeur|me|ma[iî]tre)\b\.?\s*)+",
    re.IGNORECASE,
)


def read(path: str) -> dict[str, dict]:
    opener = gzip.open if path.endswith(".gz") else open
    with opener(path, "rt", encoding="utf-8") as lines:
        return {str(d["id"]): d for d in map(json.loads, filter(str.strip, lines))}


def label(span: dict) -> str:
    return FAMILIES.get(span["label"], span["label"])


def trimmed(span: dict, text: str) -> tuple[int, int, str]:
    start, end = span["start"], span["end"]
    title = TITLE.match(text, start, end) if label(span) == "PERSON" else None
    if title and title.end() < end:
        start = title.end()
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and not text[end - 1].isalnum():
        end -= 1
    return start, end, label(span)


def score(gold: dict[str, dict], predicted: dict[str, dict]) -> dict:
    values, hidden, leaked, chars = Counter(), Counter(), Counter(), Counter()
    right, asked, given = Counter(), Counter(), Counter()
    docs = clean = empty = touched = outside = masked_outside = 0
    by_trait: dict[str, Counter] = defaultdict(Counter)
    known = {label(s) for d in gold.values() for s in d["spans"]}
    for key, doc in gold.items():
        text, spans = doc["text"], doc["spans"]
        found = [p for p in predicted.get(key, {"spans": []})["spans"] if p["label"] not in IGNORED]
        mask = bytearray(len(text))
        for p in found:
            for i in range(max(0, p["start"]), min(len(text), p["end"])):
                mask[i] = 1
        inside = bytearray(len(text))
        for s in spans:
            for i in range(s["start"], s["end"]):
                inside[i] = 1
        for i, c in enumerate(text):
            if c.isalnum() and not inside[i]:
                outside += 1
                masked_outside += mask[i]
        if not spans:
            empty += 1
            touched += any(mask)
            continue
        must = [s for s in spans if s.get("need", "must") == "must"]
        may = {trimmed(s, text) for s in spans if s.get("need") == "may"}
        all_hidden = True
        for s in must:
            left = [i for i in range(s["start"], s["end"]) if text[i].isalnum() and not mask[i]]
            size = sum(text[i].isalnum() for i in range(s["start"], s["end"]))
            kind = label(s)
            values[kind] += 1
            hidden[kind] += not left
            leaked[kind] += len(left)
            chars[kind] += size
            all_hidden &= not left
            for trait in doc.get("traits", ()):
                by_trait[trait]["values"] += 1
                by_trait[trait]["hidden"] += not left
        if must:
            docs += 1
            clean += all_hidden
        want = {trimmed(s, text) for s in must}
        got = {
            t
            for t in (trimmed(p, text) for p in found)
            if t[2] in known and t not in may and not any(m[0] <= t[0] and t[1] <= m[1] for m in may)
        }
        for t in want:
            asked[t[2]] += 1
        for t in got:
            given[t[2]] += 1
        for t in want & got:
            right[t[2]] += 1

    def rates(r: int, a: int, g: int) -> dict:
        p, q = r / g if g else None, r / a if a else None
        return {"precision": p, "recall": q, "f1": 2 * p * q / (p + q) if p and q else (0.0 if a else None)}

    labels = {
        k: {
            "values": values[k],
            "hidden": hidden[k] / values[k],
            "leak": leaked[k] / max(1, chars[k]),
            **rates(right[k], asked[k], given[k]),
        }
        for k in sorted(values, key=lambda k: -values[k])
    }
    return {
        "documents": len(gold),
        "values": values.total(),
        "hidden": hidden.total() / max(1, values.total()),
        "leak": leaked.total() / max(1, chars.total()),
        "docs": clean / docs if docs else None,
        "over": masked_outside / max(1, outside),
        "touched": touched / empty if empty else None,
        "empty": empty,
        **rates(right.total(), asked.total(), given.total()),
        "labels": labels,
        "traits": {t: c["hidden"] / c["values"] for t, c in sorted(by_trait.items())},
    }


def show(value: float | None) -> str:
    return "     -" if value is None else f"{100 * value:6.1f}"


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold")
    parser.add_argument("predictions")
    parser.add_argument("--json")
    options = parser.parse_args()
    gold, predicted = read(options.gold), read(options.predictions)
    missing = set(gold) - set(predicted)
    if missing:
        print(f"{len(missing)} documents have no prediction", file=sys.stderr)
    result = score(gold, predicted)
    print(
        f"{result['documents']} documents, {result['values']} values, {result['empty']} empty documents; in %"
    )
    print(
        f"hidden {show(result['hidden'])}  leak {show(result['leak'])}  docs {show(result['docs'])}  "
        f"exact P {show(result['precision'])} R {show(result['recall'])} F1 {show(result['f1'])}  "
        f"over {show(result['over'])}  touched {show(result['touched'])}"
    )
    print(f"{'label':<16}{'n':>6}{'hidden':>8}{'leak':>8}{'P':>8}{'R':>8}{'F1':>8}")
    for name, r in result["labels"].items():
        rates = "  ".join(show(r[rate]) for rate in ("hidden", "leak", "precision", "recall", "f1"))
        print(f"{name:<16}{r['values']:>6}  {rates}")
    if result["traits"]:
        print("hidden by trait: " + ", ".join(f"{t} {100 * v:.1f}" for t, v in result["traits"].items()))
    if options.json:
        written = json.dumps(result, ensure_ascii=False, indent=1)
        Path(options.json).write_text(written, encoding="utf-8")
    return 1 if missing else 0


if __name__ == "__main__":
    try:
        raise SystemExit(main())
    except BrokenPipeError:
        sys.stderr.close()

"""Every altered form of a placeholder: is the value put back, and the same at every cut of the stream?

    python bench/restoration_quality.py [--answers 1000] [--seed 1]

Prints a table by form (share restored, share the same at every two-part cut and letter by letter), then
the same for generated answers that mix them; and the time of a 20-character delta beside a plain
``str.replace`` of every placeholder, the peer, in the same run. Exit 1 if anything is not restored.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Iterable
from pathlib import Path

from egide.detection import Finding
from egide.pseudonymisation import Keyring, Pseudonymiser, Scope, Session

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests" / "pseudonymisation"))
from altered import FORMS, answer

VALUES = {
    "PERSON": ["Jean Dupont", "Aurélie N'Diaye-Lemoine", "Lola M."],
    "PHONE": ["06 39 98 10 10"],
    "IBAN": ["FR76 1027 8093 4949 0932 9571 882"],
    "ADDRESS": ["12 bis rue des Tilleuls\n42000 Saint-Étienne"],
    "ORGANISATION": ["Watt & Fils"],
    "AMOUNT": ["1 296,00 €"],
    "SECRET": ['Scan_"2023"!\\'],
}


def make_session() -> Session:
    """A session that has issued every value above."""
    session = Pseudonymiser(Keyring(b"une cle de mesure, assez longue pour tout")).session(
        Scope("c", "p", "u")
    )
    for label, values in VALUES.items():
        for value in values:
            session.mask(value, [Finding(0, len(value), label, 1.0, "bench", "")])
    return session


def streamed(session: Session, pieces: Iterable[str]) -> str:
    """The pieces restored one after the other."""
    restorer = session.restorer()
    return "".join(map(restorer.feed, pieces)) + restorer.close()


def same_at_every_cut(session: Session, text: str) -> bool:
    """Whether each two-part cut, and letter by letter, gives what the whole text gives."""
    whole = session.restore(text)
    cuts = (streamed(session, (text[:i], text[i:])) == whole for i in range(len(text) + 1))
    return all(cuts) and streamed(session, text) == whole


def by_form(session: Session) -> int:
    """Print the table; the number of failures."""
    failures = 0
    print(f"{'form':<28}{'restored':>10}{'same at every cut':>20}")
    for name, form in FORMS.items():
        right = same = 0
        for shown, value in session.issued.items():
            text = f"Bonjour {form.make(*shown[1:-1].split('_'))} et merci"
            right += session.restore(text) == f"Bonjour {form.before}{value}{form.after} et merci"
            same += same_at_every_cut(session, text)
        total = len(session.issued)
        failures += 2 * total - right - same
        print(f"{name:<28}{right:>6}/{total:<3}{same:>16}/{total}")
    return failures


def generated(session: Session, count: int, seed: int) -> int:
    """Answers that mix every form; the number of failures."""
    rng = random.Random(seed)
    right = same = 0
    for _ in range(count):
        text, wanted = answer(rng, dict(session.issued), pieces=5)
        right += session.restore(text) == wanted
        same += same_at_every_cut(session, text)
    print(f"{'generated answers':<28}{right:>6}/{count}{same:>16}/{count}")
    return 2 * count - right - same


def speed(session: Session) -> None:
    """Microseconds of a delta of 20 characters, beside plain replacement."""
    prose = "Nous vous remercions pour votre patience ; la personne en charge vous appellera. " * 500
    text = prose + " ".join(session.issued)
    pieces = [text[i : i + 20] for i in range(0, len(text), 20)]
    start = time.perf_counter()
    streamed(session, pieces)
    ours = (time.perf_counter() - start) / len(pieces)
    start = time.perf_counter()
    for piece in pieces:
        for shown, value in session.issued.items():
            piece = piece.replace(shown, value)
    naive = (time.perf_counter() - start) / len(pieces)
    print(f"20-character delta: {1e6 * ours:.1f} µs; plain str.replace, {1e6 * naive:.1f} µs")


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--answers", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    session = make_session()
    failures = by_form(session) + generated(session, options.answers, options.seed)
    speed(session)
    return int(failures > 0)


if __name__ == "__main__":
    raise SystemExit(main())

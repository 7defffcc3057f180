"""Bring the catalogues of the English interface up to the texts of the code, and compile them.

python scripts/translations.py            # write every catalogue, and say what is left to translate
python scripts/translations.py charter    # those of one app
python scripts/translations.py --check    # exit 1 if one of them is not what the code says

French is the language of the code: ``locale/en/LC_MESSAGES`` of each app of the workspace holds the English
of its pages (``django.po``) and of its scripts (``djangojs.po``), with the compiled file that is read. The
words that pages take from the core (names of labels, what its checks say) stand in the catalogue of ``ui``,
those of a policy, of a service or of a charter in that of its own pages.
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from babel.messages import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from egide.checks import active
from egide.checks.verifiable.item import discover
from egide.detection import DATA_CLASSES, LABELS
from egide.documents import KINDS
from egide.policy import Policy, carrying, checking, phrasing
from egide.policy.editing import TITLE_END
from egide.policy.explain import UNKNOWN
from egide.policy.policy import names
from egide.reference.charter import charter
from egide.reference.prompts import prompts
from egide.reference.providers import plans

WORKSPACE = Path(__file__).resolve().parent.parent / "src/egide/workspace"
POLICY = WORKSPACE.parent / "policy"
BORN = datetime(2026, 11, 29, tzinfo=UTC)
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
# A call in what Django makes of a template for xgettext, up to its last literal text.
_LITERAL = r"""u?(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
CALL = re.compile(rf"\b(?:n?p?gettext|_)\(\s*{_LITERAL}(?:,\s*{_LITERAL})*")


class Text(NamedTuple):
    """A text to translate: one message, or its singular and plural; the file it stands in."""

    message: str | tuple[str, ...]
    context: str | None
    place: str


def apps() -> list[Path]:
    """The folders of the apps of the workspace."""
    return sorted(path.parent for path in WORKSPACE.glob("*/apps.py"))


def texts(app: Path, domain: str) -> Iterator[Text]:
    """The texts of the pages of an app (``django``), or of its scripts (``djangojs``), in order of file."""
    if domain == "djangojs":
        yield from _extracted(app, "*.js", "javascript")
        return
    yield from _extracted(app, "*.py", "python")
    yield from _extracted(app, "*.html", "python")
    if app.name in CORE:
        place, words = CORE[app.name]
        yield from (Text(word, None, place) for word in words())
    if app.name == "assistant":
        yield from (Text(forms, None, "assistant/words.py") for forms in nouns())


def core_words() -> list[str]:
    """What the core calls labels, classes of data, files, and what its checks say, in French."""
    checks = [word for kind in discover() for word in (kind.french, kind.why)]
    acting = [why for name, why in vars(active).items() if name.endswith("_WHY")]
    labels = [label.french for label in LABELS.values()]
    files = [kind.french for kind in KINDS.values()]
    return sorted({*DATA_CLASSES.values(), *labels, *files, *checks, *acting})


def nouns() -> list[tuple[str, ...]]:
    """What the Assistant calls a value of each label, and several: rows of a table of its ``words``."""
    return re.findall(
        r"^[A-Z_]+ ([^|\n]+)\|(.+)$", (WORKSPACE / "assistant/words.py").read_text(), re.MULTILINE
    )


def policy_words() -> list[str]:
    """The parts of the sentences about a policy, in French, and the policies that Égide comes with."""
    given = [Policy.load(name).document for name in names()]
    done = (*phrasing.VERBS.values(), *phrasing.STATES.values())
    settings = checking.SETTINGS.values()
    found = {
        UNKNOWN,
        phrasing.EVERY,
        *phrasing.TRUSTS.values(),
        *phrasing.ROLES.values(),
        *(part for noun in phrasing.NOUNS.values() for part in noun),
        *(noun.agreeing(words) for noun in phrasing.NOUNS.values() for words in done),
        *carrying.PICTURES.values(),
        *carrying.SPEECH.values(),
        *carrying.STATES.values(),
        *carrying.SPEECH_CHANGES.values(),
        *(one.title for one in settings),
        *(words for one in settings for words in one.choices.values()),
        *(words for one in given for words in (one.title, one.title + TITLE_END, one.summary)),
    }
    parts = (message for path in sorted(POLICY.glob("*.py")) for message in _said(path))
    return sorted(found.union(parts))


def _said(path: Path) -> Iterator[str]:
    """What a module of the core gives to ``say``."""
    for _, message, _, _ in extract("python", io.BytesIO(path.read_bytes()), keywords={"say": None}):
        assert isinstance(message, str)
        yield message


def plan_words() -> list[str]:
    """What the core calls the facts about a service of AI, and the classes of data it may be given."""
    facts = {title for plan in plans().plans for title, _ in plan.facts}
    return sorted(facts | {one.label for one in plans().classes})


def charter_words() -> list[str]:
    """What a pilot is asked for a charter: its variables, with and without their remark; its questions."""
    labels = [one.label for one in charter().variables]
    questions = [one.question for one in charter().articles if one.question]
    variants = [variant.label for one in charter().articles for variant in one.variants]
    return sorted({*labels, *(label.split(" (")[0] for label in labels), *questions, *variants})


def department_words() -> list[str]:
    """What the ready prompts call the departments of a company."""
    return sorted(one.label for one in prompts().departments)


# Words that the pages of an app take from the core.
CORE = {
    "ui": ("egide", core_words),
    "policies": ("egide.policy", policy_words),
    "providers": ("egide.reference", plan_words),
    "charter": ("egide.reference", charter_words),
    "welcome": ("egide.reference", department_words),
}


def _extracted(app: Path, pattern: str, method: str) -> Iterator[Text]:
    for path in sorted(app.rglob(pattern)):
        source = path.read_text()
        if path.suffix == ".html":
            source = "\n".join(f"{call[0]})" for call in CALL.finditer(templatize(source, origin=str(path))))
        found = extract(method, io.BytesIO(source.encode()), keywords=KEYWORDS)
        for _, message, _, context in found:
            yield Text(message, context, str(path.relative_to(WORKSPACE)))


def fresh(app: Path, domain: str) -> Catalog:
    """The catalogue of an app with the texts of today, and the translations that it had."""
    path = _po(app, domain)
    known = _read(path)
    made = _empty()
    for text in texts(app, domain):
        made.add(text.message, locations=[(text.place, 0)], context=text.context)
    for message in made:
        old = known.get(message.id, context=message.context)
        if message.id and old is not None and old.id == message.id:
            message.string = old.string
    return made


def _empty() -> Catalog:
    catalog = Catalog(
        "en", header_comment="# English of the pages of the workspace.", project="Égide", fuzzy=False
    )
    # Without the time of the writing: the same texts make the same file.
    catalog.creation_date = catalog.revision_date = BORN
    return catalog


def _read(path: Path) -> Catalog:
    if not path.exists():
        return _empty()
    with path.open("rb") as file:
        return read_po(file, locale="en")


def _po(app: Path, domain: str) -> Path:
    return app / "locale/en/LC_MESSAGES" / f"{domain}.po"


def files(app: Path, domain: str) -> dict[Path, bytes]:
    """What the two files of a catalogue must hold; nothing for an app without a text."""
    catalog = fresh(app, domain)
    if not len(catalog):
        return {}
    po, mo = io.BytesIO(), io.BytesIO()
    write_po(po, catalog, width=110, omit_header=False, include_lineno=False, sort_by_file=True)
    write_mo(mo, catalog)
    path = _po(app, domain)
    return {path: po.getvalue(), path.with_suffix(".mo"): mo.getvalue()}


def kept_french() -> dict[Path, bytes]:
    """The compiled catalogue of French words that a library would say otherwise: written by hand."""
    path = WORKSPACE / "ui/locale/fr/LC_MESSAGES/django.po"
    mo = io.BytesIO()
    with path.open("rb") as file:
        catalog = read_po(file, locale="fr")
    catalog.creation_date = catalog.revision_date = BORN
    write_mo(mo, catalog)
    return {path.with_suffix(".mo"): mo.getvalue()}


def missing(app: Path, domain: str) -> list[str]:
    """The texts that have no English yet."""
    return [
        str(message.id) for message in fresh(app, domain) if message.id and not all(_strings(message.string))
    ]


def _strings(string: str | tuple[str, ...] | list[str] | None) -> list[str]:
    return [string or ""] if isinstance(string, str | None) else list(string)


def main() -> int:
    arguments = sys.argv[1:]
    names = [name for name in arguments if not name.startswith("--")]
    wrong = 0
    for app in apps():
        if names and app.name not in names:
            continue
        for domain in ("django", "djangojs"):
            made = files(app, domain) | (kept_french() if app.name == "ui" else {})
            for path, content in made.items():
                if path.exists() and path.read_bytes() == content:
                    continue
                wrong += 1
                if "--check" in arguments:
                    print(f"{path.relative_to(WORKSPACE)} n'est pas à jour")
                else:
                    path.parent.mkdir(parents=True, exist_ok=True)
                    path.write_bytes(content)
            if left := missing(app, domain):
                print(f"{app.name} ({domain}) : {len(left)} à traduire")
    return 1 if wrong and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main())

"""Every text of the pages has its English: marked in the code, translated, compiled, and said in one way.

What stays in French: what is the law or the company's own words (reference data, what people wrote), and the
files that are kept or given to others (documents, tables, certificates), which are proofs in French.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections import defaultdict
from html.parser import HTMLParser
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po
from django.utils import translation
from django.utils.translation import gettext, pgettext

ROOT = Path(__file__).resolve().parents[2]
WORKSPACE = ROOT / "src/egide/workspace"
APPS = sorted(path.parent.name for path in WORKSPACE.glob("*/apps.py"))
SAID = ("title", "alt", "placeholder", "aria-label", "data-confirm", "aria-description", "hx-confirm")
MARKS = {
    "_",
    "gettext",
    "gettext_lazy",
    "gettext_noop",
    "ngettext",
    "ngettext_lazy",
    "pgettext",
    "pgettext_lazy",
}
FRENCH = re.compile(
    r"[éèêàâùûîïôçœÉÈÀ«»]|\b(?:le|la|les|un|une|des|du|de|est|pas|pour|vous|dans|sur|et|ou|à)\b",
    re.IGNORECASE,
)
# Modules whose texts stay in French, each with why.
FRENCH_MODULES: dict[str, str] = {
    "outside/asking.py": "what Égide is called to a public service; the rest is marked",
    "providers/probe.py": "a question for a model",
    "assistant/words.py": "a table of nouns, read and translated row by row",
    "knowledge/columns.py": "titles of columns as software writes them, sought in files",
    "notice/services.py": "fills in the notice, which is in French",
    "training/certificates.py": "a certificate is a document that is kept",
    "training/evidence.py": "the proof is a document that is kept",
    "training/reminder.py": "a mail to the staff",
    "diagnosis/links.py": "features as the reference names them; what the pages say is marked",
    "diagnosis/report.py": "the report is a document that is kept",
    "prompts/content.py": "rules as the reference names them; what it says is marked",
    "prompts/filling.py": "what is written for a model, in the French of the prompt",
    "prompts/words.py": "risks as the reference names them; what they are called is marked",
    "usages/services.py": "the first usage is kept in the language of the company",
    "usages/export.py": "the inventory is a file that is kept and given to others",
    "welcome/kept.py": "what is written in the history of the policy and in the notice",
    "welcome/usages.py": "what is declared is kept, in the words of the ready prompts",
    "example/life.py": "data of the example company; what the command says is marked",
    "ai_act/export.py": "the register is a file that is kept and given to others",
    "ai_act/notices.py": "notices are shown to the company's clients and staff",
    "ai_act/record.py": "a result is a proof, in the words of the table",
    "ai_act/report.py": "the sheet and the assessment are documents that are kept",
    "charter/comparing.py": "compares charters, which are in French",
    "charter/content.py": "the charter is in French; what is missing before publication is marked",
    "charter/printed.py": "the charter and the certificate are documents that are kept",
    "charter/proposals.py": "proposes words of the charter, which is in French",
    "charter/quick.py": "proposes words of the charter, which is in French; the reasons are marked",
    "charter/rules.py": "what a charter records is in French; where it differs is marked",
    "charter/word.py": "the charter is a document that is kept",
    "hygiene/report.py": "the report is a document that is kept",
    "mail/digests.py": "reminders are mails, which are in French",
    "mail/invitations.py": "subjects of mails, which are in French; the rest is marked",
    "mail/models.py": "the sender's name, unless changed; the rest is marked",
    "mail/trial.py": "subject of a mail, which is in French",
    "people/columns.py": "titles of columns as spreadsheets write them, sought in files",
}
# Templates that stay in French, by folder, each with why.
FRENCH_TEMPLATES: dict[str, str] = {
    "mail/templates/mail/letters": "mails are kept by those who get them, who may not read English",
}
# What is a name, or the same in both languages.
SAME = {"Égide", "EG", "API", "CSV", "Excel", "XLSX", "YAML", "PDF", "JSON", "Word", "SIREN", "NAF"}


def catalogue(path: Path) -> list[Message]:
    with path.open("rb") as file:
        return [message for message in read_po(file, locale="en") if message.id]


CATALOGUES = {path: catalogue(path) for path in sorted(WORKSPACE.glob("*/locale/en/LC_MESSAGES/*.po"))}


class Words(HTMLParser):
    """The texts that a reader sees or hears in a template whose tags are gone."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in ("script", "style")
        self.found += [value for name, value in attrs if name in SAID and value]

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in ("script", "style")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.found.append(data)


def unmarked(template: str) -> list[str]:
    """The texts of a template that stand outside of ``translate`` and ``blocktranslate``."""
    bare = re.sub(r"\{#.*?#\}|\{% comment.*?endcomment %\}", "", template, flags=re.DOTALL)
    bare = re.sub(r"\{% blocktranslate.*?endblocktranslate %\}", "", bare, flags=re.DOTALL)
    bare = re.sub(r"\{% block body_class %\}.*?\{% endblock %\}", "", bare)  # names of styles
    bare = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", "", bare, flags=re.DOTALL)
    reader = Words()
    reader.feed(bare)
    words = (" ".join(text.split()) for text in reader.found)
    return [text for text in words if set(re.findall(r"[^\W\d_]{2,}", text)) - SAME]


def test_a_text_outside_of_the_marks_is_seen() -> None:
    assert unmarked('<p title="Bonjour">{% translate "Oui" %}<b>Non</b> {{ x }} : 3</p>') == [
        "Bonjour",
        "Non",
    ]
    assert not unmarked(
        "{% blocktranslate trimmed %}<p>Oui</p>{% endblocktranslate %}<p>{{ name }} · 2 €</p>"
    )


@pytest.mark.parametrize("app", APPS)
def test_templates_leave_no_text_outside_of_the_marks(app: str) -> None:
    left = {
        str(path.relative_to(WORKSPACE)): found
        for path in sorted((WORKSPACE / app).rglob("*.html"))
        if str(path.parent.relative_to(WORKSPACE)) not in FRENCH_TEMPLATES
        if (found := unmarked(path.read_text()))
    }
    assert not left


def unmarked_strings(source: str) -> list[str]:
    """The French texts of a module that no function of translation is given; docstrings are not read."""
    tree = ast.parse(source)
    told = {
        id(part)
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and getattr(call.func, "id", getattr(call.func, "attr", "")) in MARKS
        for part in ast.walk(call)
    }
    told |= {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told
        if (" " in node.value.strip() and FRENCH.search(node.value))
        or re.search("[éèêàâùûîïôçœÉÈÀ]", node.value)
    ]


def test_a_text_of_a_module_outside_of_the_marks_is_seen() -> None:
    source = '"""Une note."""\nx = "Le nom"\ny = _("Le nom")\nz = gettext("%(n)s à lire") % {"n": "été"}\n'
    assert unmarked_strings(source) == ["Le nom", "été"]


@pytest.mark.parametrize("app", APPS)
def test_modules_leave_no_french_outside_of_the_marks(app: str) -> None:
    left = {
        name: found
        for path in sorted((WORKSPACE / app).rglob("*.py"))
        if "migrations" not in path.parts
        and path.name != "apps.py"
        and (name := str(path.relative_to(WORKSPACE))) not in FRENCH_MODULES
        if (found := unmarked_strings(path.read_text()))
    }
    assert not left


def hidden_calls(source: str) -> list[int]:
    """The lines where a text to translate stands inside of an f-string, from which it is not drawn out."""
    return [
        call.lineno
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.JoinedStr)
        for call in ast.walk(node)
        if isinstance(call, ast.Call) and getattr(call.func, "id", getattr(call.func, "attr", "")) in MARKS
        if any(isinstance(given, ast.Constant) for given in call.args)
    ]


def test_a_text_to_translate_in_an_f_string_is_seen() -> None:
    assert hidden_calls("x = f\"{gettext('Le nom')} : {y}\"\nz = f'{gettext(known)}'\n") == [1]


@pytest.mark.parametrize("app", APPS)
def test_no_text_to_translate_stands_in_an_f_string(app: str) -> None:
    left = {
        str(path.relative_to(WORKSPACE)): found
        for path in sorted((WORKSPACE / app).rglob("*.py"))
        if (found := hidden_calls(path.read_text()))
    }
    assert not left


def test_modules_said_to_stay_in_french_are_there() -> None:
    assert all((WORKSPACE / name).is_file() for name in FRENCH_MODULES)
    assert all((WORKSPACE / name).is_dir() for name in FRENCH_TEMPLATES)


def test_catalogues_are_what_the_code_says() -> None:
    done = subprocess.run(
        [sys.executable, "scripts/translations.py", "--check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    assert "à traduire" not in done.stdout


def forms(message: Message) -> list[tuple[str, str]]:
    """Each French text of a message with its English: the singular, and the plural."""
    french = (message.id,) if isinstance(message.id, str) else message.id
    english = (message.string,) if isinstance(message.string, str) else message.string
    return list(zip(french, english, strict=True))


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: f"{path.parents[3].name}-{path.stem}")
def test_translations_keep_what_is_filled_in_and_the_marks_of_the_page(path: Path) -> None:
    filled = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
    tag = re.compile(r"</?\w+")
    for message in CATALOGUES[path]:
        for french, english in forms(message):
            # A singular may say "one" where the other says "1".
            if isinstance(message.id, str):
                assert sorted(filled.findall(french)) == sorted(filled.findall(english)), french
            else:
                assert set(filled.findall(english)) <= {
                    f for text in message.id for f in filled.findall(text)
                }
            assert sorted(tag.findall(french)) == sorted(tag.findall(english)), french


def test_a_french_text_stays_as_it_is_written() -> None:
    """The French of a library has words of English for msgids: « Usage » became « Utilisation »."""
    changed = set()
    with translation.override("fr"):
        for message in (message for messages in CATALOGUES.values() for message in messages):
            french = message.id if isinstance(message.id, str) else message.id[0]
            said = pgettext(message.context, french) if message.context else gettext(french)
            changed |= {french, said} if said != french else set()
    assert not changed


def test_the_same_words_are_said_in_one_way() -> None:
    said: dict[tuple[str | None, str], set[str]] = defaultdict(set)
    for messages in CATALOGUES.values():
        for message in messages:
            for french, english in forms(message):
                said[message.context, french].add(english)
    assert not {french: ways for (_, french), ways in said.items() if len(ways) > 1}

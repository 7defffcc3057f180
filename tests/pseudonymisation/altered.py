"""How a model alters a placeholder: named makers of forms, shared by the tests and the benchmark.

Each takes the word and the code and gives the altered form; restored, it gives ``before + value + after``.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import NamedTuple


class Form(NamedTuple):
    """One alteration, and what should surround the value once restored."""

    make: Callable[[str, str], str]
    before: str = ""
    after: str = ""


FORMS: dict[str, Form] = {
    "exact": Form(lambda w, c: f"[{w}_{c}]"),
    "lower case": Form(lambda w, c: f"[{w}_{c}]".lower()),
    "title case": Form(lambda w, c: f"[{w.title()}_{c.title()}]"),
    "spaces inside": Form(lambda w, c: f"[ {w} _ {c} ]"),
    "no-break space": Form(lambda w, c: f"[{w}\u00a0{c}]"),
    "brackets lost": Form(lambda w, c: f"{w}_{c}"),
    "brackets lost, lower case": Form(lambda w, c: f"{w}_{c}".lower()),
    "closing bracket lost": Form(lambda w, c: f"[{w}_{c}"),
    "curly brackets": Form(lambda w, c: f"{{{w}_{c}}}"),
    "double curly brackets": Form(lambda w, c: f"{{{{{w}_{c}}}}}"),
    "within brackets of the text": Form(lambda w, c: f"[[{w}_{c}]](x)", "[", "](x)"),
    "after a backslash of the text": Form(lambda w, c: f"C:\\[{w}_{c}]", "C:\\"),
    "list in JSON, brackets lost": Form(lambda w, c: f'["{w}_{c}"]', '["', '"]'),
    "list, brackets lost": Form(lambda w, c: f"[{w}_{c}, x]", "[", ", x]"),
    "angle brackets": Form(lambda w, c: f"<{w}_{c}>"),
    "parentheses": Form(lambda w, c: f"({w}_{c})", "(", ")"),
    "guillemets": Form(lambda w, c: f"« {w}_{c} »", "« ", " »"),
    "lenticular brackets": Form(lambda w, c: f"【{w}_{c}】"),
    "Markdown escapes": Form(lambda w, c: f"\\[{w}\\_{c}\\]"),
    "bold outside": Form(lambda w, c: f"**[{w}_{c}]**", "**", "**"),
    "bold inside": Form(lambda w, c: f"[**{w}_{c}**]"),
    "italic, brackets lost": Form(lambda w, c: f"_{w}_{c}_", "_", "_"),
    "code span": Form(lambda w, c: f"`[{w}_{c}]`", "`", "`"),
    "HTML entities": Form(lambda w, c: f"&lt;{w}_{c}&gt;"),
    "HTML numeric entities": Form(lambda w, c: f"&#91;{w}&#95;{c}&#93;"),
    "HTML entities, escaped twice": Form(lambda w, c: f"&amp;lt;{w}_{c}&amp;gt;"),
    "HTML names": Form(lambda w, c: f"&lbrack;{w}&lowbar;{c}&rbrack;"),
    "in an address": Form(lambda w, c: f"mailto:%5B{w}_{c}%5D", "mailto:"),
    "JSON Markdown escapes": Form(lambda w, c: f"\\\\[{w}\\\\_{c}\\\\]"),
    "bold code": Form(lambda w, c: f"[{w}_**{c}**]"),
    "bold code, brackets lost": Form(lambda w, c: f"{w}_**{c}**"),
    "accents": Form(lambda w, c: f"[{w.replace('E', 'É')}_{c}]"),
    "accents, brackets lost, small letters": Form(lambda w, c: f"{w.replace('E', 'É')}_{c}".lower()),
    "accents, detached": Form(lambda w, c: f"[{w.replace('E', 'E' + chr(0x301))}_{c}]"),
    "accents, escaped": Form(lambda w, c: f"[{w.replace('E', chr(92) + 'u00c9')}_{c}]"),
    "word in the plural": Form(lambda w, c: f"{w}S_{c}"),
    "word of several": Form(lambda w, c: f"[NOM DE {w}_{c}]"),
    "zero-width space": Form(lambda w, c: f"[{w}_\u200b{c}]"),
    "code alone": Form(lambda w, c: f"chez {c}.", "chez ", "."),
    "unknown word, brackets lost": Form(lambda w, c: f"PERSONA_{c}", "PERSONA_"),
    "Unicode escapes": Form(lambda w, c: f"\\u005b{w}_{c}\\u005d"),
    "hyphen": Form(lambda w, c: f"[{w}-{c}]"),
    "en dash": Form(lambda w, c: f"[{w}–{c}]"),
    "space instead": Form(lambda w, c: f"[{w} {c}]"),
    "glued": Form(lambda w, c: f"[{w}{c}]"),
    "glued, brackets lost": Form(lambda w, c: f"{w}{c}"),
    "colon": Form(lambda w, c: f"[{w}: {c}]"),
    "word lost": Form(lambda w, c: f"[{c}]"),
    "word translated": Form(lambda w, c: f"[VALUE_{c}]"),
    "line break inside": Form(lambda w, c: f"[\n{w}_{c}\n]"),
    "d'": Form(lambda w, c: f"d'[{w}_{c}]", "d'"),
    "l', brackets lost": Form(lambda w, c: f"l’{w}_{c}", "l’"),
    "plural": Form(lambda w, c: f"les [{w}_{c}]s", "les ", "s"),
    "plural, brackets lost": Form(lambda w, c: f"les {w}_{c}s", "les ", "s"),
    "Mme": Form(lambda w, c: f"Mme [{w}_{c}]", "Mme "),
    "M., brackets lost": Form(lambda w, c: f"M. {w}_{c}.", "M. ", "."),
}

_PHRASES = (
    "Bonjour, ", "voici la réponse pour ", "merci de rappeler ", "le dossier de ", " est complet ; ", "\n- ",
    " (voir plus haut), ", "Cordialement,\n", " et ", "| nom | ", " |\n", "**Objet** : ", "`", "[note] ",
    "a < b ", "{x} ", "&amp; ", "\\n ", "personne ne sait ", "le client a dit ", "adresse : ", "télé",
)  # fmt: skip


def answer(rng: random.Random, placeholders: dict[str, str], pieces: int = 8) -> tuple[str, str]:
    """A generated answer with altered placeholders, and what it must become."""
    given, wanted = [], []
    for _ in range(pieces):
        phrase = rng.choice(_PHRASES)
        name = rng.choice(list(FORMS))
        shown, value = rng.choice(list(placeholders.items()))
        word, code = shown[1:-1].split("_")
        form = FORMS[name]
        given += [phrase, " ", form.make(word, code), " "]
        wanted += [phrase, " ", form.before, value, form.after, " "]
    return "".join(given), "".join(wanted)

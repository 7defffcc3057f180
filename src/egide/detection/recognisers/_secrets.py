"""What a password looks like, and the words that speak about passwords without being one."""

from __future__ import annotations

import re
from typing import Final

from egide.detection.recognisers._said import words

NOT_SECRET: Final = words(
    "obligatoire oublie oubliee expire expiree incorrect invalide faux valide robuste fort faible unique "
    "different differents",
    "le la les un une des de du au aux a et ou en il elle on je tu nous vous ils que qui ne pas plus "
    "trop moins tout tous",
    "aucun aucune non oui ici ci-dessous ci-dessus inconnu inconnue perdu perdue partage partagee change "
    "changee modifie trop",
    "minimum maximum caracteres temporaire provisoire initial personnel personnelle confidentiel secret "
    "secrete requis requise",
    "null none true false string text varchar required password passwd xxx xxxx xxxxx *** **** ***** "
    "****** ******** ... todo",
    "demander demande voir donne donnee transmis transmise envoye envoyee communique communiquee par sur "
    "dans pour avec sans est",
    "sera etait etre bien mal mieux aussi encore toujours jamais souvent maintenant desormais identique "
    "celui celle ce cette",
    "mon ma mes ton ta tes son sa ses notre votre leur comme si quand meme deja defini definie "
    "enregistre bloque lui moi toi",
    "required mandatory optional wrong expired forgotten forgot lost missing weak strong unknown hidden",
    "your my the is are was not and or for must should reset changed n/a na nul vide ${password} "
    "process.env os.environ mdp",
)
_UNIT = re.compile(
    r"[0-9]+(?:[.,][0-9]+)?(?:€|%|h[0-9]*|mo|go|ko|ghz|g|k|m|km|e|er|eme|j|s|mn|min|x|ans?)?$|"
    r"[0-9]{1,2}[/.-][0-9]{1,2}(?:[/.-][0-9]{2,4})?$"
)
_ENV = re.compile(
    r"^(?:\$|%[a-z_]+%|\{\{|<[a-z_ -]+>|process\.|os\.|env\.|getenv|self\.|config\.|settings\.|secrets\.|"
    r"var\.|args\.|\[)",
    re.IGNORECASE,
)


def strip(text: str, start: int, stop: int, quoted: bool) -> tuple[int, int]:
    """The value without the quotes and the punctuation of the sentence around it."""
    while start < stop and text[start] in "\"'«“`(<[":
        start += 1
    if quoted:
        for mark in "\"'»”`":
            end = text.find(mark, start, stop)
            if end > start:
                return start, end
    while stop > start and text[stop - 1] in ".,;:)»”\"'`>]}|<\\":
        stop -= 1
    cut = text.find("<", start + 1, stop)
    return start, cut if cut > 0 and "/" in text[cut:stop] else stop


def looks_secret(value: str) -> bool:
    """A digit with letters, an inner capital, a special character: not a word, a date, a quantity."""
    if (
        len(value) < 4
        or _UNIT.match(value.lower())
        or _ENV.match(value)
        or ("@" in value[1:-1] and "." in value.rpartition("@")[2])
    ):
        return len(value) >= 4 and value.isdigit() and not 1900 <= int(value) <= 2100
    letters = any(map(str.isalpha, value))
    digits = any(map(str.isdigit, value))
    special = any(c in "!@#$%^&*+=?_~§µ£" for c in value.rstrip("?!*"))
    inner = value[1:] != value[1:].lower() and not value.isupper()
    return (
        (letters and digits) or (letters and (special or inner) and "//" not in value) or (digits and special)
    )


def placeholder(value: str) -> bool:
    """A variable, a template or stars in place of a value."""
    return bool(_ENV.match(value)) or set(value) <= set("*x.-_•X#") or value.lower() in NOT_SECRET

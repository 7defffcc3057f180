"""The tools of ``egide mcp``: detect, mask, restore, on a text or on a file of one folder.

With a folder, an agent has a file masked without reading it, and its answer restored into a file that it
does not read either: no value passes by the model.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from egide.cli._mcp_protocol import Object, Tool
from egide.cli._vault import Vault
from egide.errors import DetectionError, PseudonymisationError, WorkspaceError

if TYPE_CHECKING:
    from egide.detection import Detector, Finding

MOST_CHARACTERS: Final = 1_000_000
LONGEST_NAME: Final = 200

INSTRUCTIONS: Final = (
    "Égide masque les données personnelles, contractuelles, financières et secrètes françaises. Masquez un "
    "texte avant de l'envoyer ailleurs, gardez chaque repère ([PERSONNE_7K4Q2M]) tel quel, et ne rétablissez "
    "que pour la personne qui vous emploie. / "
    "Égide hides French personal, contractual, financial and secret data. Mask a text before it goes "
    "anywhere, keep every placeholder as it is, and restore only for the person you work for."
)
_TEXT: Final = {"type": "string", "maxLength": MOST_CHARACTERS, "description": "Le texte. / The text."}
_DOCUMENT: Final = {
    "type": "string",
    "maxLength": LONGEST_NAME,
    "description": "Nom du document : ses repères sont les siens seuls. / "
    "Name of the document: its placeholders are its own.",
}
_FILE: Final = {
    "type": "string",
    "maxLength": LONGEST_NAME,
    "description": "À la place de « text » : un fichier texte du dossier ouvert ; vous ne le lisez pas. / "
    "Instead of text: a text file of the open folder, which you do not read.",
}
_TO_FILE: Final = {
    "type": "string",
    "maxLength": LONGEST_NAME,
    "description": "Fichier à créer dans le dossier ouvert : les valeurs n'y passent pas par vous. / "
    "File to make in the open folder: the values do not pass by you.",
}
_COUNTS: Final = {"type": "object", "additionalProperties": {"type": "integer"}}


class Tools:
    """Over one vault file and, if given, one folder."""

    def __init__(self, vault: Path, folder: Path | None = None, *, may_restore: bool = True) -> None:
        self._vault, self._path = Vault(vault), vault
        self._folder = folder.resolve() if folder else None
        self._may_restore = may_restore

    def all(self) -> tuple[Tool, ...]:
        """Those that the agent sees."""
        tools = (self._detect_tool(), self._mask_tool())
        return (*tools, self._restore_tool()) if self._may_restore else tools

    def _detect_tool(self) -> Tool:
        span = {
            "start": {"type": "integer"},
            "end": {"type": "integer"},
            "label": {"type": "string"},
            "class": {"type": "string"},
            "score": {"type": "number"},
            "reason": {"type": "string"},
        }
        spans = {"type": "array", "items": {"type": "object", "properties": span}}
        return Tool(
            "detect",
            "Détecter / Detect",
            "Dit où sont les données à protéger d'un texte, leur type et pourquoi, sans les répéter. "
            "Positions en caractères. / "
            "Tells where the data to protect are in a text, their kind and why, without repeating them. "
            "Positions in characters.",
            self._schema({"text": _TEXT}),
            _object({"spans": spans, "counts": _COUNTS}),
            self.detect,
        )

    def _mask_tool(self) -> Tool:
        return Tool(
            "mask",
            "Masquer / Mask",
            "Remplace chaque donnée à protéger par un repère ; le coffre permet de rétablir. / "
            "Replaces every piece of data to protect with a placeholder; the vault allows to restore.",
            self._schema({"text": _TEXT, "document": _DOCUMENT}),
            _object({"text": {"type": "string"}, "counts": _COUNTS, "note": {"type": "string"}}),
            self.mask,
            changes=True,
        )

    def _restore_tool(self) -> Tool:
        accepts = _object({"text": _TEXT, "document": _DOCUMENT}, required=["text"])
        if self._folder:
            accepts["properties"]["to_file"] = _TO_FILE
        return Tool(
            "restore",
            "Rétablir / Restore",
            "Remet les valeurs à la place des repères masqués avec ce coffre, même abîmés. Seulement pour la "
            "personne qui vous emploie, jamais avant un envoi. / "
            "Puts the values back in place of placeholders masked with this vault, even damaged. "
            "Only for the person you work for, never before sending.",
            accepts,
            _object({"text": {"type": "string"}, "file": {"type": "string"}}, required=[]),
            self.restore,
            changes=True,
        )

    def _schema(self, properties: Object) -> Object:
        if not self._folder:
            return _object(properties, required=["text"])
        return _object({**properties, "file": _FILE}, required=[])

    def detect(self, given: Mapping[str, Any]) -> Object:
        """Positions, kinds and reasons: never a value."""
        self._check(given, "text", "file")
        findings = _detector().detect(self._text(given))
        return {"spans": [_span(finding) for finding in findings], "counts": _counts(findings)}

    def mask(self, given: Mapping[str, Any]) -> Object:
        """The masked text, what was hidden, and what to tell a model."""
        self._check(given, "text", "file", "document")
        text = self._text(given)
        session = self._vault.session(_word(given, "document"))
        session.recall([text])
        findings = _detector().detect(text)
        masked = session.mask(text, findings)
        self._vault.keep(session)
        return {"text": masked, "counts": _counts(findings), "note": session.note}

    def restore(self, given: Mapping[str, Any]) -> Object:
        """The text with its values, or the name of the file that holds it."""
        self._check(given, "text", "to_file", "document")
        text, name = _text(given), _word(given, "to_file")
        if not self._path.is_file():
            raise PseudonymisationError("EG-2002")
        session = self._vault.session(_word(given, "document"))
        session.recall([text])
        restored = session.restore(text)
        if not name:
            return {"text": restored}
        self._write(name, restored)
        return {"file": name}

    def _check(self, given: Mapping[str, Any], *known: str) -> None:
        files = ("file", "to_file")
        unknown = [name for name in given if name not in known or (name in files and not self._folder)]
        if unknown:
            # The name of an unknown argument was chosen by the agent: only ours are repeated.
            raise WorkspaceError("EG-6153", name=unknown[0] if unknown[0] in files else "inconnu")

    def _text(self, given: Mapping[str, Any]) -> str:
        name = _word(given, "file")
        if not name:
            return _text(given)
        if "text" in given:
            raise WorkspaceError("EG-6153", name="file")
        try:
            path = self._place(name)
            if path.stat().st_size > 4 * MOST_CHARACTERS:
                raise DetectionError("EG-1001", size=f"plus de {MOST_CHARACTERS}", limit=MOST_CHARACTERS)
            with path.open(encoding="utf-8-sig", newline="") as source:
                return _bounded(source.read())
        except (OSError, ValueError):
            raise WorkspaceError("EG-6154") from None

    def _write(self, name: str, text: str) -> None:
        try:
            with self._place(name).open("x", encoding="utf-8", newline="") as out:
                out.write(text)
        except FileExistsError:
            raise WorkspaceError("EG-6155") from None
        except (OSError, ValueError):
            raise WorkspaceError("EG-6154") from None

    def _place(self, name: str) -> Path:
        """The file of the folder with this name, links followed. Raises WorkspaceError EG-6154 out of it."""
        folder = self._folder
        path = (folder / name).resolve() if folder else None
        if folder is None or path is None or not path.is_relative_to(folder) or path.is_dir():
            raise WorkspaceError("EG-6154")
        return path


@cache
def _detector() -> Detector:
    """Loaded at the first call: an agent waits for the list of tools, not for the model of names."""
    from egide.detection import Detector

    return Detector()


def _span(finding: Finding) -> Object:
    return {
        "start": finding.start,
        "end": finding.end,
        "label": finding.label,
        "class": finding.data_class,
        "score": round(finding.score, 3),
        "reason": finding.reason,
    }


def _counts(findings: list[Finding]) -> Object:
    return dict(Counter(finding.label for finding in findings))


def _text(given: Mapping[str, Any]) -> str:
    text = given.get("text")
    if not isinstance(text, str):
        raise WorkspaceError("EG-6153", name="text")
    return _bounded(text)


def _bounded(text: str) -> str:
    if len(text) > MOST_CHARACTERS:
        raise DetectionError("EG-1001", size=len(text), limit=MOST_CHARACTERS)
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise WorkspaceError("EG-6153", name="text")
    return text


def _word(given: Mapping[str, Any], name: str) -> str:
    word = given.get(name, "")
    if not isinstance(word, str) or len(word) > LONGEST_NAME or not word.isprintable():
        raise WorkspaceError("EG-6153", name=name)
    return word


def _object(properties: Object, required: list[str] | None = None) -> Object:
    needed = list(properties) if required is None else required
    return {
        "type": "object",
        "properties": dict(properties),
        "required": needed,
        "additionalProperties": False,
    }

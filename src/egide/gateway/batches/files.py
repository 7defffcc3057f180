"""``/v1/files``: files of requests go in masked, files of results come out restored."""

from __future__ import annotations

import asyncio
import re
import secrets
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any, Final

from egide.errors import EgideError, GatewayError
from egide.gateway.asgi import Gone
from egide.gateway.batches import kept, shown
from egide.gateway.batches.call import Call
from egide.gateway.batches.calling import called, content_of, path_to
from egide.gateway.batches.gathering import Gathering
from egide.gateway.batches.leaving import leave
from egide.gateway.batches.line import of_file
from egide.gateway.batches.lines import Line, Lines
from egide.gateway.batches.listing import limit_of, owned_things
from egide.gateway.batches.owner import FILE, RESULTS, Held
from egide.gateway.batches.results import Results
from egide.gateway.batches.spool import Spool
from egide.gateway.batches.wholes import file_upload
from egide.gateway.fields import below, wrong
from egide.gateway.multipart import Multipart, Part, boundary_of
from egide.pseudonymisation import Session

PATH: Final = "/files"
_FILE_NAME = re.compile(r'[^\x00-\x1f\x7f"\\/]{1,200}')
_SECONDS = re.compile(r"[0-9]{4,7}")
_AROUND: Final = 100_000  # bytes of a form beside its file
_MOST_FIELD: Final = 64
_PATIENCE_SECONDS: Final = 60.0  # between two pieces of an upload
_LARGEST_PAGE: Final = 10_000
_WORDS: Final = {
    "purpose": None,
    "expires_after[anchor]": re.compile("created_at"),
    "expires_after[seconds]": _SECONDS,
}
_READ_ELSEWHERE: Final = "Joignez le document à une demande : Égide en lit le texte et le masque."
_OTHERS: Final = {
    "assistants": ("le fichier y serait lu plus tard, sans passer par Égide", _READ_ELSEWHERE),
    "user_data": ("le fichier y serait lu plus tard, sans passer par Égide", _READ_ELSEWHERE),
    "vision": ("une image resterait chez le fournisseur, sans être recouverte", _READ_ELSEWHERE),
    "fine-tune": (
        "un modèle entraîné sur des repères les redirait à d'autres, sans valeur à remettre en place",
        "Entraînez un modèle dans l'entreprise, ou adressez-vous à votre référent.",
    ),
    "evals": (
        "les réponses y seraient notées chez le fournisseur, sans être remises en place",
        "Envoyez les demandes dans un lot, et notez les réponses chez vous.",
    ),
}
_UNKNOWN: Final = ("l'usage demandé n'est pas connu d'Égide", "Donnez « batch » dans le champ « purpose ».")


async def upload(call: Call) -> None:
    """``POST``: read and masked line by line as it comes; nothing leaves before the last line is read."""
    owner, began = call.owner, time.perf_counter()
    spool = Spool(owner.parts.settings)
    try:
        gathering = Gathering(owner, owner.known("files"), spool, "ligne", call.busy)
        form = _Form(gathering, Lines(owner.parts.settings.max_request_bytes))
        try:
            await _receive(call, form)
        except EgideError as problem:
            await gathering.journal_refusal(problem)
            raise
        known = await gathering.finish()
        boundary = f"egide-{secrets.token_hex(16)}"
        spool.frame(form.head(boundary), f"\r\n--{boundary}--\r\n".encode())

        def show(content: Any, session: Session) -> dict[str, Any]:
            name = shown.named(FILE, content)
            assert gathering.route is not None  # noqa: S101 - ``finish`` saw to it
            held = Held(FILE, name, gathering.thread, gathering.route.provider)
            kept.own(owner, [held])
            return shown.file(owner, held, content)

        kind = f"multipart/form-data; boundary={boundary}"
        owner.parts.observer.prepared("files", time.perf_counter() - began, gathering.masked)
        await leave(call, gathering, known, file_upload(show), spool, kind)
    finally:
        spool.close()


async def listing(call: Call) -> None:
    """``GET``: the caller's own."""

    async def show(held: Held, thing: dict[str, Any]) -> dict[str, Any]:
        return shown.file(call.owner, held, thing)

    purposes = call.word("purpose", "batch", "batch_output")
    found, more = await owned_things(
        call.owner,
        (FILE, RESULTS),
        call.owner.providers("openai"),
        PATH,
        call.given,
        limit=limit_of(call.query, _LARGEST_PAGE),
        cursor="after",
        after=call.query.get("after", ""),
        more=purposes | call.word("order", "asc", "desc"),
        show=show,
    )
    ends = {"first_id": found[0]["id"], "last_id": found[-1]["id"]} if found else {}
    await call.answer({"object": "list", "data": found, "has_more": more, **ends})


async def show(call: Call) -> None:
    """``GET`` of one."""
    await _one(call, "GET")


async def delete(call: Call) -> None:
    """``DELETE``: also once its values are forgotten."""
    await _one(call, "DELETE")


async def content(call: Call) -> None:
    """``GET`` of what it holds: the results of a batch, restored line by line."""
    held = call.owner.open(call.identifier, FILE, RESULTS)
    if held.kind == FILE:
        raise GatewayError("EG-4068")
    lot = await kept.lot_of(call.owner, held.thread)
    path = path_to(PATH, held.identifier, "/content")
    await Results(call.owner, held, lot, "batch-results", path).run(call.given, call.receive, call.send)


async def _one(call: Call, method: str) -> None:
    held = call.owner.open(call.identifier, FILE, RESULTS)
    path = path_to(PATH, held.identifier)
    async with called(call.owner.parts, held.provider, method, path, call.given) as response:
        said = await content_of(held.provider, response)
    await call.answer(shown.file(call.owner, held, said))


@dataclass(slots=True)
class _Form:
    """The fields of an upload, as they come."""

    gathering: Gathering
    lines: Lines
    fields: dict[str, str] = field(default_factory=dict)
    name: str = ""  # of the file
    part: Part | None = None

    async def take(self, piece: Part | bytes) -> None:
        """A part begins, or goes on. Raises GatewayError."""
        if isinstance(piece, Part):
            await self.end_part()
            self._begin(piece)
        elif self.part is not None and self.part.name == "file":
            await self._add(self.lines.feed(piece))
        elif self.part is not None:
            said = self.fields[self.part.name] + piece.decode("latin-1")
            if len(said) > _MOST_FIELD:
                raise wrong(below("", self.part.name))
            self.fields[self.part.name] = said

    async def end_part(self) -> None:
        """The last part ends."""
        if self.part is None:
            return
        if self.part.name == "file":
            await self._add(self.lines.close())
        else:
            _check(self.part.name, self.fields[self.part.name])
        self.part = None

    def check(self) -> None:
        """Nothing is missing."""
        for name in ("file", "purpose"):
            if not (self.name if name == "file" else name in self.fields):
                raise wrong(name)
        if len({name for name in self.fields if name != "purpose"}) == 1:
            raise wrong("expires_after")

    def head(self, boundary: str) -> bytes:
        """All that leaves before the content of the file."""
        parts = [
            f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{said}\r\n'
            for name, said in self.fields.items()
        ]
        opening = f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{self.name}"\r\n'
        return "".join((*parts, opening, "Content-Type: application/jsonl\r\n\r\n")).encode()

    def _begin(self, part: Part) -> None:
        if part.name == "file" and not self.name:
            if part.filename is None or not _FILE_NAME.fullmatch(part.filename):
                raise wrong("filename")
            self.name = part.filename
        elif part.name in _WORDS and part.name not in self.fields and part.filename is None:
            self.fields[part.name] = ""
        else:
            raise GatewayError("EG-4002", field=below("", part.name))
        self.part = part

    async def _add(self, lines: list[Line]) -> None:
        gathering, named = self.gathering, (("filename", self.name),)
        for line in lines:
            if gathering.full:
                return
            if line.raw is None:
                limit = gathering.longest
                gathering.refuse(line.number, GatewayError("EG-4006", size=line.size, limit=limit))
                continue
            try:
                request = of_file(line.raw)
            except GatewayError as problem:
                gathering.refuse(line.number, problem)
                continue
            await gathering.add(line.number, request, named)


async def _receive(call: Call, form: _Form) -> None:
    parser = Multipart(boundary_of(call.given.get(b"content-type", b"")))
    async for chunk in _chunks(call):
        for piece in parser.feed(chunk):
            await form.take(piece)
    parser.close()
    await form.end_part()
    form.check()


async def _chunks(call: Call) -> AsyncIterator[bytes]:
    limit, size = call.owner.parts.settings.max_batch_bytes, 0
    announced = call.given.get(b"content-length", b"")
    if announced.isdigit() and int(announced) > limit + _AROUND:
        raise GatewayError("EG-4060", what=f"{int(announced)} octets", limit=limit)
    while True:
        try:
            async with asyncio.timeout(_PATIENCE_SECONDS):
                message = await call.receive()
        except TimeoutError:
            raise wrong("file") from None
        if message["type"] == "http.disconnect":
            raise Gone
        chunk = message.get("body", b"")
        size += len(chunk)
        if size > limit + _AROUND:
            raise GatewayError("EG-4060", what=f"plus de {limit} octets", limit=limit)
        yield chunk
        if not message.get("more_body"):
            return


def _check(name: str, said: str) -> None:
    """Raise GatewayError EG-4003 or EG-4063 unless this field may have this value."""
    if name == "purpose":
        if said != "batch":
            why, remedy = _OTHERS.get(said, _UNKNOWN)
            raise GatewayError("EG-4063", why=why, remedy=remedy)
        return
    form = _WORDS[name]
    if form is None or not form.fullmatch(said):
        raise wrong(name.partition("[")[0])

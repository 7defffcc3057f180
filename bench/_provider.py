"""A loopback provider for benchmarks: OpenAI chat completions, whole or streamed, as fast as asyncio allows.

Run as a process: ``python bench/_provider.py PORT``. Answers a fixed text of 50 pieces; a streamed
answer is paced at 100 pieces a second after a first role event, as a real model does; when the
prompt says "lentement", at one piece every two seconds, twenty in all. The prompt is thrown away.
"""

from __future__ import annotations

import asyncio
import json
import sys

import httptools
import uvloop

PIECES = ["Bien ", "reçu, ", "voici ", "une ", "réponse "] * 10
PACE_SECONDS, SLOW_SECONDS = 0.01, 2.0
HEAD = {"id": "chatcmpl-1", "created": 1_700_000_000, "model": "loopback"}
USAGE = {"prompt_tokens": 500, "completion_tokens": 50, "total_tokens": 550}


def _event(delta: dict[str, str], reason: str | None = None) -> bytes:
    choice = {"index": 0, "delta": delta, "finish_reason": reason}
    body = {**HEAD, "object": "chat.completion.chunk", "choices": [choice]}
    return b"data: " + json.dumps(body).encode() + b"\n\n"


def _whole() -> bytes:
    message = {"role": "assistant", "content": "".join(PIECES)}
    choice = {"index": 0, "message": message, "finish_reason": "stop"}
    body = json.dumps({**HEAD, "object": "chat.completion", "choices": [choice], "usage": USAGE}).encode()
    return (
        b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body) + body
    )


WHOLE = _whole()
STREAM_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
STREAM = [
    _event({"role": "assistant", "content": ""}),
    *(_event({"content": piece}) for piece in PIECES),
    _event({}, "stop"),
    b"data: [DONE]\n\n",
]


def _chunk(data: bytes) -> bytes:
    return b"%x\r\n" % len(data) + data + b"\r\n"


class Provider(asyncio.Protocol):
    """One connection; requests one after the other."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        self.transport = transport
        self.parser = httptools.HttpRequestParser(self)
        self.body = bytearray()

    def data_received(self, data: bytes) -> None:
        self.parser.feed_data(data)

    def on_body(self, body: bytes) -> None:
        self.body += body

    def on_message_complete(self) -> None:
        streamed = b'"stream":true' in self.body or b'"stream": true' in self.body
        slow = b"lentement" in self.body
        self.body.clear()
        if streamed:
            self.task = asyncio.ensure_future(self.stream(slow))
        else:
            self.transport.write(WHOLE)

    async def stream(self, slow: bool) -> None:
        self.transport.write(STREAM_HEAD + _chunk(STREAM[0]))
        for event in [*STREAM[1:19], *STREAM[-2:]] if slow else STREAM[1:]:
            await asyncio.sleep(SLOW_SECONDS if slow else PACE_SECONDS)
            if self.transport.is_closing():
                return
            self.transport.write(_chunk(event))
        self.transport.write(b"0\r\n\r\n")


async def main(port: int) -> None:
    """Serve until killed."""
    server = await asyncio.get_running_loop().create_server(Provider, "127.0.0.1", port, backlog=2048)
    await server.serve_forever()


if __name__ == "__main__":
    uvloop.run(main(int(sys.argv[1])))

"""A loopback provider that echoes what it was sent, in random pieces, and sometimes cuts the answer.

Run as a process: ``python bench/_faulty_echo.py PORT``. One streamed answer in ten is cut somewhere,
one request in fifty gets no answer at all.
"""

from __future__ import annotations

import asyncio
import json
import random
import sys

import uvloop

from _provider import HEAD, STREAM_HEAD, USAGE, Provider, _chunk, _event

CUT, SILENT = 0.1, 0.02


class FaultyEcho(Provider):
    """Answers with the text of the last user message, as the gateway sent it."""

    def on_message_complete(self) -> None:
        request = json.loads(bytes(self.body) or b"{}")
        self.body.clear()
        if random.random() < SILENT:
            self.transport.close()
            return
        messages = request.get("messages", [{"content": ""}])
        text = [m["content"] for m in messages if m.get("role") == "user"][-1]
        if request.get("stream"):
            self.task = asyncio.ensure_future(self.echo(text))
        else:
            self.transport.write(self.whole(text))

    def whole(self, text: str) -> bytes:
        choice = {"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": "stop"}
        body = json.dumps({**HEAD, "object": "chat.completion", "choices": [choice], "usage": USAGE}).encode()
        head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
        return head % len(body) + body

    async def echo(self, text: str) -> None:
        stop = random.randrange(len(text)) if random.random() < CUT else None
        self.transport.write(STREAM_HEAD + _chunk(_event({"role": "assistant", "content": ""})))
        start = 0
        while start < len(text):
            if self.transport.is_closing():
                return
            if stop is not None and start >= stop:
                self.transport.close()
                return
            size = random.randint(1, 40)
            self.transport.write(_chunk(_event({"content": text[start : start + size]})))
            start += size
            await asyncio.sleep(0)
        self.transport.write(_chunk(_event({}, "stop")) + _chunk(b"data: [DONE]\n\n") + b"0\r\n\r\n")


async def main(port: int) -> None:
    """Serve until killed."""
    server = await asyncio.get_running_loop().create_server(FaultyEcho, "127.0.0.1", port, backlog=2048)
    await server.serve_forever()


if __name__ == "__main__":
    uvloop.run(main(int(sys.argv[1])))

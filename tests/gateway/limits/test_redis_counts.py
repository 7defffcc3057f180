from __future__ import annotations

import asyncio

import pytest
from tests.gateway.limits.making import CALLER, PROVIDER, Clock, Kept, limit, snapshot
from tests.redis_server import RedisServer

from egide.errors import GatewayError
from egide.gateway.limits import Limits
from egide.gateway.limits.redis_counts import RedisCounts
from egide.gateway.limits.shared import Unreachable
from egide.gateway.limits.spending import Spent
from egide.policy.limits import Cell, Measure, Subject
from egide.ports import Count

SECRET = b"secret de test" * 2
CELL = Cell("person", "p-1", "requests", "day", "2026-11-28")
FOR_EVER = 4e9
# The machine that runs the tests may be slow: only the test of a counter that hangs is about patience.
PATIENT = 60.0


def one(value: int = 1) -> list[Count]:
    return [Count(CELL, value, FOR_EVER)]


async def test_several_servers_take_exactly_what_there_is(redis: RedisServer) -> None:
    servers = [RedisCounts(redis.url, SECRET, patience=PATIENT) for _ in range(3)]
    asked = (servers[i % 3].admit([(CELL, 50)], one(), [0]) for i in range(200))
    answers = await asyncio.gather(*asked)
    assert sum(free for free, _ in answers) == 50
    assert max(held for _, (held,) in answers) == 50
    for server in servers:
        await server.close()


async def test_a_refusal_counts_nothing_and_additions_add_up(redis: RedisServer) -> None:
    counts = RedisCounts(redis.url, SECRET, patience=PATIENT)
    assert await counts.admit([(CELL, 1)], one(), [0]) == (True, [0])
    assert await counts.admit([(CELL, 1)], one(), [0]) == (False, [1])
    await asyncio.gather(*(counts.add(one(1000), [0]) for _ in range(40)))
    assert await counts.admit([(CELL, 10**12)], [], [0]) == (True, [40_001])
    await counts.add(one(2**52), [0])
    assert await counts.admit([(CELL, 2**53)], [], [0]) == (True, [40_001 + 2**52])
    await counts.close()


async def test_what_it_holds_tells_nothing(redis: RedisServer) -> None:
    counts = RedisCounts(redis.url, SECRET, patience=PATIENT)
    await counts.add(one(), [0])
    (name,) = redis.keys()
    assert "p-1" not in name
    assert "person" not in name
    other = RedisCounts(redis.url, b"autre secret" * 3, patience=PATIENT)
    await other.add(one(), [0])
    assert len(redis.keys()) == 2, "two installations never share a counter"
    await counts.close()
    await other.close()


async def test_one_that_comes_back_empty_goes_on_from_what_servers_know(redis: RedisServer) -> None:
    clock = Clock()
    counts = RedisCounts(redis.url, SECRET, patience=PATIENT, clock=clock)
    await counts.add(one(7), [0])
    redis.kill()
    with pytest.raises(Unreachable):
        await counts.add(one(), [7])
    assert counts.problem is not None
    redis.start()
    with pytest.raises(Unreachable):
        await counts.add(one(), [8])  # too soon to try again
    clock.now += 6
    assert await counts.admit([(CELL, 100)], one(), [9]) == (True, [9])
    assert await counts.admit([(CELL, 100)], one(), [0]) == (True, [10])
    assert counts.problem is None
    await counts.close()


async def test_one_that_hangs_is_left_after_a_moment(caplog: pytest.LogCaptureFixture) -> None:
    async def hang(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    server = await asyncio.start_server(hang, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    counts = RedisCounts(f"redis://:mot-de-passe@127.0.0.1:{port}/0", SECRET, patience=0.05)
    async with asyncio.timeout(20):
        with pytest.raises(Unreachable):
            await counts.add(one(), [0])
    assert "EG-4043" in caplog.text
    assert "mot-de-passe" not in caplog.text
    await counts.close()
    server.close()
    await server.wait_closed()


@pytest.mark.parametrize("url", ["localhost:6379", "http://127.0.0.1", "", "redis://127.0.0.1:port"])
def test_a_wrong_address_is_told(url: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        RedisCounts(url, SECRET)


@pytest.mark.parametrize("scheme", ["redis", "valkey"])
async def test_two_servers_share_a_limit_and_neither_forgets_when_redis_is_away(
    scheme: str, redis: RedisServer, caplog: pytest.LogCaptureFixture
) -> None:
    url = redis.url.replace("redis", scheme, 1)
    store, clock, told = Kept(), Clock(), snapshot(limit(10), limit(1000, Subject.COMPANY, Measure.TOKENS))
    shared = [RedisCounts(url, SECRET, patience=PATIENT, clock=clock) for _ in range(2)]
    servers = [Limits(store, one, clock=clock) for one in shared]
    for server in servers:
        await server.start()
    for turn in range(6):
        await servers[turn % 2].admit(told, CALLER, PROVIDER)
    servers[0].spend(told, CALLER, PROVIDER, "grand", Spent(300, 300))
    redis.kill()
    await servers[0].admit(told, CALLER, PROVIDER)
    assert servers[0].problem is not None
    assert servers[0].problem.code == "EG-4043"
    assert caplog.text.count("EG-4043") == 1
    redis.start()  # empty
    clock.now += 6
    for _ in range(3):
        await servers[0].admit(told, CALLER, PROVIDER)
    servers[0]._keeper.sync()  # type: ignore[union-attr] # what the thread does each second
    servers[1]._keeper.sync()  # type: ignore[union-attr]
    with pytest.raises(GatewayError, match="EG-4040"):
        await servers[1].admit(told, CALLER, PROVIDER)
    assert servers[0].problem is None
    for server in servers:
        await server.stop()
    assert store.values[CELL] == 10


async def test_tokens_spent_on_one_server_stop_the_other(redis: RedisServer) -> None:
    told = snapshot(limit(100, Subject.COMPANY, Measure.TOKENS))
    one, two = (
        Limits(None, RedisCounts(redis.url, SECRET, patience=PATIENT), clock=Clock()) for _ in range(2)
    )
    one.spend(told, CALLER, PROVIDER, "grand", Spent(60, 60))
    await asyncio.gather(*one._telling)
    with pytest.raises(GatewayError, match="EG-4041"):
        await two.admit(told, CALLER, PROVIDER)
    await one.stop()
    await two.stop()

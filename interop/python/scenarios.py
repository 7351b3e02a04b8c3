"""The websockets library of Python against the sample application, one JSON object a line for each scenario.

It knows nothing of neffos, so what is on the wire is written out here.
"""

import asyncio
import json
import os
import ssl
import sys
import traceback
import uuid

from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

URL = os.environ["NEFFOS_URL"]
CERTIFICATE = os.environ.get("NEFFOS_CERTIFICATE")
SECONDS = 20

scenarios = []


def scenario(function):
    scenarios.append(function)
    return function


def dial(**options):
    if CERTIFICATE:
        options["ssl"] = ssl.create_default_context(cafile=CERTIFICATE)
    return connect(URL, **options)


async def enter(socket, namespace="lab"):
    """Acknowledgement and namespace."""
    await socket.send("M")
    acknowledgement = await socket.recv()
    assert acknowledgement.startswith("A"), acknowledgement
    await request(socket, f"$1;{namespace};;_OnNamespaceConnect;0;0;")
    return acknowledgement[1:]


async def request(socket, frame):
    await socket.send(frame)
    answer = await socket.recv()
    assert answer == frame.split(";")[0] + ";;;;;;", answer


async def join(socket, room):
    await request(socket, f"$2;lab;{room};_OnRoomJoin;0;0;")


async def pair(first, second):
    """Both in a room of their own."""
    room = f"python-{uuid.uuid4().hex[:8]}"
    for socket in (first, second):
        await enter(socket)
        await join(socket, room)
    return room


@scenario
async def handshake_without_extensions():
    async with dial() as socket:
        assert socket.response.status_code == 101
        # The library offers compression, which the server does not take.
        assert "Sec-WebSocket-Extensions" not in socket.response.headers
        assert await enter(socket) != ""


@scenario
async def ask():
    async with dial() as socket:
        await enter(socket)
        await socket.send("$7;lab;;echo;0;0;a;b")
        assert await socket.recv() == "$7;lab;;echo;0;0;a;b"


@scenario
async def refusal():
    async with dial() as socket:
        await enter(socket)
        await socket.send("$7;lab;;fail;0;0;")
        assert await socket.recv() == "$7;lab;;fail;1;0;no luck"


@scenario
async def broadcast_in_order():
    async with dial() as first, dial() as second:
        room = await pair(first, second)
        for i in range(200):
            await first.send(f";lab;{room};shout;0;0;{i}")
        for socket in (first, second):
            for i in range(200):
                assert await socket.recv() == f";lab;{room};shouted;0;0;{i}"


@scenario
async def broadcast_to_the_others():
    async with dial() as first, dial() as second:
        room = await pair(first, second)
        await first.send(f";lab;{room};say;0;0;h\u00e9llo \u20ac \U0001f600".encode())
        assert await second.recv() == f";lab;{room};said;0;0;h\u00e9llo \u20ac \U0001f600".encode()


@scenario
async def answer_to_the_server():
    async with dial() as socket:
        await enter(socket)
        await socket.send("$7;lab;;quiz;0;0;")
        question = (await socket.recv()).split(";", 6)
        assert question[3] == "question" and question[6] == "6x7", question
        question[6] = "42"
        await socket.send(";".join(question))
        assert await socket.recv() == "$7;lab;;quiz;0;0;answer: 42"


@scenario
async def fragments_with_a_ping_between():
    async with dial() as socket:
        await enter(socket)

        async def parts():
            yield "$7;lab;;echo;0;0;"
            for i in range(20):
                if i % 5 == 0:
                    await asyncio.wait_for(await socket.ping(), SECONDS)
                yield f"part {i} \u20ac"

        await socket.send(parts())
        expected = "".join(f"part {i} \u20ac" for i in range(20))
        assert await socket.recv() == "$7;lab;;echo;0;0;" + expected


@scenario
async def big_messages():
    async with dial() as socket:
        await enter(socket)
        for size in (125, 126, 127, 60_000):
            body = bytes(i % 256 for i in range(size))
            await socket.send(b"$7;lab;;echo;0;0;" + body)
            assert await socket.recv() == b"$7;lab;;echo;0;0;" + body


@scenario
async def too_big_a_message():
    async with dial() as socket:
        await enter(socket)
        await socket.send(b"$7;lab;;echo;0;0;" + bytes(100_000))
        assert await closed(socket) == 1009


@scenario
async def ping():
    async with dial() as socket:
        for _ in range(10):
            await asyncio.wait_for(await socket.ping(b"x" * 125), SECONDS)


@scenario
async def close_by_the_client():
    async with dial() as socket:
        await enter(socket)
        await socket.close(1000, "enough")
        assert socket.close_code == 1000


@scenario
async def close_by_the_server():
    async with dial() as socket:
        await enter(socket)
        await socket.send(";lab;;kick;0;0;")
        assert await closed(socket) == 4001
        assert socket.close_reason == "kicked"


async def closed(socket):
    try:
        while True:
            await socket.recv()
    except ConnectionClosed:
        return socket.close_code


def main():
    failed = False
    for function in scenarios:
        result = {"name": function.__name__.replace("_", " "), "outcome": "pass", "detail": ""}
        try:
            asyncio.run(asyncio.wait_for(function(), SECONDS))
        except Exception:
            failed = True
            result.update(outcome="fail", detail=traceback.format_exc())
        print(json.dumps(result), flush=True)
    sys.exit(failed)


main()

"""Services that trickle: the deadline holds for every byte of an answer."""

from __future__ import annotations

import json
import socketserver
import threading
import time

import pytest

from ..engines import model_app
from ..upstream import CANNED_MESSAGE, CANNED_TURN
from .talk import send

DEADLINE = 1.0
TRICKLES = {
    "a head": (b"HTTP/1.1 200 OK\r\nX-Slow: ", b"x"),
    "an endless preface": (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    "an error": (
        b"HTTP/1.1 500 Oh\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n{",
        b" ",
    ),
    "an answer": (
        b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n{",
        b" ",
    ),
    "a stream": (b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n", b": \n\n"),
}


@pytest.fixture(params=TRICKLES)
def trickling(request):
    """The address of a service that sends a byte now and then, for ever."""
    head, drop = TRICKLES[request.param]
    done = threading.Event()

    class Trickle(socketserver.BaseRequestHandler):
        def handle(self):
            self.request.recv(65536)
            try:
                self.request.sendall(head)
                while not done.wait(0.05):
                    self.request.sendall(drop)
            except OSError:
                pass  # the caller had enough

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Trickle) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}/v1"
        done.set()
        server.shutdown()
        thread.join(10)


def test_a_service_that_trickles_is_given_up_at_the_deadline(trickling, tmp_path, server):
    settings = {"OPENAI_BASE_URL": trickling, "SPARK_DEADLINE_SECONDS": DEADLINE}
    app = model_app(tmp_path, server, **settings)
    app.extensions["spark"].warm_up()
    client = app.test_client()
    asked = time.monotonic()
    response = send(client, "我想制作一个科幻视频")
    assert time.monotonic() - asked < DEADLINE + 1.5
    assert (response.status_code, response.json["error"]) == (504, "upstream_timeout")
    assert client.get("/api/chat/history").json["history"] == []


class Lingering(socketserver.StreamRequestHandler):
    """Answers wholly, and then neither ends the answer nor says anything more."""

    answer = b""

    def handle(self):
        length = 0
        while (line := self.rfile.readline().strip().lower()) != b"":
            if line.startswith(b"content-length:"):
                length = int(line.partition(b":")[2])
        self.rfile.read(length)
        self.wfile.write(self.answer)
        self.rfile.read(1)  # until the caller goes


@pytest.mark.parametrize("way", ["chunked", "closing", "no length"])
def test_a_service_that_never_hangs_up_is_not_waited_for(tmp_path, server, way):
    chunk = {"choices": [{"index": 0, "delta": {"content": CANNED_TURN}, "finish_reason": "stop"}]}
    told = f"data: {json.dumps(chunk)}\n\ndata: [DONE]\n\n".encode()
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
    ways = {
        "chunked": b"Transfer-Encoding: chunked\r\n\r\n%x\r\n%b\r\n" % (len(told), told),
        "closing": b"Connection: close\r\n\r\n" + told,
        "no length": b"\r\n" + told,
    }
    handler = type("Told", (Lingering,), {"answer": head + ways[way]})
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), handler) as service:
        service.daemon_threads = True
        thread = threading.Thread(target=service.serve_forever, args=(0.01,))
        thread.start()
        address = f"http://127.0.0.1:{service.server_address[1]}/v1"
        app = model_app(tmp_path, server, OPENAI_BASE_URL=address, SPARK_READ_SECONDS=30)
        app.extensions["spark"].warm_up()
        asked = time.monotonic()
        response = send(app.test_client(), CANNED_MESSAGE)
        assert time.monotonic() - asked < 5
        assert response.json["response"] == json.loads(CANNED_TURN)["reply"]
        assert response.json["provenance"]["attempts"] == 1
        service.shutdown()
        thread.join(10)

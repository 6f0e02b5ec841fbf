"""A proxy of this machine that has a service under a path of its own."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import requests

OF_ONE_CONNECTION = {"connection", "content-encoding", "content-length", "host", "transfer-encoding"}


@contextmanager
def under(path: str, address: str) -> Iterator[str]:
    """The address of a proxy that passes on what is asked under the path, and has nothing else."""

    class Proxy(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            passed = {name: value for name, value in self.headers.items() if name.lower() not in OF_ONE_CONNECTION}
            to = address + self.path.removeprefix(path) if self.path.startswith(f"{path}/") else f"{address}/nothing"
            answer = requests.request(self.command, to, data=body, headers=passed, timeout=30)
            self.send_response(answer.status_code)
            for name, value in answer.headers.items():
                if name.lower() not in OF_ONE_CONNECTION:
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer.content)))
            self.end_headers()
            self.wfile.write(answer.content)

        do_POST = do_GET  # noqa: N815  the same

        def log_message(self, format: str, *arguments: object) -> None:
            """Nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Proxy) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}{path}"
        finally:
            server.shutdown()
            thread.join()

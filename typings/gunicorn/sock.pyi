"""The sockets that gunicorn listens on."""

from gunicorn.config import Config

class BaseSocket:
    def close(self) -> None: ...

def create_sockets(conf: Config, log: object) -> list[BaseSocket]: ...

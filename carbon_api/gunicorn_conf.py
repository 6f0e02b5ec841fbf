"""How gunicorn runs the service; `carbon-api serve` adds the address, the workers and the threads."""

import gc
from pathlib import Path

wsgi_app = "carbon_api.web.app:create_app()"
proc_name = "carbon-api"

# Without its own port each, workers of this class can all leave their connections to one of them.
worker_class = "carbon_api.web.worker.Worker"
reuse_port = True

# The factor book is read once and shared by the workers; each opens its own database connections.
preload_app = True

loglevel = "warning"
timeout = 30
graceful_timeout = 10
keepalive = 5
control_socket_disable = True

# Workers say that they are alive in memory: on a slow disk they would look hung.
_MEMORY = Path("/dev/shm")  # noqa: S108  the place of shared memory; files in it are made unguessable
worker_tmp_dir = str(_MEMORY) if _MEMORY.is_dir() else None


def post_worker_init(_worker: object) -> None:
    """Keep what was loaded before the first request out of the collector's rounds, which were the tail latency."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 50)

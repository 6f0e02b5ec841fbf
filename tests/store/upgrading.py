"""`python upgrading.py URL N` upgrades a database and is killed, as by `kill -9`, once its Nth statement is done."""

import os
import signal
import sys
from typing import Any

from sqlalchemy import Engine, event

from carbon_api.store.schema import upgrade


def main(url: str, last: int) -> None:
    done = 0

    @event.listens_for(Engine, "after_cursor_execute")
    def _count(*_: Any) -> None:
        nonlocal done
        done += 1
        if done == last:
            os.kill(os.getpid(), signal.SIGKILL)

    upgrade(url)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))

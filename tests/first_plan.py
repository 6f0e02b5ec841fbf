"""The plan of `examples/first.json`, which many tests send."""

import json
from pathlib import Path
from typing import Any

EXAMPLE: dict[str, Any] = json.loads(
    (Path(__file__).parents[1] / "examples" / "first.json").read_text(encoding="utf-8")
)

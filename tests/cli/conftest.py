"""What the tests of the command line share."""

from io import StringIO
from typing import Any

import pytest
from hand_made import Shown, figure
from rich.console import Console

from carbon_api.cli.summary import print_summary


@pytest.fixture
def answer() -> dict[str, Any]:
    """An answer with something in every part that the summary prints; the figures mean nothing."""
    return {
        "plan": {"name": "Launch"},
        "method": {"id": "scope3-2026.07", "revision": 1, "status": "default"},
        "factor_release": {"id": "2026.11", "sha256": "0", "status": "given"},
        "boundary": {"included": ["a"], "excluded": ["b"], "accounting": "attributional"},
        "uncertainty": {"range": True, "draws": 2000, "seed": 1, "kind": "parameter uncertainty inside one method"},
        "total": figure(1234.5, 812.25, 1999.0),
        "lines": [{"id": "reels-1"}, {"id": "reels-2"}],
        "cross_check": [
            {"method": "sri-2.1", "ratio": 1.416, "lines": 3, "not_compared": ["selection"], "detail": "…"},
            {"method": "ademe-2025", "ratio": None, "lines": 0, "not_compared": [], "detail": "no such country"},
        ],
        "readings": [{"code": "programmatic", "detail": "bought in auctions", "total": figure(2454.0)}],
        "by_audience": {
            "on_target": figure(1000.0, 700.0, 1500.0),
            "off_target": figure(234.5),
            "unknown": figure(0.0),
        },
        "by_stage": [
            {"stage": "network", "phases": {"use": 234.5}, "total": figure(234.5, 100.0, 400.0)},
            {"stage": "device", "phases": {"use": 1000.0}, "total": figure(1000.0, 700.0, 1500.0)},
        ],
        "by_platform": [
            {"platform": "instagram", "total": figure(1000.0, 700.0, 1500.0)},
            {"platform": None, "total": figure(234.5, 100.0, 400.0)},
        ],
        "coverage": {
            "given": 0.71,
            "default": 0.29,
            "lines": {"priced": 2, "of": 2, "not_priced": []},
            "defaults": [
                {
                    "field": "time_on_screen",
                    "value": 3,
                    "unit": "s",
                    "factor": "scope3.time_in_view",
                    "title": "Time an ad stays in view",
                    "country": "world",
                    "valid_from": "2026-07-07",
                    "source": "Scope3 methodology",
                    "locator": "table 4",
                    "evidence": "primary",
                    "lines": ["reels-1", "reels-2", "reels-3", "reels-4", "reels-5"],
                }
            ],
        },
        "drivers": [{"group": "device study", "share_of_variance": 0.61}],
        "warnings": [{"code": "suspect-factor", "pointers": ["/lines/1"], "detail": "tablets look too heavy"}],
    }


@pytest.fixture
def shown() -> Shown:
    """Print a summary and give its text, in one long line per row."""

    def show(answer: dict[str, Any], *, width: int = 200, **how: Any) -> str:
        console = Console(file=StringIO(), width=width, color_system=None)
        print_summary(answer, console, **how)
        assert isinstance(console.file, StringIO)
        return console.file.getvalue()

    return show

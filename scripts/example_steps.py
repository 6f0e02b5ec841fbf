"""What is asked of the service for its examples, in this order: plans of tested cases, and where they lead."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[1]
Json = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One request. It has the name of its example; `is_cut` shortens an answer, `keys` are all that is shown of it."""

    operation: str
    name: str
    summary: str
    status: int = 200
    body: Json | None = None
    query: str = ""
    is_cut: bool = False
    keys: tuple[str, ...] = ()


def case(file: str, title: str) -> Json:
    """A case that a test works out by hand."""
    cases = yaml.safe_load((ROOT / "tests" / file).read_text(encoding="utf-8"))
    [found] = [one for one in cases if one["title"] == title]
    return dict(found)


FIRST: Json = json.loads((ROOT / "examples" / "first.json").read_text(encoding="utf-8"))
_IMAGE_TITLE = "One image of 1080 x 1920 on a phone over a fixed network, every term"
IMAGE: Json = case("cases/scope3_images.yaml", _IMAGE_TITLE)["plan"]
TARGETED = case(
    "advice/cases/targeting.yaml",
    "Half on target becomes four fifths, the same contacts from five eighths of the booking",
)
AIMED: Json = {"name": "Half on target", **TARGETED["plan"]}


def _step(operation: str, name: str, summary: str, **more: Any) -> Step:
    return Step(operation=operation, name=name, summary=summary, **more)


def _image(operation: str, **more: Any) -> Step:
    return _step(operation, "image", "A thousand impressions of an image, every value given", **more)


STEPS = (
    _step(
        "create_estimate",
        "first",
        "A million impressions of a video, most values left open",
        query="persist=false",
        body=FIRST,
    ),
    _image("create_estimate", status=201, body=IMAGE),
    _step("list_estimates", "one", "One estimate was kept so far"),
    _image("get_estimate"),
    _image("get_trace"),
    _image("get_recommendations", is_cut=True),
    _step(
        "create_recommendations",
        "targeting",
        "What tighter targeting saves, from half on target to four fifths",
        body={"plan": AIMED, "act_as": ["agency"], "levers": {TARGETED["lever"]: TARGETED["strength"]}},
        is_cut=True,
    ),
    _step(
        "create_comparison",
        "methods",
        "A plan under two methods",
        body={"plan": IMAGE, "methods": ["scope3-2026.07", "sri-2.1"]},
    ),
    _step(
        "create_comparison",
        "plans",
        "Two plans in the same draws",
        body={"plans": [FIRST, IMAGE]},
        is_cut=True,
    ),
    _step("list_methods", "methods", "Every method", is_cut=True),
    _step("get_method", "method", "A method that counts bytes alone", is_cut=True),
    _step("list_factors", "factors", "The first page", is_cut=True),
    _step("get_factor", "factor", "A factor with one value"),
    _step("list_sources", "sources", "Every source", is_cut=True),
    _step("list_platforms", "platforms", "Every platform"),
    _step("list_releases", "releases", "Every release"),
    _step("explain", "plan-invalid", "What a plan that is not valid means"),
    _step("get_health", "health", "It answers"),
    _step("get_readiness", "ready", "Everything is there"),
    _step("get_version", "version", "The version"),
    _step("get_metrics", "metrics", "Which service it is; what it counts comes after", is_cut=True),
    _step("get_description", "openapi", "Its first keys", keys=("openapi", "info")),
    _step("get_reference", "page", "The page, which takes the rest from its files"),
    _step("get_reference_file", "file", "The styles that are not the library's"),
    _image("delete_estimate", status=204),
)

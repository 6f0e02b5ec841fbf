"""What a method is: its formulas, the stages they yield, and the published defaults it hands to the inventory."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from carbon_api.methods.graph import Graph

StageName = Literal["selection", "data_centre", "network", "device", "production", "storage"]
Phase = Literal["use", "embodied", "unsplit"]
Rows = Literal["all", "ads", "in_platform_ads", "flights", "rides", "drives", "stays", "by_road", "by_air"]

MEDIA_DELIVERY: tuple[StageName, ...] = ("selection", "data_centre", "network", "device")
STAGES: tuple[StageName, ...] = (*MEDIA_DELIVERY, "production", "storage")
PHASES: tuple[Phase, ...] = ("use", "embodied", "unsplit")


@dataclass(frozen=True, slots=True)
class Stage:
    """One term of the footprint: the formula that yields it, where it counts, and the rows it covers."""

    stage: StageName
    phase: Phase
    target: str
    rows: Rows = "all"


@dataclass(frozen=True, slots=True)
class Energy:
    """One term of the electricity behind the footprint."""

    target: str
    rows: Rows = "all"


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """Another way to read the same plan under the same method, shown beside the estimate."""

    code: str
    detail: str
    context: Mapping[str, str]


@dataclass(frozen=True, slots=True, eq=False)
class Card:
    """The record card of a published method.

    `defaults` names, for each value a formula needs, the factor patterns to try in order; `grid` is the one grid source
    for all countries (the world's, where it has no other), and `storage_grid` another one for data kept; `variants`
    names the formulas that a flow is bound to by what a line knows; `mix` the patterns of the default device mix;
    `screen` the patterns of a device's screen, for the share of it that a creative covers; `out_of_boundary` gives, by
    stage, the reason why the method leaves it out of a line that has it; `asked` names the places of patterns that a
    line must fill where its country has figures that go by them; `life_cycle` says whether it prices devices, networks
    and data centres from their use and manufacture, and so compares with the others that do.
    """

    id: str
    revision: int
    title: str
    publisher: str
    version: str
    opening: str
    included: tuple[str, ...]
    excluded: tuple[str, ...]
    stages: tuple[Stage, ...]
    energy: tuple[Energy, ...]
    defaults: Mapping[str, tuple[str, ...]]
    grid: str
    storage_grid: str = ""
    variants: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    mix: tuple[str, ...] = ()
    screen: Mapping[str, str] = field(default_factory=dict)
    readings: tuple[Reading, ...] = ()
    out_of_boundary: Mapping[str, str] = field(default_factory=dict)
    asked: tuple[str, ...] = ()
    life_cycle: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class Method:
    """A record card with its formulas."""

    card: Card
    graph: Graph

    @property
    def id(self) -> str:
        """The name the method is asked for by, such as `scope3-2026.07`."""
        return self.card.id

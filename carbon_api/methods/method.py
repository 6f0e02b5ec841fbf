"""What a method is: its formulas, the stages they yield, and the published defaults it hands to the inventory."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from carbon_api.factor_book.asked import Asked
from carbon_api.factor_book.book import Release
from carbon_api.factor_book.ecologits import Made
from carbon_api.methods.graph import Graph

StageName = Literal["selection", "data_centre", "network", "device", "whole", "production", "storage"]
Phase = Literal["use", "embodied", "unsplit"]
RowsOfContent = Literal["all", "ads", "in_platform_ads", "by_energy", "by_model", "by_footprint"]
RowsMoved = Literal["flights", "rides", "drives", "stays", "by_road", "by_air"]
Rows = Literal[RowsOfContent, RowsMoved]

MEDIA_DELIVERY: tuple[StageName, ...] = ("selection", "data_centre", "network", "device", "whole")
ON_SCREEN: tuple[StageName, ...] = ("device", "whole")  # in proportion to the time on screen: none where nobody sees it
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
    """Another way to read the same plan under the same method, shown beside the estimate.

    `context` is what it imposes on every line, `devices` what it calls a plan's devices.
    """

    code: str
    detail: str
    context: Mapping[str, str] = field(default_factory=dict)
    devices: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class Card:
    """The record card of a published method.

    `defaults` names, for each value a formula needs, the factor patterns to try in order; `grid` is the one grid source
    for all countries (the world's, where it has no other; empty, where no formula asks for one), and `storage_grid`
    another one for data kept and the like in countries that `grid` has no row of; `own_grid` names what a line's own
    grid_intensity replaces it for, where not for all; `accounting` names the sentence of wording that says on which
    electricity its figures stand; `regions` names, for each region whose rows stand in for its countries, the factor
    whose rows are these countries; `variants` names the formulas that a flow is bound to by what a line knows; `mix`
    the patterns of the default device mix (none, where the method does not tell devices apart), and `devices` what it
    calls a plan's device, where it has another name for it; `screen` the patterns of a device's screen, for the share
    of it that a creative covers; `out_of_boundary` gives, by stage, the reason why the method leaves it out of a line
    that has it, and `outside`, by place and word (`kind`: `landing_page`), the reason why it leaves out the whole
    delivery of such lines; `life_cycle` says whether it prices devices, networks and data centres from their use and
    manufacture, and so compares with the others that do; `made_for` names the kinds of line that its publisher made it
    for (all that it prices, where it is empty), and `extension` says how the others come by a price; `asked` names the
    places of patterns that a line must fill where its country has figures that go by them; `made` gives the rows that a
    package works out for a line.
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
    own_grid: str = ""
    accounting: str = "accounting"
    regions: Mapping[str, str] = field(default_factory=dict)
    variants: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    mix: tuple[str, ...] = ()
    devices: Mapping[str, str] = field(default_factory=dict)
    screen: Mapping[str, str] = field(default_factory=dict)
    readings: tuple[Reading, ...] = ()
    out_of_boundary: Mapping[str, str] = field(default_factory=dict)
    outside: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    asked: tuple[str, ...] = ()
    life_cycle: bool = True
    made_for: tuple[str, ...] = ()
    extension: str = ""
    made: Callable[[Asked, Release], Made] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Method:
    """A record card with its formulas."""

    card: Card
    graph: Graph

    @property
    def id(self) -> str:
        """The name the method is asked for by, such as `scope3-2026.07`."""
        return self.card.id

"""What the factor book holds: published values with their source, and where they were published."""

from dataclasses import dataclass
from typing import Literal

Shape = Literal["lognormal", "triangular", "uniform", "exact"]


@dataclass(frozen=True, slots=True)
class Source:
    """A publication, once."""

    id: str
    title: str
    publisher: str
    version: str
    published: str
    licence: str
    address: str
    credit: str


@dataclass(frozen=True, slots=True)
class Row:
    """One published value.

    `value`, `low` and `high` are in coherent units (kWh, GB, h, kgCO2e, view …, see units.txt), `coherent_unit`;
    `printed` and `unit` are as published. `low` and `high` are the 2.5 and 97.5 points of a lognormal
    whose median is `value`, or the ends of a triangle whose mode is `value`, or those of a uniform distribution around
    it. Rows of one `group` are drawn together. `index` is the row's place in its release. `withdrawn` says why, for a
    row that was taken back and not just superseded: whoever has used it should know.
    """

    index: int
    id: str
    title: str
    country: str
    valid_from: str
    value: float
    low: float
    high: float
    shape: Shape
    coherent_unit: str
    printed: float
    unit: str
    group: str
    source: str
    locator: str
    evidence: Literal["primary", "secondary"]
    basis: str
    checked_on: str
    review_by: str
    since: str
    until: str | None = None
    tags: tuple[str, ...] = ()
    note: str = ""
    warning: str = ""
    details: tuple[tuple[str, str], ...] = ()
    withdrawn: str = ""

    @property
    def key(self) -> str:
        """What tells the row from the others of its release: id, country and first day, none of which holds a space."""
        return f"{self.id} {self.country} {self.valid_from}"

    @property
    def withdrawal(self) -> str:
        """That it was withdrawn, when and why, for people."""
        return f"{self.id} ({self.country}, {self.valid_from}) was withdrawn in {self.until}: {self.withdrawn}"

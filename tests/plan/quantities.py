"""Hypothesis strategies of quantities, shares, countries and days, in every way of writing them."""

from datetime import date
from typing import Any

from hypothesis import strategies as st

from carbon_api.plan.measures import Measure

Document = dict[str, Any]
Documents = st.SearchStrategy[Document]

TEXTS = st.text("abcdefghijklmnopqrstuvwxyzéàôABC0123456789-_'’&%<>/~.", min_size=1, max_size=20)
COUNTRY_CODES = st.sampled_from(("FR", "BE", "DE", "ES", "IT", "NO", "GB", "US", "EU", "world"))


def numbers(measure: Measure, largest: float) -> st.SearchStrategy[float]:
    """Bare numbers of a measure, in its documented unit."""
    least = max(measure.minimum, 0.001) if measure.minimum else 0.0
    whole = st.integers(1, max(1, int(min(largest, measure.maximum))))
    if measure.whole:
        return whole
    return whole | st.floats(least, min(largest, measure.maximum), allow_subnormal=False).map(
        lambda x: max(round(x, 6), least)
    )


def texts(measure: Measure, largest: float) -> st.SearchStrategy[str]:
    """Strings with a unit, worth at most `largest` of the documented unit."""
    own = measure.maximum
    offered = {unit: largest * limit / own for unit, limit in measure.limits.items() if largest * limit / own >= 2}

    def written(unit: str) -> st.SearchStrategy[str]:
        digits = st.integers(1, int(min(offered[unit], measure.limits[unit] / 10)) or 1)
        return st.tuples(digits, st.sampled_from(("", ".5")), st.sampled_from(("", " ", "\u00a0"))).map(
            lambda parts: "".join(map(str, parts)) + unit
        )

    return st.sampled_from(sorted(offered)).flatmap(written)


def shares() -> st.SearchStrategy[Any]:
    """A share as a number or as a percentage."""
    return st.floats(0.01, 1).map(lambda x: round(x, 4)) | st.integers(1, 100).map(lambda percent: f"{percent} %")


def quantities(measure: Measure, largest: float) -> st.SearchStrategy[Any]:
    """A quantity in any of its forms."""
    bare = numbers(measure, largest)
    forms = bare | texts(measure, largest) if measure.scales else bare
    sure = {"plus_minus": st.integers(0, 60).map(lambda x: f"{x} %"), "uncertainty_group": TEXTS}
    return forms | st.fixed_dictionaries({"value": forms}, optional=sure)


def mixes(names: tuple[str, ...]) -> Documents:
    """Shares of some of the names, that sum to 1."""

    def shared(chosen: list[str]) -> Documents:
        weights = st.lists(st.integers(1, 20), min_size=len(chosen), max_size=len(chosen))
        return weights.map(lambda parts: {name: part / sum(parts) for name, part in zip(chosen, parts, strict=True)})

    return st.lists(st.sampled_from(names), min_size=1, max_size=len(names), unique=True).flatmap(shared)


COUNTRIES = COUNTRY_CODES | mixes(("FR", "BE", "DE", "NO"))
DAYS = st.dates(date(2024, 1, 1), date(2026, 12, 31)).map(str)

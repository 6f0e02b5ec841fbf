"""How hard a lever was pulled, where that comes from, and what it saves at other strengths as likely."""

from collections.abc import Iterator, Mapping
from typing import Any

from carbon_api.wording import Language, MassUnit, mass, say

Part = Mapping[str, Any]


def strength(one: Part, language: Language, unit: MassUnit) -> Iterator[str]:
    """A sentence for each parameter: those that have a value, or ends beside it."""
    for parameter in one["parameters"]:
        ends = [end for end in one["sensitivity"] if end["parameter"] == parameter["name"]]
        if parameter["value"] is not None or ends:
            yield _pulled(parameter, language) + _elsewhere(ends, language, unit)


def _pulled(parameter: Part, language: Language) -> str:
    basis = say("as_asked", language) if parameter["status"] == "given" else parameter["basis"][language]
    return say("pulled_at", language, name=parameter["name"], value=str(parameter["value"]), basis=basis)


def _elsewhere(ends: list[Part], language: Language, unit: MassUnit) -> str:
    told = (f"{end['value']} → {mass(end['saving']['central'], language, unit)}" for end in ends)
    return say("pulled_elsewhere", language, ends=", ".join(told)) if ends else ""

"""The document of a method is enough to redo its arithmetic: lines are priced again from its text, by hand, so to say.

A line is read as its document tells a person to: what fills the places of patterns, which formulas its names stand for,
which terms cover it, and what it gives, in coherent units.
"""

import ast
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from math import fsum

import pytest
from described_lines import CASES, Case, Document, Reading
from described_trips import TRIPS

from carbon_api.errors import PlanInvalid
from carbon_api.estimate.run import estimate_plan
from carbon_api.factor_book.book import book
from carbon_api.inventory.defaults import Context
from carbon_api.inventory.gives import UNITS
from carbon_api.methods import legend
from carbon_api.methods.catalog import METHODS, SHARED
from carbon_api.methods.describe import describe
from carbon_api.methods.method import Rows
from carbon_api.plan.load import parse_plan

RELEASE = book().release(None)


def document(method: str) -> Document:
    """As a client reads it."""
    read: Document = json.loads(json.dumps(describe(METHODS[method], RELEASE)))
    return read


@dataclass(frozen=True)
class Cell:
    """One cell of a reading, on the document of a method."""

    document: Document
    reading: Reading

    def value(self, name: str) -> float:
        """What is given, else what a formula yields, else a factor."""
        if name in self.reading.given:
            return self.reading.given[name]
        name = self.reading.variants.get(name, name)
        for formula in self.of("formulas"):
            if formula["name"] == name:
                return worked_out(formula["formula"], self.value)
        return self.factor(next(value for value in self.of("values") if value["name"] == name))

    def of(self, part: str) -> Iterator[Document]:
        """The entries of a part that are of this activity."""
        return (entry for entry in self.document[part] if entry["activity"] == self.reading.activity)

    def factor(self, bound: Document) -> float:
        """The first factor that the patterns name, in the country, else in a region of it, else in the world."""
        named = ids(bound["patterns"], self.reading.places)
        for id in named:
            if id.startswith("grid."):  # its countries are at /v1/factors/{id}
                found = RELEASE.find(id, self.reading.country)
                assert found
                return found.row.value
            rows = {row["country"]: row["coherent_value"] for row in bound["factors"] if row["id"] == id}
            is_own = bound["name"] == "grid_region" and id != named[-1]  # a grid with another after it
            places = [self.reading.country] if is_own else [*self.regions(), "world"]
            value: float | None = next((rows[place] for place in places if place in rows), None)
            if value is not None:
                return value
        raise AssertionError(f"nothing gives {bound['name']}")

    def regions(self) -> Iterator[str]:
        """The country, then the regions that it is a member of."""
        yield self.reading.country
        for one in self.document["regions"]:
            if self.reading.country in one["members"]:
                yield one["region"]

    def terms(self) -> Iterator[tuple[tuple[str, str], float]]:
        """Every term of the footprint and of the energy that covers the line."""
        for formula in self.of("formulas"):
            if formula["rows"] in self.reading.rows:
                key = ("energy", "") if formula["is_energy"] else (formula["stage"], formula["phase"])
                yield key, self.value(formula["name"])


def ids(patterns: list[str], places: Mapping[str, str]) -> list[str]:
    """The ids of the patterns whose every place is filled."""
    open_places = {pattern: set(re.findall(r"\{(\w+)\}", pattern)) for pattern in patterns}
    return [pattern.format(**places) for pattern in patterns if open_places[pattern] <= places.keys()]


def worked_out(text: str, value: Callable[[str], float]) -> float:
    """The text of a formula, worked out."""
    names = {node.id for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Name)} - {"min"}
    result: float = eval(text, {"__builtins__": {}, "min": min}, {name: value(name) for name in names})
    return result


def cells(told: Document, reading: Reading, devices: Mapping[str, float] | None) -> Iterator[Cell]:
    """The cells of a reading: one a device, of the default mix where the line gives none."""
    reading = replace(reading, given={**reading.given, "country_share": 1.0})
    if reading.activity in SHARED:
        yield Cell(told, reading)
        return
    for device, share in split(told, reading.places, devices).items():
        named = told["devices"].get(device, device)
        at = replace(
            reading, places={**reading.places, "device": named}, given={**reading.given, "device_share": share}
        )
        yield Cell(told, replace(at, given={**at.given, **covered(told, at)}))


def split(told: Document, places: Mapping[str, str], devices: Mapping[str, float] | None) -> Mapping[str, float]:
    """The devices of a line: its own, or the default mix; one for all, where the method does not tell them apart."""
    bound = next(value for value in told["values"] if value["name"] == "device_share")
    return (devices or mix(told, places)) if bound["patterns"] else {"any": 1.0}


def mix(told: Document, places: Mapping[str, str]) -> dict[str, float]:
    bound = next(value for value in told["values"] if value["name"] == "device_share")
    for pattern in bound["patterns"]:
        form = re.compile(re.escape(pattern.format(device="DEVICE", **places)).replace("DEVICE", "(.+)"))
        found = {match[1]: row["coherent_value"] for row in bound["factors"] if (match := form.fullmatch(row["id"]))}
        if found:
            return found
    raise AssertionError("no mix")


def covered(told: Document, reading: Reading) -> dict[str, float]:
    """The share of the screen, where the line's shape is known and the method asks for it."""
    coverage = told["screen_coverage"]
    if not reading.shape or not coverage:
        return {}
    sides = {bound["name"]: bound for bound in coverage["values"]}
    cell = Cell(told, reading)
    return {"screen_coverage": worked_out(coverage["formula"], lambda name: cell.factor(sides[name]))}


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("case", [*CASES, *TRIPS], ids=lambda case: case.name)
def test_a_line_is_priced_again_from_the_text_of_the_document(case: Case, method: str) -> None:
    told, line = document(method), {"id": "line", "country": "FR", **case.line}
    plan = parse_plan({"name": "p", "method": method, "range": False, "lines": [line]})
    if any(line.get(one["field"]) == one["value"] for one in told["outside"]):
        with pytest.raises(PlanInvalid, match="outside the boundary"):
            estimate_plan(plan, book())
        return
    answer = estimate_plan(plan, book())
    summed: dict[tuple[str, str], list[float]] = {}
    for reading in case.readings:
        for cell in cells(told, reading, line.get("devices")):
            for key, term in cell.terms():
                summed.setdefault(key, []).append(term)
    by_hand = {key: fsum(terms) for key, terms in summed.items()}
    energy = by_hand.pop(("energy", ""), None)
    figure = None if energy is None else {"unit": "kWh", "central": pytest.approx(energy, rel=1e-9)}
    assert answer["energy"] == figure
    assert answer["total"]["central"] == pytest.approx(fsum(by_hand.values()), rel=1e-9)
    found = {(stage["stage"], phase): value for stage in answer["by_stage"] for phase, value in stage["phases"].items()}
    assert found == {key: pytest.approx(value, rel=1e-9) for key, value in by_hand.items()}


@pytest.mark.parametrize("method", METHODS)
def test_storage_takes_the_grid_of_the_method_beside_it(method: str) -> None:
    told = document(method)
    patterns = {value["name"]: value["patterns"] for value in told["values"]}
    assert patterns["grid_region"] == list(filter(None, (told["grid"], METHODS[method].card.storage_grid)))
    assert patterns.get("grid_audience") == ([told["grid"]] if told["grid"] else None)


@pytest.mark.parametrize("method", METHODS)
def test_every_word_of_a_document_is_explained(method: str) -> None:
    told = document(method)
    bounds = [*told["values"], *(told["screen_coverage"] or {"values": []})["values"]]
    places = {place for bound in bounds for pattern in bound["patterns"] for place in re.findall(r"\{(\w+)\}", pattern)}
    assert places == set(told["places"])
    assert {formula["rows"] for formula in told["formulas"]} - {None} <= set(told["rows"])
    assert [value["name"] for value in told["values"] if not value["given"] and not value["patterns"]] == []
    named = {(formula["activity"], formula["name"]) for formula in told["formulas"]}
    assert {name for variants in told["variants"].values() for name in variants} <= {name for _, name in named}


def test_the_legend_has_the_words_there_are_and_no_other() -> None:
    variants = [method.card.variants for method in (*METHODS.values(), *SHARED.values())]
    assert set(legend.VARIANTS) == {name for one in variants for formulas in one.values() for name in formulas}
    assert set(legend.PLACES) == {*Context._fields, "device"} - {"kind", "placement", "stated", "left_open", "asked"}
    assert set(legend.ROWS) == set(Rows.__args__)


def test_what_a_line_gives_is_told_in_the_unit_that_it_is_read_in() -> None:
    told = {name: re.search(r"\[(.+)\]$", words) for name, words in legend.GIVEN.items()}
    assert {name: unit[1] for name, unit in told.items() if unit} == {
        name: unit for name, unit in UNITS.items() if name != "screen_coverage"
    }


@pytest.mark.parametrize("method", [id for id, one in METHODS.items() if one.card.life_cycle])
def test_a_method_says_that_pages_and_organic_lines_are_an_extension(method: str) -> None:
    told = " ".join(document(method)["opening"].split())
    assert "Organic lines (posts, stories, videos, lives) and landing pages borrow its delivery formulas" in told
    assert "an extension of ours" in told
    assert [
        one for one in document(method)["boundary"]["excluded"] if "click" in one and "landing_page" not in one
    ] == []

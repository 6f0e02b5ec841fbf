"""The graph binds functions by the names of their parameters."""

from graphlib import CycleError
from types import ModuleType

import pytest

from carbon_api.methods.graph import Graph, MissingValue


def area(width: float, height: float) -> float:
    return width * height


def volume(area: float, depth: float) -> float:
    return area * depth


def cube(width: float) -> float:
    return width * width * width


GRAPH = Graph({"area": area, "volume": volume, "cube": cube})


def test_every_value_behind_a_target_is_kept_in_evaluable_order() -> None:
    run = GRAPH.run(["volume"], {"width": 2.0, "height": 3.0, "depth": 4.0})
    assert run == {"width": 2.0, "height": 3.0, "area": 6.0, "depth": 4.0, "volume": 24.0}
    assert list(run) == ["width", "height", "area", "depth", "volume"]


def test_what_is_given_wins_over_its_function() -> None:
    assert GRAPH.run(["volume"], {"area": 5.0, "depth": 2.0})["volume"] == 10.0


def test_a_value_that_nobody_gives_is_never_priced_at_zero() -> None:
    with pytest.raises(MissingValue, match="'depth'"):
        GRAPH.run(["volume"], {"area": 5.0})


def test_a_name_bound_to_a_variant_takes_its_formula() -> None:
    bound = GRAPH.bind(volume="cube")
    assert bound.run(["volume"], {"width": 3.0})["volume"] == 27.0
    assert bound.leaves(["volume"]) == ("width",)
    assert bound.formula("volume") == "width * width * width"


def test_a_cycle_is_refused_when_the_graph_is_made() -> None:
    def chicken(egg: float) -> float:
        return egg

    def egg(chicken: float) -> float:
        return chicken

    with pytest.raises(CycleError):
        Graph({"chicken": chicken, "egg": egg})


def test_a_formula_is_one_return() -> None:
    def branching(width: float) -> None:
        if width:
            pass

    with pytest.raises(TypeError, match="branching"):
        Graph({"branching": branching}).formula("branching")


def test_a_module_gives_the_functions_it_defines_and_no_other() -> None:
    module = ModuleType("shapes")
    exec("from math import sqrt\ndef side(area): return area", vars(module))
    assert list(Graph.of(module).functions) == ["side"]

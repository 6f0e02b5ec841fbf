"""Runs a method: small functions bound to one another by the names of their parameters.

The same functions serve floats, numpy columns, rows x draws, pint quantities (the unit proof) and the trace, so a value
here is `Any`: mypy cannot say "any kind of number", the unit proof and the cases do.
"""

import ast
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from graphlib import TopologicalSorter
from inspect import getsource, isfunction, signature
from textwrap import dedent
from types import ModuleType
from typing import Any

Formula = Callable[..., Any]
Step = tuple[str, Formula | None, tuple[str, ...]]  # a name, its function unless it is given, and what that needs


class MissingValue(LookupError):
    """A formula needs a value that nobody gave and no function yields."""


class Graph:
    """A method's functions by name."""

    def __init__(self, functions: Mapping[str, Formula]) -> None:
        self.functions = dict(functions)
        self.needs = {name: tuple(signature(function).parameters) for name, function in self.functions.items()}
        self._orders: dict[tuple[tuple[str, ...], frozenset[str]], tuple[Step, ...]] = {}
        TopologicalSorter(self.needs).prepare()

    @classmethod
    def of(cls, *modules: ModuleType) -> "Graph":
        """The graph of every public function defined in the modules."""
        return cls(
            {
                name: member
                for module in modules
                for name, member in vars(module).items()
                if isfunction(member) and member.__module__ == module.__name__
            }
        )

    def bind(self, **variants: str) -> "Graph":
        """The same functions, where each name stands for a chosen variant: `bind(data="streamed_data")`."""
        return Graph(self.functions | {name: self.functions[variant] for name, variant in variants.items()})

    def run(self, targets: Iterable[str], given: Mapping[str, Any]) -> dict[str, Any]:
        """Every value behind the targets, in evaluable order. What is given wins over its function.

        Raises MissingValue when a name is neither given nor a function.
        """
        key = (tuple(targets), frozenset(given))
        if key not in self._orders:
            self._orders[key] = self._order(*key)
        values: dict[str, Any] = {}
        for name, function, needs in self._orders[key]:
            values[name] = function(*[values[need] for need in needs]) if function else given[name]
        return values

    def _order(self, targets: tuple[str, ...], given: frozenset[str]) -> tuple[Step, ...]:
        """The steps behind the targets, each after what it needs."""
        order: dict[str, None] = {}

        def visit(name: str) -> None:
            if name in order:
                return
            if name not in given and name not in self.functions:
                raise MissingValue(f"nothing gives a value for {name!r}")
            for need in () if name in given else self.needs[name]:
                visit(need)
            order[name] = None

        for target in targets:
            visit(target)
        return tuple(
            (name, None if name in given else self.functions[name], self.needs.get(name, ())) for name in order
        )

    def leaves(self, targets: Iterable[str]) -> tuple[str, ...]:
        """The names that must be given to reach the targets, in the order the formulas ask for them."""
        seen: dict[str, bool] = {}

        def visit(name: str) -> None:
            if name not in seen:
                seen[name] = name not in self.functions
                for need in self.needs.get(name, ()):
                    visit(need)

        for target in targets:
            visit(target)
        return tuple(name for name, is_leaf in seen.items() if is_leaf)

    def formula(self, name: str) -> str:
        """The arithmetic of one function as text: each function is one return."""
        return _formula(self.functions[name])


@cache
def _formula(function: Formula) -> str:
    definition = ast.parse(dedent(getsource(function))).body[0]
    if not isinstance(definition, ast.FunctionDef) or not isinstance(definition.body[-1], ast.Return):
        raise TypeError(f"{function.__name__} is not a formula: it must be one return")
    return ast.unparse(definition.body[-1].value) if definition.body[-1].value else ""

"""Published numbers are data: a method's file holds arithmetic, and no number but those that arithmetic needs."""

import ast
from pathlib import Path

import pytest

METHODS = Path(__file__).parents[1] / "carbon_api" / "methods"
PLAIN = frozenset({0, 1, 2})


def numbers(source: str) -> list[str]:
    """`line: number` for every number in the source beyond 0, 1, 2 and -1, and beyond the `revision` of a `Card`."""
    tree = ast.parse(source)
    revisions = {
        keyword.value
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "Card"
        for keyword in call.keywords
        if keyword.arg == "revision"
    }
    return [
        f"{node.lineno}: {node.value}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, int | float | complex)
        if node.value not in PLAIN and node not in revisions
    ]


def test_no_method_holds_a_published_number() -> None:
    found = {path.name: numbers(path.read_text(encoding="utf-8")) for path in sorted(METHODS.glob("*.py"))}
    assert {name: held for name, held in found.items() if held} == {}


@pytest.mark.parametrize(
    "planted",
    [
        "def network_use(data, grid):\n    return data * 0.0165 * grid",
        "def seconds(hours):\n    return hours * 3600",
        "def fixed_share(mobile=0.236):\n    return 1 - mobile",
        "PHONE_POWER = 4.5e-3",
        "POWERS = {'phone': -4}",
        "REVISION = 3",
        "CARD = Card(revision=3, weight=7)",
        "CARD = Card(revision=1 + 4)",
        "power = watts(revision=9)",
    ],
)
def test_a_planted_number_is_found(planted: str) -> None:
    assert len(numbers(planted)) == 1


def test_the_numbers_of_arithmetic_are_no_fault() -> None:
    assert (
        numbers("CARD = Card(revision=3)\ndef fixed(mobile, data):\n    return (1 - mobile) * data ** -1 / 2 + 0") == []
    )

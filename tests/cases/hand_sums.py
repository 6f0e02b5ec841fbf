"""Hand-worked sums as text, worked out again by plain arithmetic so that the text cannot lie.

    data: 622.08 [kB] * 1000 / 1e6 = 0.62208 GB
    network: data * 0.0165 [kWh/GB] * 52 [g/kWh] = 0.533745 g

A line is `name: expression = value unit`. What stands in square brackets is for the reader. A name keeps its full
precision; the value printed behind `=` must agree with it to its last printed digit.
"""

import ast
import operator
import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

LINE = re.compile(r"(?P<name>[a-z]\w*): (?P<expression>.+) = (?P<printed>\S+)(?: (?P<unit>\S+))?")
NOTE = re.compile(r"\[[^\]]*\]")
PRINTED = re.compile(r"-?(\d+)(?:\.(\d+))?(?:e([-+]?\d+))?")
FULL_PRECISION = 1e-9
FLOATING = 1e-15  # what the order of additions may change in a printed 16th digit
OPERATORS: Mapping[type[ast.AST], Callable[..., float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
FUNCTIONS: Mapping[str, Callable[..., float]] = {"min": min, "max": max}


class Worked(NamedTuple):
    """A number worked out by hand, how far another may be from it, and its unit."""

    value: float
    within: float
    unit: str


def half_a_digit(printed: str) -> float:
    """Half a unit of the last digit that was printed: 0.05 for "12.3", 0.5e-4 for "1.5e-3"."""
    match = PRINTED.fullmatch(printed)
    assert match, f"{printed!r} is not a number"
    _, decimals, exponent = match.groups()
    return 0.5000001 * 10.0 ** (int(exponent or 0) - len(decimals or "")) + FLOATING * abs(float(printed))


def printed(text: str) -> Worked:
    """`12.3 g` as a number that holds to its last printed digit."""
    number, _, unit = text.partition(" ")
    return Worked(float(number), half_a_digit(number), unit)


def work_out(lines: list[str]) -> dict[str, Worked]:
    """Every sum by its name, at full precision. Fails on a line whose printed value is not what it works out to."""
    sums: dict[str, Worked] = {}
    for line in lines:
        match = LINE.fullmatch(line)
        assert match, f"not a sum: {line}"
        values = {name: one.value for name, one in sums.items()}
        value = evaluate(NOTE.sub("", match["expression"]), values)
        within = half_a_digit(match["printed"])
        assert abs(value - float(match["printed"])) <= within, f"{line}: it is {value!r}"
        assert match["name"] not in sums, f"{match['name']} is worked out twice"
        sums[match["name"]] = Worked(value, FULL_PRECISION * abs(value), match["unit"] or "")
    return sums


def evaluate(expression: str, names: Mapping[str, float]) -> float:
    """The value of + - * / ( ) min max over numbers and names, and of nothing else."""
    return _value(ast.parse(expression.strip(), mode="eval").body, names)


def _value(node: ast.expr, names: Mapping[str, float]) -> float:
    match node:
        case ast.Constant(value=int() | float() as number):
            return float(number)
        case ast.Name(id=name) if name in names:
            return names[name]
        case ast.BinOp(left=left, op=op, right=right) if type(op) in OPERATORS:
            return OPERATORS[type(op)](_value(left, names), _value(right, names))
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_value(operand, names)
        case ast.Call(func=ast.Name(id=name), args=arguments) if name in FUNCTIONS:
            return FUNCTIONS[name](*(_value(one, names) for one in arguments))
    raise AssertionError(f"not plain arithmetic: {ast.unparse(node)}")

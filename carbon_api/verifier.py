"""Redoes an estimate from its trace with arithmetic alone. It stands on the standard library and on nothing of ours.

A trace holds values, tables of cells with their formulas as text in evaluable order, and the results they came to.
Every stage of every line is worked out anew and compared, then the sums. Alone: `python verifier.py trace.json` (or -).
"""

import ast
import json
import math
import operator
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

TOLERANCE = 1e-9
OPERATORS: Mapping[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
}
Stages = dict[tuple[str, str, str], list[float]]


class NotATrace(ValueError):
    """The text is no trace, or holds something else than arithmetic."""


def read(data: bytes) -> Any:
    """The JSON document in `data`. Raises NotATrace."""
    try:
        return json.loads(data.decode("utf-8"))
    except RecursionError as fault:
        raise NotATrace("its JSON is nested too deep to be read") from fault
    except ValueError as fault:
        raise NotATrace(f"not JSON in UTF-8 ({fault})") from fault


def verify(trace: Mapping[str, Any]) -> list[str]:
    """What the trace's own formulas do not confirm; empty when all of it holds. Raises NotATrace."""
    try:
        if not (found := _recomputed(trace)):
            raise NotATrace("it works out no stage, so there is nothing to confirm")
        return [*_differences(found, trace["results"])]
    except NotATrace:
        raise
    except KeyError as fault:
        raise NotATrace(f"this is no trace of an estimate: it has no {fault}") from fault
    except (TypeError, IndexError, AttributeError, ValueError, OverflowError) as fault:
        raise NotATrace("this is no trace of an estimate: its parts are not what those of a trace are") from fault


def count(trace: Mapping[str, Any]) -> int:
    """How many stages of cells a trace works out."""
    return sum(len(table["stages"]) * len(table["rows"]) for table in trace["tables"])


def _recomputed(trace: Mapping[str, Any]) -> Stages:
    """kgCO2e by line, stage and phase, cell by cell."""
    values = [_number(entry["value"]) for entry in trace["values"]]
    found: Stages = {}
    for table in trace["tables"]:
        formulas = [(one["name"], _parsed(one["formula"])) for one in table["formulas"]]
        for row in table["rows"]:
            known = dict(zip(table["columns"], (values[place] for place in row["values"]), strict=True))
            for name, formula in formulas:
                known[name] = _worked_out(name, formula, known)
            for one in table["stages"]:
                key = (row["line"], one["stage"], one["phase"])
                found.setdefault(key, []).append(known[one["formula"]])
    return found


def _differences(found: Stages, results: Mapping[str, Any]) -> list[str]:
    """Every printed figure that is not the sum of its cells."""
    printed: dict[tuple[str, ...], float] = {("total",): results["total"]}
    sums: dict[tuple[str, ...], list[float]] = {("total",): [cell for cells in found.values() for cell in cells]}
    for stage in results["by_stage"]:
        printed["stage", stage["stage"], stage["phase"]] = stage["central"]
    for line in results["lines"]:
        printed["line", line["id"]] = line["total"]
        for stage in line["stages"]:
            printed["line", line["id"], stage["stage"], stage["phase"]] = stage["central"]
    for (line_id, stage_name, phase), cells in found.items():
        for key in (("stage", stage_name, phase), ("line", line_id), ("line", line_id, stage_name, phase)):
            sums.setdefault(key, []).extend(cells)
    return [
        f"{' '.join(key)}: printed {printed.get(key, 0.0)!r}, worked out {math.fsum(sums.get(key, ()))!r}"
        for key in printed | sums
        if not math.isclose(printed.get(key, 0.0), math.fsum(sums.get(key, ())), rel_tol=TOLERANCE, abs_tol=1e-300)
    ]


def _number(value: object) -> float:
    """A finite number as a float. Raises NotATrace."""
    if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= sys.float_info.max:
        return float(value)
    raise NotATrace("not a finite number" + (f": {value!r:.60}" if isinstance(value, str | float) else ""))


def _parsed(formula: str) -> ast.expr:
    try:
        return ast.parse(formula, mode="eval").body
    except (SyntaxError, ValueError) as fault:
        raise NotATrace(f"not a formula: {formula!r:.200}") from fault
    except (RecursionError, MemoryError) as fault:
        raise NotATrace(f"a formula nested too deep to be read: {formula!r:.60}") from fault


def _worked_out(name: str, formula: ast.expr, known: Mapping[str, float]) -> float:
    """What a formula comes to: a finite number. Raises NotATrace."""
    try:
        return _number(_evaluated(formula, known))
    except ArithmeticError as fault:
        raise NotATrace(f"the formula of {name} cannot be worked out: {fault}") from fault
    except RecursionError as fault:
        raise NotATrace(f"the formula of {name} is nested too deep to be worked out") from fault


def _evaluated(node: ast.expr, known: Mapping[str, float]) -> float:
    """The value of plain arithmetic: names, numbers, + - * / **; nothing else is run."""
    match node:
        case ast.Constant(value=int() | float() as value) if not isinstance(value, bool):
            return float(value)
        case ast.Name(id=name):
            return known[name]
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_evaluated(operand, known)
        case ast.BinOp(left=left, op=sign, right=right) if type(sign) in OPERATORS:
            return OPERATORS[type(sign)](_evaluated(left, known), _evaluated(right, known))
    raise NotATrace(f"not arithmetic: {ast.unparse(node)}")


def main() -> int:
    """Verifies the file named on the command line: 0 when all holds, 1 with what does not, 2 when it is no trace."""
    try:
        trace = read(sys.stdin.buffer.read() if sys.argv[1:] == ["-"] else Path(sys.argv[1]).read_bytes())
        differences = verify(trace)
    except (OSError, NotATrace, IndexError) as fault:
        print("usage: verifier.py TRACE" if isinstance(fault, IndexError) else fault, file=sys.stderr)
        return 2
    print("\n".join(differences) or f"{count(trace)} stages of cells worked out anew; every figure holds")
    return int(bool(differences))


if __name__ == "__main__":
    sys.exit(main())

"""A comparison for people: tables of figures side by side, and in words what they say and do not say.

Every function here takes a part of an answer as `estimate.comparison` gives it, and gives something that rich prints.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from carbon_api.cli.summary import few, label, section
from carbon_api.wording import Language, MassUnit, mass, mass_range, mass_unit, number, percent, say, with_unit

Part = Mapping[str, Any]
NO_SPREAD = ("no_spread", "no_spread_methods", "no_spread_delivery", "no_spread_common", "no_spread_nothing")
ATTRIBUTED = ("attribution", "one_release")
SIDES = ("own_defaults", "same_inventory")
CHANGES = 20
MANY = 7  # columns, which stand closer together


def print_comparison(answer: Part, console: Console, language: Language = "en") -> None:
    """Print the comparison, whatever it is of."""
    printed = {"methods": methods, "plans": plans, "factor_releases": releases}
    compared = answer["compared"]
    for place, part in enumerate(printed[compared](answer[compared], language)):
        console.print(*([""] if place else []), part, sep="\n")


def methods(answer: Part, language: Language) -> Iterator[RenderableType]:
    """Methods by stages, twice, each with its spread; then what each leaves out."""
    totals = [column["total"] for side in SIDES for column in answer[side]["methods"] if column["total"]]
    unit = mass_unit(max((total["central"] for total in totals), default=0.0))
    for side in SIDES:
        yield Group(by_method(side, answer[side], language, unit), Text(spread(answer[side], language, unit), "dim"))
    yield from gaps(answer["own_defaults"]["methods"], language)
    yield from aside(answer, language)


def by_method(side: str, answer: Part, language: Language, unit: MassUnit) -> RenderableType:
    """One row a method: its stages, its total, its range."""
    columns = answer["methods"]
    stages = list(dict.fromkeys(stage["stage"] for column in columns for stage in column["by_stage"]))
    rows = [_cells(column, stages, language, unit) for column in columns]
    words = (label(stage, language).replace(" ", "\n") for stage in stages)  # narrow columns, for a whole table
    heads = (*words, say("total", language), say("range", language))
    return table(say(side, language, unit=unit.name), heads, rows)


def _cells(column: Part, stages: Sequence[str], language: Language, unit: MassUnit) -> tuple[str, ...]:
    found = {stage["stage"]: stage["total"]["central"] for stage in column["by_stage"]}
    cells = (number(found[stage] / unit.kilograms, language) if stage in found else "–" for stage in stages)
    total, lines = column["total"], column["lines"]
    if total is None:
        return (column["method"]["id"], *cells, "–", "")
    partly = "" if lines["priced"] == lines["of"] else f" ({lines['priced']}/{lines['of']})"
    whole = number(total["central"] / unit.kilograms, language) + partly
    return (column["method"]["id"], *cells, whole, mass_range(total, language, unit))


def table(title: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> RenderableType:
    """Figures under their heads, the first column in words."""
    grid = Table(box=None, padding=(0, 2 if len(heads) < MANY else 1, 0, 0), pad_edge=False)
    grid.add_column(title, min_width=max(len(first) for first, *_ in rows) + 2)
    for head in heads:
        grid.add_column(head, justify="right")
    for first, *rest in rows:
        grid.add_row(f"  {first}", *rest)
    return grid


def spread(side: Part, language: Language, unit: MassUnit) -> str:
    """How far the life-cycle methods lie apart, over what all of them price; else why that is not said."""
    found, lines = side["spread"], side["methods"][0]["lines"]["of"]
    if not found["ratio"]:
        return f"  {told(found['detail'], NO_SPREAD, language)}"
    ends = {end: mass(found[end]["total"]["central"], language, unit) for end in ("least", "most")}
    over = {"lines": number(found["lines"], language), "of": number(lines, language)}
    ratio, stages = number(found["ratio"], language, 2), ", ".join(say(stage, language) for stage in found["stages"])
    return "  " + say(
        "spread", language, **ends, **over, ratio=ratio, methods=", ".join(found["methods"]), stages=stages
    )


def told(text: str, keys: Sequence[str], language: Language) -> str:
    """A text of an answer that is one of the sentences of these names, in a language."""
    return next((say(key, language) for key in keys if say(key, "en") == text), text)


def aside(answer: Part, language: Language) -> Iterator[RenderableType]:
    """What the plan names and the comparison sets aside."""
    if answer["set_aside"]:
        yield Text(say("set_aside", language, value=answer["set_aside"]["value"]), "dim")


def gaps(columns: Sequence[Part], language: Language) -> Iterator[RenderableType]:
    """What each method leaves out of lines, and the lines that it cannot price."""
    rows = [
        (column["method"]["id"], f"{label(gap['stage'], language)}: {gap['reason']} ({few(gap['lines'])})")
        for column in columns
        for gap in column["out_of_boundary"]
    ]
    rows += [
        (column["method"]["id"], f"{missing['line']}: {missing['reason']}")
        for column in columns
        for missing in column["not_priced"]
    ]
    if rows:
        yield section(say("left_out", language), rows)


def plans(answer: Part, language: Language) -> Iterator[RenderableType]:
    """Both totals, their difference and ratio, and what that says."""
    first, second = answer["plans"]
    unit = mass_unit(max(first["total"]["central"], second["total"]["central"]))
    rows = [_named(plan["name"], plan["total"], language, unit) for plan in (first, second)]
    rows.append(_named(say("difference", language), answer["difference"], language, unit))
    yield table(say("plans", language, unit=unit.name), (say("total", language), say("range", language)), rows)
    yield Group(Text(say(answer["verdict"]["code"], language), "bold"), *_sure(answer, language))
    moved = [_named(label(one["stage"], language), one["difference"], language, unit) for one in answer["by_stage"]]
    yield table(say("moved", language, unit=unit.name), (say("difference", language), say("range", language)), moved)


def _named(name: str, figure: Part, language: Language, unit: MassUnit) -> tuple[str, ...]:
    return name, number(figure["central"] / unit.kilograms, language), mass_range(figure, language, unit)


def _sure(answer: Part, language: Language) -> Iterator[RenderableType]:
    """The ratio and the share of draws in which the second plan emits less, where there are any; then the reserve."""
    ratio, probability = answer["ratio"], answer["probability_emits_less"]
    if ratio and probability is not None:
        ends = {end: number(ratio[end], language) for end in ("central", "low", "high")}
        text = say("sure", language, **ends, probability=percent(probability, language))
        yield Padding(Text(text, "dim"), (0, 0, 0, 2))
    if answer["verdict"]["left_out"]:
        stages = ", ".join(label(stage, language) for stage in answer["verdict"]["left_out"])
        yield Padding(Text(say("reserve", language, stages=stages), "dim"), (0, 0, 0, 2))


def releases(answer: Part, language: Language) -> Iterator[RenderableType]:
    """Both totals, their difference, and the rows that it comes from."""
    unit = mass_unit(max(total["central"] for total in answer["totals"]))
    ids = [release["id"] for release in answer["factor_releases"]]
    rows = [_named(id, total, language, unit) for id, total in zip(ids, answer["totals"], strict=True)]
    rows.append(_named(say("difference", language), answer["difference"], language, unit))
    heads = (say("total", language), say("range", language))
    yield table(say("factor_releases", language, unit=unit.name), heads, rows)
    yield from changes(answer["changes"], language, unit)
    rest = say("moved_nothing", language, count=number(answer["moved_nothing"], language))
    yield Text(f"{rest} {told(answer['attribution'], ATTRIBUTED, language)}", "dim")
    yield from aside(answer, language)


def changes(found: Sequence[Part], language: Language, unit: MassUnit) -> Iterator[RenderableType]:
    """The changed rows that move the total, the largest first."""
    if not found:
        yield Text(say("no_change", language))
        return
    rows = [
        (
            number(change["contribution"]["central"] / unit.kilograms, language),
            f"{change['factor']} ({change['country']}, {change['valid_from']})",
            f"{_value(change['before'], language)} → {_value(change['after'], language)}",
        )
        for change in found[:CHANGES]
    ]
    yield section(say("changes", language, unit=unit.name), rows)
    if len(found) > CHANGES:
        yield Text(say("more", language, count=number(len(found) - CHANGES, language)))


def _value(published: Part | None, language: Language) -> str:
    return with_unit(published["value"], published["unit"], language, 6) if published else "–"

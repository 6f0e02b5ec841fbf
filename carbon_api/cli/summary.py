"""An answer for people: the total with its range, where it comes from, what was assumed, and how sure it is.

Every function here takes an answer as `estimate_plan` gives it, and gives something that rich prints.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from carbon_api.cli.words import group_name, warning_title
from carbon_api.plan.vocabulary import PLATFORMS
from carbon_api.wording import (
    Language,
    MassUnit,
    mass,
    mass_range,
    mass_unit,
    number,
    percent,
    retold,
    say,
    with_unit,
)

Answer = Mapping[str, Any]

FEW = 2
DRIVERS = 6
SHARES = frozenset({"aspect_ratio", "devices", "network"})  # fields whose plain numbers are shares
PAGE_WIDTH = 110


class Page(Console):
    """Standard output, whose faults are the caller's to handle."""

    def on_broken_pipe(self) -> None:
        raise  # noqa: PLE0704  it is called where the error was caught


def page() -> Console:
    """Where a summary is printed: as wide as the terminal, and as wide as a page where there is none."""
    console = Page()
    return console if console.is_terminal else Page(width=PAGE_WIDTH)


def print_summary(answer: Answer, console: Console, language: Language = "en", address: str | None = None) -> None:
    """Print the whole summary; `address` is where the stored answer can be read again."""
    unit = mass_unit(answer["total"]["central"])
    parts = (
        headline(answer, language, unit),
        shares(answer, "by_stage", "stage", language, unit),
        shares(answer, "by_platform", "platform", language, unit),
        audience(answer, language, unit),
        *warnings(answer, language),
        *drivers(answer, language),
        *cross_check(answer, language),
        *readings(answer, language, unit),
        *assumed(answer, language),  # the longest, and the least urgent
        *([Text(say("see", language, address=address), overflow="ignore", no_wrap=True)] if address else []),
    )
    for place, part in enumerate(parts):
        console.print(*([""] if place else []), part, sep="\n")


def headline(answer: Answer, language: Language, unit: MassUnit) -> RenderableType:
    """The plan's name, the total and its range, and what the range means."""
    total, uncertainty = answer["total"], answer["uncertainty"]
    spread = mass_range(total, language, unit)
    title = Text.assemble(
        (say("named", language, name=answer["plan"]["name"]), "bold"),
        (mass(total["central"], language, unit), "bold green"),
        f" ({spread})" if spread else "",
    )
    meaning = say("no_range", language)
    if spread:
        level, draws = percent(total["level"], language), number(uncertainty["draws"], language)
        kind = retold(uncertainty["kind"], "parameter_uncertainty", language)
        meaning = say("range_meaning", language, level=level, draws=draws, kind=kind)
    basis = say(
        "basis",
        language,
        method=answer["method"]["id"],
        method_status=say(answer["method"]["status"], language),
        release=answer["factor_release"]["id"],
        release_status=say(answer["factor_release"]["status"], language),
        accounting=retold(answer["boundary"]["accounting"], "accounting", language),
    )
    return Group(title, *lines_priced(answer, language), Text(meaning, "dim"), Text(basis, "dim"))


def lines_priced(answer: Answer, language: Language) -> Iterator[RenderableType]:
    """How many lines the totals cover, where that is not all."""
    lines = answer["coverage"]["lines"]
    if lines["not_priced"]:
        counted = {name: number(lines[name], language) for name in ("priced", "of")}
        yield Text(say("lines_priced", language, **counted, left_out=few(lines["not_priced"])), "bold")


def shares(answer: Answer, part: str, key: str, language: Language, unit: MassUnit) -> RenderableType:
    """One table of the answer that adds up to the total: `by_stage`, `by_platform`."""
    named = ((label(row[key], language), row["total"]) for row in answer[part])
    return masses(say(part, language), named, answer["total"]["central"], language, unit)


def audience(answer: Answer, language: Language, unit: MassUnit) -> RenderableType:
    """The total by whom the content reached; parts of nothing are left out."""
    named = ((label(part, language), figure) for part, figure in answer["by_audience"].items() if figure["central"])
    return masses(say("by_audience", language), named, answer["total"]["central"], language, unit)


def masses(
    title: str, rows: Iterator[tuple[str, Answer]], total: float, language: Language, unit: MassUnit
) -> RenderableType:
    """Named figures, largest first, each with its range and its share of the total."""
    table = Table(box=None, padding=(0, 3, 0, 0), pad_edge=False)
    table.add_column(title, min_width=24)
    table.add_column(unit.name, justify="right")
    table.add_column(say("range", language))
    table.add_column(say("share", language), justify="right")
    for name, figure in sorted(rows, key=lambda row: -row[1]["central"]):
        central = figure["central"]
        part = percent(central / total, language) if total else ""
        table.add_row(f"  {name}", number(central / unit.kilograms, language), mass_range(figure, language, unit), part)
    return table


def label(name: str | None, language: Language) -> str:
    """A stage or an audience part in words, a platform as it writes itself, another, or none."""
    if name is None:
        return say("no_platform", language)
    return PLATFORMS[name] if name in PLATFORMS and name != "other" else say(name, language)


def assumed(answer: Answer, language: Language) -> Iterator[RenderableType]:
    """Every default that the answer used: its field, its value, what it is, and the lines that rest on it."""
    coverage = answer["coverage"]
    if not coverage["defaults"]:
        yield Text(say("nothing_assumed", language), "bold")
        return
    rows = [
        (default["field"], worth(default, language), meaning(default), few(default["lines"]))
        for default in coverage["defaults"]
    ]
    title = say("assumed", language, share=percent(coverage["default"], language))
    yield Group(section(title, rows), Text(f"  {say('factor_hint', language)}", "dim"))


def worth(default: Answer, language: Language) -> str:
    """The value of a default and its unit; a share is always a percentage, however it was published."""
    value, unit = default["value"], default["unit"]
    if unit == "1" and default["field"] in SHARES:
        value, unit = 100 * value, "%"
    return with_unit(value, unit, language)


def meaning(default: Answer) -> str:
    """What a default is and, if it holds for one country only, where."""
    country = "" if default["country"] == "world" else f" [{default['country']}]"
    return f"{default['title']}{country}"


def few(names: Sequence[str]) -> str:
    """The first of the names, and how many more there are."""
    return ", ".join(names[:FEW]) + (f" +{len(names) - FEW}" if len(names) > FEW else "")


def drivers(answer: Answer, language: Language) -> Iterator[RenderableType]:
    """The groups of factors that most of the range's width comes from, widest first."""
    rows = [
        (group_name(driver["group"], language), percent(driver["share_of_variance"], language))
        for driver in answer["drivers"][:DRIVERS]
    ]
    if rows:
        yield section(say("drivers", language), rows)


def cross_check(answer: Answer, language: Language) -> Iterator[RenderableType]:
    """The same plan under each other method, as a ratio to this one."""
    rows = [(check["method"], ratio(check, language)) for check in answer["cross_check"]]
    if rows:
        yield section(say("cross_check", language), rows)


def ratio(check: Answer, language: Language) -> str:
    """One line of the cross-check in words."""
    if check["ratio"] is None:
        return say("no_ratio", language, detail=check["detail"])
    text = say("ratio", language, ratio=number(check["ratio"], language, 2), lines=number(check["lines"], language))
    left_out = ", ".join(say(stage, language) for stage in check["not_compared"])
    return say("not_compared", language, ratio=text, stages=left_out) if left_out else text


def readings(answer: Answer, language: Language, unit: MassUnit) -> Iterator[RenderableType]:
    """What the total would be, had an ambiguous input been read the other way."""
    rows = [
        (mass(reading["total"]["central"], language, unit), f"{reading['code']}: {reading['detail']}")
        for reading in answer["readings"]
    ]
    if rows:
        yield section(say("readings", language), rows)


def warnings(answer: Answer, language: Language) -> Iterator[RenderableType]:
    """What a reader should know before quoting the total, and the lines it is about."""
    ids = [line["id"] for line in answer["lines"]]
    rows = [
        (warning_title(warning["code"], language), warning["detail"] + about(warning["pointers"], ids))
        for warning in answer["warnings"]
    ]
    if rows:
        yield section(say("warnings", language), rows)


def about(pointers: Sequence[str], ids: Sequence[str]) -> str:
    """The lines that pointers such as `/lines/3` name, in brackets; empty when there are none."""
    return f" ({few([ids[int(pointer.split('/')[2])] for pointer in pointers])})" if pointers else ""


def section(title: str, rows: Sequence[tuple[str, ...]]) -> RenderableType:
    """A title over columns of text, the first as it is and the rest fainter."""
    table = Table.grid(padding=(0, 2, 0, 0), pad_edge=False)
    for _ in rows[0]:
        table.add_column(overflow="fold")
    for first, *rest in rows:
        table.add_row(Text(first), *(Text(cell, "dim") for cell in rest))
    return Group(Text(title, "bold"), Padding(table, (0, 0, 0, 2), expand=False))

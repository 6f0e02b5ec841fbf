"""Advice for people: what to change, ranked by what it saves, and one lever explained.

Every function here takes a part of an answer as `recommend` gives it, and gives something that rich prints.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from carbon_api.cli.strength import strength
from carbon_api.cli.summary import section
from carbon_api.wording import GRAM, Language, MassUnit, mass, mass_range, mass_unit, number, percent, say

Part = Mapping[str, Any]
NAMED = 3  # lines that a reason names
AMOUNTS = ("impressions", "contacts", "views", "minutes", "spend")
MISSED = ("off_target", "non_viewable", "unknown")
RANKED = ("recommendations", "good_hygiene", "worse", "others_can_act")


def print_advice(answer: Part, console: Console, language: Language = "en", lever: str | None = None) -> None:
    """Print the advice; of the levers that apply, one is explained: the one named, or the first."""
    for place, part in enumerate(_parts(answer, language, lever)):
        console.print(*([""] if place else []), part, sep="\n")


def _parts(answer: Part, language: Language, lever: str | None) -> Iterator[RenderableType]:
    unit = mass_unit(answer["total"]["central"])
    yield headline(answer, language, unit)
    for group in RANKED:
        if answer[group]:
            yield ranking(group, answer[group], language, unit)
    if not answer["recommendations"]:
        yield Text(say("no_advice", language), "bold")
    yield from explained(answer, language, unit, lever)
    if answer["together"]:
        yield together(answer["together"], language, unit)
    yield from enough(answer["enough"], titles(answer, language), language)
    yield from reallocated(answer["reallocate"], language)
    yield from not_applicable(answer["not_applicable"], language)
    yield Text(answer["accounting"][language], "dim")


def headline(answer: Part, language: Language, unit: MassUnit) -> RenderableType:
    """The plan's name and its total; what of it is off target, not viewable or unknown."""
    total = answer["total"]
    figure = mass(total["central"], language, unit)
    named = (say("named", language, name=answer["name"]), "bold")
    first = Text.assemble(named, (figure, "bold green"), spread(total, language, unit))
    more = missed(answer, language, unit)
    return Group(first, Text(more)) if more else first


def missed(answer: Part, language: Language, unit: MassUnit) -> str:
    """What of a plan's total reaches nobody that it is for, or nobody known: kgCO2e and share of the total. Nothing is
    said of a part that is nothing: of lines that do not say how viewable they are, nobody knows."""
    total = answer["total"]["central"]
    parts = {name: answer["by_audience"][name]["central"] for name in MISSED}
    told = [
        say(f"missed_{name}", language, part=f"{mass(one, language, unit)} ({percent(one / total, language)})")
        for name, one in parts.items()
        if one
    ]
    return say("of_audience", language, parts=", ".join(told)) if told else ""


def spread(figure: Part, language: Language, unit: MassUnit) -> str:
    """The range of a figure in brackets, where it has one."""
    found = mass_range(figure, language, unit)
    return f" ({found})" if found else ""


def ranking(group: str, levers: Sequence[Part], language: Language, unit: MassUnit) -> RenderableType:
    """Levers by what they save."""
    table = Table(box=None, padding=(0, 3, 0, 0), pad_edge=False)
    table.add_column(say(group, language), min_width=24)
    table.add_column(say("saves", language, unit=unit.name), justify="right")
    for name in ("range", "share", "who"):
        table.add_column(say(name, language))
    for one in levers:
        who = ", ".join(say(actor, language) for actor in one["who"])
        table.add_row(f"  {one['title'][language]}", *_saved(one, language, unit), who)
    return table


def _saved(one: Part, language: Language, unit: MassUnit) -> tuple[str, str, str]:
    saving, share = one["saving"], one["share_of_total"]
    central = number(saving["central"] / unit.kilograms, language)
    return central, mass_range(saving, language, unit), percent(share["central"], language) if share else ""


def explained(answer: Part, language: Language, unit: MassUnit, lever: str | None) -> Iterator[RenderableType]:
    """One lever in three lines: what to do, what it saves and how surely, what the plan gets before and after."""
    levers = [one for group in RANKED for one in answer[group] if lever in {None, one["lever"]}]
    if lever and not levers:
        yield from _unexplained(answer, language, lever)
    for one in levers[:1]:
        told = (one["explanation"][language], saved(one, language, unit), got(one, language))
        lines = filter(None, told)
        beside = (*strength(one, language, unit), *(caveat[language] for caveat in one["caveats"]))
        caveats = [Text(f"· {sentence}", "dim") for sentence in beside]
        yield Group(
            Text(f"{one['title'][language]} ({one['lever']})", "bold"),
            Padding(Group(*map(Text, lines), *caveats), (0, 0, 0, 2), expand=False),
        )


def _unexplained(answer: Part, language: Language, lever: str) -> Iterator[RenderableType]:
    """Why a lever that was to be explained does not apply."""
    for one in answer["not_applicable"]:
        if one["lever"] == lever:
            told = [Text(_reason(reason, language)) for reason in one["reasons"]]
            yield Group(
                Text(f"{one['title'][language]} ({lever})", "bold"),
                Padding(Group(Text(say("not_applicable", language)), *told), (0, 0, 0, 2), expand=False),
            )


def saved(one: Part, language: Language, unit: MassUnit) -> str:
    """What a lever saves, how surely, what of it is not emitted, and whether other methods agree."""
    probability, split = one["probability_saves"], one["split"]
    sure = say("surely", language, probability=percent(probability, language)) if probability is not None else ""
    if one["saving"]["central"] < 0:
        return _cost(one["saving"], language, unit, sure + agreement(one, language))
    return say(
        "saved",
        language,
        saving=mass(one["saving"]["central"], language, unit),
        spread=spread(one["saving"], language, unit),
        physical=mass(split["physical"], language),
        moved=mass(split["reattributed"], language),
        sure=sure + agreement(one, language),
    )


def agreement(one: Part, language: Language) -> str:
    """The other methods that agree and those that do not, with what the change saves under each."""
    told = [verdict for verdict in one["other_methods"] if verdict["share"] is not None]
    agree, differ = (
        ", ".join(f"{verdict['method']} {percent(verdict['share'], language)}" for verdict in several)
        for several in (
            [verdict for verdict in told if verdict["method"] not in one["disagree"]],
            [verdict for verdict in told if verdict["method"] in one["disagree"]],
        )
    )
    sentences = (("others_agree", agree), ("others_differ", differ))
    return "".join(say(name, language, methods=methods) for name, methods in sentences if methods)


def _cost(saving: Part, language: Language, unit: MassUnit, sure: str) -> str:
    """A saving below nothing, told as what it costs."""
    signs = {"central": "central", "low": "high", "high": "low"}
    cost = {end: -saving[other] for end, other in signs.items() if other in saving}
    figure = mass(cost["central"], language, unit)
    return say("costs", language, cost=figure, spread=spread(cost, language, unit), sure=sure)


def got(one: Part, language: Language) -> str:
    """What the plan gets before and after, of what it tells."""
    before, after = one["before"], one["after"]
    told = (
        say("became", language, name=say(name, language), before=_amount(before[name], language), after=after_)
        for name in AMOUNTS
        if before[name] is not None and (after_ := _amount(after[name], language))
    )
    text = " · ".join(told)
    return text[:1].upper() + text[1:]


def _amount(value: float | None, language: Language) -> str:
    return say("not_known", language) if value is None else number(value, language)


def together(answer: Part, language: Language, unit: MassUnit) -> RenderableType:
    """Levers combined, each with what it adds."""
    table = Table(box=None, padding=(0, 3, 0, 0), pad_edge=False)
    table.add_column(say("together", language), min_width=24)
    table.add_column(say("saves", language, unit=unit.name), justify="right")
    for name in ("range", "share"):
        table.add_column(say(name, language))
    for step in answer["abatement"]:
        table.add_row(f"  {step['title'][language]}", *_saved(step, language, unit))
    share = answer["share_of_total"]
    joint = say(
        "jointly",
        language,
        saving=mass(answer["saving"]["central"], language, unit),
        spread=spread(answer["saving"], language, unit),
        share=percent(share["central"], language) if share else "",
    )
    return Group(table, Text(joint))


def titles(answer: Part, language: Language) -> Mapping[str, str]:
    """What each lever of an answer is called."""
    return {one["lever"]: one["title"][language] for group in RANKED for one in answer[group]}


def enough(answer: Part | None, names: Mapping[str, str], language: Language) -> Iterator[RenderableType]:
    """The few levers that are enough, or the lowest that was reached, and how they were sought."""
    if answer is None:
        return
    goal, reached = answer["goal"], answer["reached"]
    is_total = goal["of"] == "total"
    ceiling = mass(goal["at_most"] * (1 if is_total else GRAM.kilograms), language)
    title = say(
        "enough",
        language,
        ceiling=say("ceiling", language, mass=ceiling)
        if is_total
        else say("ceiling_per", language, mass=ceiling, per=say(goal["of"], language)),
        confidence=percent(goal["confidence"], language),
    )
    lines = [_reached(answer, names, language)] if reached else []
    told = (*lines, answer["search"][language])
    yield Group(Text(title, "bold"), Padding(Group(*map(Text, told)), (0, 0, 0, 2), expand=False))


def _reached(answer: Part, names: Mapping[str, str], language: Language) -> str:
    reached = answer["reached"]
    levers = " + ".join(names.get(id, id) for id in answer["levers"]) or say("no_levers", language)
    scale = 1 if answer["goal"]["of"] == "total" else GRAM.kilograms
    kilograms = {name: reached[name] * scale for name in ("central", "low", "high") if name in reached}
    unit = mass_unit(kilograms["central"])
    found = mass(kilograms["central"], language, unit)
    probability = answer["probability"]
    sure = say("surely_under", language, probability=percent(probability, language)) if probability is not None else ""
    return say("reached", language, levers=levers, figure=found, spread=spread(kilograms, language, unit)) + sure


def reallocated(answer: Part | None, language: Language) -> Iterator[RenderableType]:
    """What moving impressions saves, or why none moves."""
    if answer is None:
        return
    told = [answer["detail"][language]]
    if answer["found"]:
        unit = mass_unit(answer["saving"]["central"])
        saving = mass(answer["saving"]["central"], language, unit)
        told.insert(0, say("moving_saves", language, saving=saving, spread=spread(answer["saving"], language, unit)))
        told.insert(1, got(answer, language))
    title = Text(say("reallocate", language), "bold")
    yield Group(title, Padding(Group(*map(Text, told)), (0, 0, 0, 2), expand=False))


def not_applicable(levers: Sequence[Part], language: Language) -> Iterator[RenderableType]:
    """What does not apply, and why; levers that do not for the same reason stand together."""
    titles: dict[str, list[str]] = {}
    for one in levers:
        why = " ".join(_reason(reason, language) for reason in one["reasons"])
        titles.setdefault(why, []).append(one["title"][language])
    if titles:
        yield section(say("not_applicable", language), [(" · ".join(names), why) for why, names in titles.items()])


def _reason(reason: Part, language: Language) -> str:
    """A reason, and the first lines that it is of."""
    lines = reason["lines"]
    if not lines:
        return str(reason[language])
    more = say("and_more", language, count=number(len(lines) - NAMED, language)) if len(lines) > NAMED else ""
    return f"{reason[language]} ({', '.join(lines[:NAMED])}{more})"

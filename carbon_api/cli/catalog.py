"""`carbon-api factors` and `carbon-api methods`: the published numbers and formulas behind an estimate."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from carbon_api.cli.refresh import refresh
from carbon_api.errors import FactorFileError, Finding, NotFound, UsageError
from carbon_api.wording import number, with_unit

if TYPE_CHECKING:
    from carbon_api.factor_book.book import Book
    from carbon_api.factor_book.entry import Row

FEW_ROWS = 2
release_option = click.option("--release", metavar="ID", help="The factor release.  [default: the newest]")


@click.group()
def factors() -> None:
    """Read and check the factor book: every published number, with its source and range."""


factors.add_command(refresh)


@factors.command(name="list")
@click.argument("words", nargs=-1)
@click.option("--country", help="An ISO 3166 code, EU or world.")
@click.option("--tag", help="A tag, such as grid or device.")
@release_option
def list_factors(words: Sequence[str], country: str | None, tag: str | None, release: str | None) -> None:
    """List the factors whose id, title, note, tags or source hold all of WORDS."""
    from carbon_api.factor_book.book import book
    from carbon_api.factor_book.search import matching, tags
    from carbon_api.plan.vocabulary import COUNTRIES

    check_word("--country", country, COUNTRIES)
    check_word("--tag", tag, tags(book()))
    found = list(matching(book(), book().release(release).rows, " ".join(words), country, tag))
    for row in found:
        value = with_unit(row.printed, row.unit, "en", 4)
        click.echo(f"{row.id:<46} {row.country:<6} {row.valid_from:<11} {value:<28} {row.source}")
    if not found:
        click.echo("No factor matches.", err=True)


def check_word(option: str, word: str | None, known: Iterable[str]) -> None:
    """UsageError with the words that would do, if this one is given and is none of them."""
    from carbon_api.plan.findings import did_you_mean, nearest

    if word is not None and word not in known:
        name, words = option.strip("-"), nearest(word, known)
        detail = f"there is no {name} '{word}'{did_you_mean(word, words)}"
        raise UsageError(detail, [Finding(option, f"unknown-{name}", detail, words)])


@factors.command()
@click.argument("factor", metavar="ID")
@release_option
def show(factor: str, release: str | None) -> None:
    """Show every value of one factor: its source, where in it, its range and what that rests on."""
    from carbon_api.factor_book.book import book

    the_book = book()
    rows = [row for row in the_book.release(release).rows if row.id == factor]
    if not rows:
        raise NotFound(f"there is no factor '{factor}'; `carbon-api factors list` names them all")
    click.echo("\n\n".join("\n".join(described(row, the_book)) for row in rows))


def described(row: "Row", book: "Book") -> Iterator[str]:
    """One value as lines of text; what the row leaves empty is left out."""
    source = book.sources[row.source]
    yield f"{row.id}  {row.title}"
    facts = {
        "value": with_unit(row.printed, row.unit, "en", 6),
        "range": spread(row),
        "basis": row.basis,
        "country": row.country,
        "valid from": row.valid_from,
        "source": f"{source.title}, {source.publisher}, {source.version} ({source.licence})",
        "locator": row.locator,
        "evidence": row.evidence,
        "drawn with": row.group,
        "releases": f"{row.since} on" + (f", until {row.until}" if row.until else ""),
        "withdrawn": row.withdrawn,
        "checked": f"{row.checked_on}; to be reviewed by {row.review_by}",
        "note": row.note,
        "warning": row.warning,
    }
    yield from (f"  {name:<11} {text}" for name, text in facts.items() if text)


def spread(row: "Row") -> str:
    """The range of a value in the unit it was published in (the book's own unit around zero), and its shape."""
    if row.shape == "exact":
        return "exact"
    scale, unit = (row.printed / row.value, row.unit) if row.value else (1.0, row.coherent_unit)
    return f"{number(row.low * scale, 'en', 4)} to {with_unit(row.high * scale, unit, 'en', 4)} ({row.shape})"


@factors.command()
@click.argument("folder", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
def lint(folder: Path | None) -> None:
    """Check every file of the factor book (or of another FOLDER); exit 2 with what is wrong."""
    from carbon_api.factor_book.upkeep import lint as lint_folder

    faults = lint_folder(folder)
    if faults:
        raise FactorFileError("\n  ".join(["the factor book breaks its rules:", *faults]))
    click.echo("Every factor is in order.")


@factors.command()
@click.option("--on", "day", type=click.DateTime(["%Y-%m-%d"]), help="The day to judge by.  [default: today]")
def stale(day: datetime | None) -> None:
    """List the values past their date of review; exit 2 if there are any."""
    from carbon_api.factor_book.book import book
    from carbon_api.factor_book.upkeep import stale as stale_rows

    rows = stale_rows(book(), (day or datetime.now()).date())
    if rows:
        late = [f"{row.id} ({row.country}, {row.valid_from}) was to be reviewed by {row.review_by}" for row in rows]
        raise FactorFileError("\n  ".join([f"{len(late)} values are past their review:", *late]))
    click.echo("Every factor is within its date of review.")


@click.command()
@click.argument("id", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print it whole as JSON, as GET /v1/methods/{id} answers.")
@release_option
def methods(id: str | None, as_json: bool, release: str | None) -> None:
    """List the methods, or show one: its boundary, its formulas, the values they take."""
    from carbon_api.factor_book.book import book
    from carbon_api.methods.catalog import method
    from carbon_api.methods.describe import describe

    if id is None:
        _list_methods(as_json)
        return
    of_release = book().release(release)
    document = describe(method(id), of_release) | {"factor_release": of_release.id}
    if as_json:
        _print(document)
        return
    click.echo("\n".join(method_text(document)))


def _list_methods(as_json: bool) -> None:
    from carbon_api.methods.catalog import DEFAULT, METHODS
    from carbon_api.methods.describe import summary_of

    if as_json:
        _print({"items": [summary_of(known) for known in METHODS.values()]})
        return
    for name, known in METHODS.items():
        click.echo(f"{name:<18} {known.card.title}" + (" (default)" if name == DEFAULT else ""))


def _print(document: Mapping[str, Any]) -> None:
    from orjson import OPT_INDENT_2, dumps

    click.echo(dumps(document, option=OPT_INDENT_2))


def method_text(document: Mapping[str, Any]) -> Iterator[str]:
    """How a method prices what is delivered, from its document: what is told there of all else is left to it."""
    yield f"{document['id']} revision {document['revision']}: {document['title']}\n\n{document['opening']}\n"
    yield from listed("Inside the boundary", document["boundary"]["included"])
    yield from listed("Outside", document["boundary"]["excluded"])
    left_out = [f"{one['field']} {one['value']}: {one['reason']}" for one in document["outside"]]
    yield from listed("Lines outside", left_out)
    regions = [f"{one['region']}, for every country of {one['factor']}" for one in document["regions"]]
    yield from listed("Regions", regions)
    yield from listed("Devices by another name", [f"{one}: {name}" for one, name in document["devices"].items()])
    formulas = [one for one in document["formulas"] if one["activity"] == "delivery"]
    stages = [f"{one['stage']}, {one['phase']}: {one['name']}" for one in formulas if one["stage"]]
    yield from listed("Stages, each in kgCO2e", stages)
    yield from listed("Formulas", [f"{one['name']} = {one['formula']}" for one in formulas])
    yield from _variants(document["variants"], {one["name"] for one in formulas})
    values = [_value(one) for one in document["values"] if one["activity"] == "delivery"]
    yield from listed("Values: what a line says, else the first factor that there is", values)
    yield (
        f"Every value, what fills {{device}} and the like, and data kept, AI, travel and shipping:\n"
        f"  carbon-api methods {document['id']} --json"
    )


def _variants(variants: Mapping[str, Mapping[str, str]], formulas: set[str]) -> Iterator[str]:
    """The names that stand for one of several of these formulas, and for which when."""
    for name, ways in variants.items():
        if ways.keys() <= formulas:
            yield from listed(f"{name} stands for", [f"{formula}: {when}" for formula, when in ways.items()])


def _value(one: Mapping[str, Any]) -> str:
    """What gives a value: a line, then the factors; and what these are where they are few, as formulas take them."""
    rows = [f"{row['coherent_value']} {row['coherent_unit']} ({row['country']})" for row in one["factors"]]
    shown = f" = {', '.join(rows)}" if 0 < len(rows) <= FEW_ROWS else ""
    return f"{one['name']}: " + ", else ".join([*filter(None, [one["given"]]), *one["patterns"]]) + shown


def listed(title: str, items: Sequence[str]) -> Iterator[str]:
    """A title and its items, then a blank line; nothing when there is no item."""
    if items:
        yield from (title, *(f"  {item}" for item in items), "")

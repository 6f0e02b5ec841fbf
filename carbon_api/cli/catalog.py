"""`carbon-api factors` and `carbon-api methods`: the published numbers and formulas behind an estimate."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from carbon_api.cli.refresh import refresh
from carbon_api.errors import FactorFileError, Finding, NotFound, UsageError
from carbon_api.wording import number, with_unit

if TYPE_CHECKING:
    from carbon_api.factor_book.book import Book
    from carbon_api.factor_book.entry import Row
    from carbon_api.methods.method import Method

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
def methods(id: str | None) -> None:
    """List the methods, or show one: its boundary, its formulas, the factors it uses."""
    from carbon_api.methods.catalog import DEFAULT, METHODS, method

    if id is not None:
        click.echo("\n".join(method_text(method(id))))
        return
    for name, known in METHODS.items():
        click.echo(f"{name:<18} {known.card.title}" + (" (default)" if name == DEFAULT else ""))


def method_text(method: "Method") -> Iterator[str]:
    """All of a method that is needed to redo its arithmetic by hand."""
    card = method.card
    yield f"{card.id} revision {card.revision}: {card.title}\n\n{card.opening.strip()}\n"
    yield from listed("Inside the boundary", card.included)
    yield from listed("Outside", card.excluded)
    left_out = [f"{field} {word}: {why}" for field, words in card.outside.items() for word, why in words.items()]
    yield from listed("Lines outside", left_out)
    regions = [f"{region}, for every country of {members}" for region, members in card.regions.items()]
    yield from listed("Regions", regions)
    devices = [f"{device}: {name}" for device, name in card.devices.items()]
    yield from listed("Devices by another name", devices)
    stages = [f"{stage.stage}, {stage.phase}: {stage.target}" for stage in card.stages]
    yield from listed("Stages, each in kgCO2e", stages)
    yield from listed("Formulas", [f"{name} = {method.graph.formula(name)}" for name in method.graph.functions])
    yield from listed("Factors", [f"{name}: {', else '.join(ids)}" for name, ids in card.defaults.items()])


def listed(title: str, items: Sequence[str]) -> Iterator[str]:
    """A title and its items, then a blank line; nothing when there is no item."""
    if items:
        yield from (title, *(f"  {item}" for item in items), "")

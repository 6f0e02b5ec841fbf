"""Content made by a generative model: what a line of kind ai gives to the flows, and what EcoLogits is asked."""

from operator import attrgetter
from typing import NamedTuple

from carbon_api.factor_book.asked import Asked, NotPriced
from carbon_api.inventory.gives import Gives
from carbon_api.inventory.tables import Fault, Note, Shape
from carbon_api.plan.findings import did_you_mean, nearest
from carbon_api.plan.model import Ai
from carbon_api.plan.vocabulary import FIGURES

MOST_NAMES = 20  # of a provider's models, in one refusal


class Compute(NamedTuple):
    """The shape of a line's computing, what the line gives to it, what EcoLogits is asked, what a reader must know."""

    shape: Shape
    gives: tuple[Gives, ...]
    asked: Asked | None = None
    notes: tuple[Note, ...] = ()


def compute(line: Ai) -> Compute:
    """How the outputs of a line are priced: by the published figure that it names, else by its model."""
    generated = Gives("line_outputs", "generated", attrgetter("generated"))
    if line.figure:
        return Compute(_of_figure(line.figure), (generated,), notes=_instead(line))
    of = "text" if line.output_tokens else "video"
    bindings = (("output_energy", f"energy_of_{of}"), ("output_embodied", f"embodied_of_{of}"))
    shape = Shape("compute", bindings, ("by_energy", "by_model"))
    asked = Asked(line.task, line.provider or "", line.model or "", line.size or "", line.seconds or 0.0, line.audio)
    tokens = Gives("tokens_per_output", "output_tokens", attrgetter("output_tokens"))
    return Compute(shape, (generated, tokens) if line.output_tokens else (generated,), asked)


def _of_figure(name: str) -> Shape:
    if FIGURES[name].of == "energy":
        return Shape("compute", (("output_energy", "energy_of_figure"),), ("by_energy",))
    return Shape("compute", (), ("by_footprint",))


def _instead(line: Ai) -> tuple[Note, ...]:
    """A model that is named and not priced as itself."""
    if not line.model:
        return ()
    return (
        ("figure-instead-of-model", f"priced by the figure {line.figure}, as asked, and not by the model it names"),
    )


def fault(line: int, missing: NotPriced) -> Fault:
    """Why EcoLogits cannot price a line, with the names nearest to what it says, and the figures to ask for instead."""
    asked = missing.asked
    figures = tuple(name for name, figure in FIGURES.items() if figure.task == asked.task)
    named = f"ask for a published figure by name, figure: {', '.join(figures)}"
    if missing.field == "task":
        reason = f"EcoLogits prices no model of {asked.task}"
        return Fault(line, "figure", "task-not-priced", reason, named if figures else "leave it out", figures)
    written = asked.model if missing.field == "model" else asked.provider
    known = nearest(written, missing.known)[:MOST_NAMES]
    by = f" by {asked.provider}" if missing.field == "model" else ""
    reason = f"EcoLogits prices no {missing.field} of {asked.task}{by} under this name{did_you_mean(written, known)}"
    advice = f"write one of the valid values{f', or {named}' if figures else ''}"
    return Fault(line, missing.field, f"unknown-{missing.field}", reason, advice, known)

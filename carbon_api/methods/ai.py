"""Content made by a generative model: EcoLogits for a named model, or a published figure. Shared by every media method.

EcoLogits (GenAI Impact, MPL-2.0, the version that the factor release names) is run, not copied. It gives the energy
and the manufacture of one generation: of a text, from its model's parameters, its output tokens and the latency that
EcoLogits estimates itself; of a video, from its pixels, its frames and the power of the server. What it does not know
it gives as a low and a high, which are kept, around their mean. Its electricity is left aside: the energy takes the
grid of the country that the line names, from the source of the method beside it where that has the country, else from
Ember; a total that holds both says so. All outputs that are generated
count, kept or not. Left out: training, the reading of long prompts, networks and devices. EcoLogits prices no images.
A published figure is used where a plan asks for it by name: it is of one output, whatever its length.
"""

from typing import Any

from carbon_api.factor_book.ecologits import made
from carbon_api.methods.method import Card, Energy, Stage

DEFAULTS = {
    "model_ratio": ("ecologits.model_ratio",),
    "figure_energy": ("ai.{figure}.energy_per_output",),
    "figure_footprint": ("ai.{figure}.footprint_per_output",),
}

VARIANTS = {
    "output_energy": ("energy_of_text", "energy_of_video", "energy_of_figure"),
    "output_embodied": ("embodied_of_text", "embodied_of_video"),
}

CARD = Card(
    id="ai",
    revision=1,
    title="Energy and servers of content made by generative models",
    publisher="GenAI Impact (EcoLogits); the publishers of single figures",
    version="EcoLogits, the version that the source of ecologits.model_ratio names",
    opening=__doc__,
    included=(
        "electricity of generating with a model, in its data centre",
        "manufacture of its servers, by their time",
    ),
    excluded=("training of models", "manufacture of servers, where a figure of energy is asked for by name"),
    stages=(
        Stage("production", "use", "compute_use", rows="by_energy"),
        Stage("production", "embodied", "compute_embodied", rows="by_model"),
        Stage("production", "unsplit", "compute_footprint", rows="by_footprint"),
    ),
    energy=(Energy("compute_energy", rows="by_energy"),),
    defaults=DEFAULTS,
    grid="",
    variants=VARIANTS,
    made=made,
)


def outputs(line_outputs: Any, country_share: Any) -> Any:
    return line_outputs * country_share


def energy_of_text(tokens_per_output: Any, energy_per_token: Any, energy_per_output: Any, model_ratio: Any) -> Any:
    return (tokens_per_output * energy_per_token + energy_per_output) * model_ratio


def energy_of_video(energy_per_output: Any, model_ratio: Any) -> Any:
    return energy_per_output * model_ratio


def energy_of_figure(figure_energy: Any) -> Any:
    return figure_energy


def compute_energy(outputs: Any, output_energy: Any) -> Any:
    return outputs * output_energy


def compute_use(compute_energy: Any, grid_region: Any) -> Any:
    return compute_energy * grid_region


def embodied_of_text(
    tokens_per_output: Any, embodied_per_token: Any, embodied_per_output: Any, model_ratio: Any
) -> Any:
    return (tokens_per_output * embodied_per_token + embodied_per_output) * model_ratio


def embodied_of_video(embodied_per_output: Any, model_ratio: Any) -> Any:
    return embodied_per_output * model_ratio


def compute_embodied(outputs: Any, output_embodied: Any) -> Any:
    return outputs * output_embodied


def compute_footprint(outputs: Any, figure_footprint: Any) -> Any:
    return outputs * figure_footprint

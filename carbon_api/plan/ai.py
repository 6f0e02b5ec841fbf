"""Texts, images and videos made by a generative model: all that were generated, whether or not they are kept."""

from collections.abc import Mapping

from carbon_api.plan import measures as m
from carbon_api.plan.common import LineSchema, kind_field
from carbon_api.plan.fields import Choice, Code, Flag, Text
from carbon_api.plan.given import Given
from carbon_api.plan.model import Ai
from carbon_api.plan.quantities import PlainField, QuantityField
from carbon_api.plan.vocabulary import FIGURES, TASKS

_HYPHENED = {name.replace("_", "-"): name for name in FIGURES}
# What one output of a task is known by, where a model prices it; a published figure is of one output as it is.
OF_TASK: Mapping[str, tuple[str, ...]] = {"text": ("output_tokens",), "image": (), "video": ("size", "seconds")}
OF_ONE_OUTPUT = frozenset({"output_tokens", "size", "seconds", "audio"})


class AiSchema(LineSchema):
    """Outputs of a generative model."""

    title = "line of kind ai"
    makes = Ai

    kind = kind_field("ai")
    task = Choice(TASKS, "task", "What is generated", required=True)
    generated = QuantityField(m.GENERATED, "How many outputs are generated, those that nobody keeps too", required=True)
    kept = QuantityField(m.GENERATED, "How many of them are kept: changes no total, and gives what one kept costs")
    provider = Text(120, "Who runs the model, such as openai; with model")
    model = Text(120, "The model's name as its provider writes it, such as gpt-4o; with provider")
    figure = Choice(FIGURES, "figure", "A published figure for one output, used only when named here", also=_HYPHENED)
    output_tokens = QuantityField(m.TOKENS, "Tokens of one text, reasoning included; a model of text needs them")
    size = Code("size", "[1-9][0-9]{1,3}x[1-9][0-9]{1,3}", "1280x720", "Width x height of a video, in pixels")
    seconds = PlainField(m.CLIP, "Length of one video [s]")
    audio = Flag("Is the video generated with its sound?")

    def build(self, given: Given) -> Ai | None:
        """Return the outputs."""
        self.check(given)
        if given.has("kept", "generated") and given["kept"].value > given["generated"].value:
            kept, generated = given["kept"].value, given["generated"].value
            given.refuse(
                "kept", "contradiction", f"kept is {kept:.6g} but generated is {generated:.6g}; correct one of the two"
            )
        if "task" in given:
            _check_priced(given)
        if given.faults:
            return None
        return Ai(**self.arguments(given))


def _check_priced(given: Given) -> None:
    """Refuse a line that says too little for its model or figure, or what does not go with it."""
    task, figure = given["task"], given.get("figure")
    if figure is None:
        _check_model(given)
    elif FIGURES[figure].task != task:
        of_task = [name for name, one in FIGURES.items() if one.task == task]
        given.refuse(
            "figure", "contradiction", f"{figure} is of {FIGURES[figure].task}, and the task is {task}", of_task
        )
    fitting = fields_of(task, figure)
    for name in sorted(OF_ONE_OUTPUT):
        if name in given and name not in fitting:
            why = f"the figure {figure} is of one output as it is" if figure else f"it does not price the task {task}"
            given.refuse(name, "contradiction", f"leave {name} out: {why}")


def _check_model(given: Given) -> None:
    for name in ("provider", "model"):
        if name not in given:
            detail = f"{name} is missing: name provider and model, or ask for a published figure by its name"
            given.refuse("", "missing-field", detail, (name, "figure"))
    for name in OF_TASK[given["task"]]:
        if name not in given:
            given.refuse("", "missing-field", f"{name} is missing: a model of {given['task']} is priced by it", (name,))


def fields_of(task: str | None, figure: str | None) -> tuple[str, ...]:
    """Return the names that may describe one output of a task, or one that a figure prices."""
    if figure or task is None:
        return ()
    return (*OF_TASK[task], "audio") if task == "video" else OF_TASK[task]

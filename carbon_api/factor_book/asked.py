"""What EcoLogits is asked for a generation, and what it gives: the words between the book and the package."""

from collections.abc import Mapping
from typing import NamedTuple

Ends = tuple[float, float]
Note = tuple[str, str]


class Asked(NamedTuple):
    """What EcoLogits is asked: a provider's model and, of a video, its width x height, seconds and sound."""

    task: str
    provider: str
    model: str
    size: str = ""
    seconds: float = 0.0
    audio: bool | None = None


class NotPriced(LookupError):
    """EcoLogits does not know a task, a provider or a model, as `field` says; `known` are those that it knows."""

    def __init__(self, asked: Asked, field: str, known: tuple[str, ...]) -> None:
        super().__init__(field)
        self.asked, self.field, self.known = asked, field, known


class Reckoned(NamedTuple):
    """What EcoLogits gives for a model: its low and high by value, where it takes the machines to be, its remarks."""

    model: str
    call: str
    values: Mapping[str, Ends]
    country: str
    notes: tuple[Note, ...]

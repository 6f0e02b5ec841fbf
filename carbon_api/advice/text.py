"""What is said to people, in both languages at once: whoever shows an answer chooses."""

from typing import NamedTuple

from carbon_api.wording import Language, number
from carbon_api.wording.french import typeset

Filling = str | float | tuple[str, str]  # a word alike in both languages, a number, or English and French words


class _Both(NamedTuple):
    en: str
    fr: str


class Text(_Both):
    """A sentence in English and in French, whose spaces are set here. An estimate is never called a measurement, nor a
    campaign neutral."""

    __slots__ = ()

    def __new__(cls, en: str, fr: str) -> "Text":
        """Set the French before its blanks are filled: what is put in them is not ours to set."""
        return super().__new__(cls, en, typeset(fr))

    def filled(self, **values: Filling) -> "Text":
        """The sentence with its blanks filled, numbers as each language writes them."""
        return Text._make((self.en.format(**_written(values, "en")), self.fr.format(**_written(values, "fr"))))


def _written(values: dict[str, Filling], language: Language) -> dict[str, str]:
    return {name: _in(value, language) for name, value in values.items()}


def _in(value: Filling, language: Language) -> str:
    if isinstance(value, tuple):
        return value[language == "fr"]
    return value if isinstance(value, str) else number(value, language)

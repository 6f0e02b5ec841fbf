"""What is said to people, in both languages at once: whoever shows an answer chooses."""

from typing import NamedTuple

from carbon_api.wording import Language, number


class Text(NamedTuple):
    """A sentence in English and in French. An estimate is never called a measurement, nor a campaign neutral."""

    en: str
    fr: str

    def filled(self, **values: str | float) -> "Text":
        """The sentence with its blanks filled: words alike in both languages, numbers as each writes them."""
        return Text(self.en.format(**_written(values, "en")), self.fr.format(**_written(values, "fr")))


def _written(values: dict[str, str | float], language: Language) -> dict[str, str]:
    return {name: one if isinstance(one, str) else number(one, language) for name, one in values.items()}

"""What is said to people, in both languages at once: whoever shows an answer chooses."""

from typing import NamedTuple


class Text(NamedTuple):
    """A sentence in English and in French. An estimate is never called a measurement, nor a campaign neutral."""

    en: str
    fr: str

    def filled(self, **values: str) -> "Text":
        """The sentence with its blanks filled, alike in both languages."""
        return Text(self.en.format(**values), self.fr.format(**values))

"""What is said to people, in both languages at once: whoever shows an answer chooses."""

from typing import NamedTuple

from carbon_api.wording.french import typeset


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

    def filled(self, **values: str | tuple[str, str]) -> "Text":
        """The sentence with its blanks filled: alike in both languages, or by a pair in English and in French."""
        english, french = (
            {name: value if isinstance(value, str) else value[place] for name, value in values.items()}
            for place in (0, 1)
        )
        return Text._make((self.en.format(**english), self.fr.format(**french)))

"""What was answered to a question about a kept estimate, by its ETag.

What is kept never changes, nor does what this process makes of it: whoever has that answer need not have it made again.
"""

from dataclasses import dataclass, field

MOST = 10_000  # questions


@dataclass
class Told:
    """The ETags of answers, by the questions that they are to. Of too many, it forgets all."""

    _tags: dict[str, str] = field(default_factory=dict)

    def note(self, question: str, tag: str) -> None:
        """This is what was answered."""
        if len(self._tags) >= MOST:
            self._tags.clear()
        self._tags[question] = tag

    def find(self, question: str) -> str | None:
        """What was answered, if it was."""
        return self._tags.get(question)

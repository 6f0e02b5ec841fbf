"""How French is set: the spaces that may not break, put in one place so that nobody has to type them."""

import re

NO_BREAK = "\u00a0"
NARROW_NO_BREAK = "\u202f"


def typeset(text: str) -> str:
    """A French text with no-break spaces for the plain ones before ; ! ? % (narrow), : » and after «. A space is never
    added, so that times, addresses and code words stay as they are."""
    text = re.sub(r" (?=[;!?%])", NARROW_NO_BREAK, text)
    return re.sub(r" (?=»|:(?:\s|$))|(?<=«) ", NO_BREAK, text)

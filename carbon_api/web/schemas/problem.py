"""Errors, as RFC 9457 has them."""

from marshmallow import Schema, fields

from carbon_api.web.schemas.common import count, many, text, texts


class FoundFault(Schema):
    """One fault: where, what, and the values that would do."""

    pointer = text("Where: an RFC 6901 pointer into the document sent, or into the query.")
    code = text("What, for programs; it never changes.")
    detail = text("What, for people, and how to mend it.")
    valid_values = texts("The values that would do, where they can be listed.")
    line = fields.Integer(metadata={"description": "The line of the text sent, where it had lines."})


class Problem(Schema):
    """What went wrong."""

    type = text("Names the class of error, and leads to its explanation.")
    title = text()
    status = count("The HTTP status.")
    detail = text()
    request_id = text("Quote it to us: it is in our log.")
    errors = many(FoundFault)


class ProblemType(Schema):
    """A class of error, explained."""

    code = text()
    title = text()
    status = count("The HTTP status it comes with.")
    detail = text("What it means and how to mend it.")

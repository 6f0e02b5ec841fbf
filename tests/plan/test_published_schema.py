"""The published schema says exactly what is read: what it takes is taken, what it refuses is refused."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker, ValidationError, validators
from strategies import lines, plans

from carbon_api.errors import Finding
from carbon_api.plan.defaults import defaults_schema
from carbon_api.plan.fields import PlanField
from carbon_api.plan.findings import Refused
from carbon_api.plan.kinds import KINDS
from carbon_api.plan.measures import MEASURES, Measure
from carbon_api.plan.parts import Part
from carbon_api.plan.quantities import QuantityField
from carbon_api.plan.schemas import AudienceSchema, PeriodSchema, PlanSchema, line_schema
from carbon_api.plan.vocabulary import COUNTRIES, DEVICES, NETWORKS

BETWEEN_VALUES = {"shares-do-not-sum", "contradiction", "given-twice"}


def pattern(_: Any, written: str, instance: object, __: Any) -> Iterator[ValidationError]:
    """ECMA 262: `$` is the end of the text, which Python's also finds before a last line break."""
    if isinstance(instance, str) and not re.search(written.removesuffix("$") + r"\Z", instance):
        yield ValidationError(f"{instance!r} does not match {written}")


Exact = validators.extend(Draft202012Validator, {"pattern": pattern})


def validator(schema: dict[str, Any]) -> Draft202012Validator:
    Exact.check_schema(schema)
    checked: Draft202012Validator = Exact(schema, format_checker=FormatChecker())
    return checked


def fields() -> Iterator[tuple[str, PlanField[Any]]]:
    """Every field there is, once for each schema that it publishes."""
    parts: list[Part] = [*KINDS.values(), PlanSchema(), PeriodSchema(), AudienceSchema()]
    seen: list[dict[str, Any]] = []
    for part in parts:
        for name, field in part.readers.items():
            if field.json_schema() not in seen and name not in {"lines", "defaults"}:
                seen.append(field.json_schema())
                yield f"{part.title} {name}", field


FIELDS = dict(fields())
LINE, PLAN = validator(line_schema()), validator(PlanSchema().json_schema())
VALIDATORS = {name: validator(field.json_schema()) for name, field in FIELDS.items()}

SPACES = ("", " ", "\u00a0", "\u202f")
AMOUNT = re.compile(r"(0|[1-9][0-9]{0,19})(\.[0-9]{1,20})?[ \u00a0\u202f]?[a-zA-Z%][a-zA-Z0-9/]*")
IN_UNITS = [measure for measure in MEASURES if measure.scales]
UNITS = sorted({unit for measure in MEASURES for unit in measure.scales} | {"bananas", "mb", "tons", "%%"})
NUMBERS = st.sampled_from(
    [
        "0",
        "1",
        "12",
        "0.5",
        "1.5",
        "1,5",
        "-3",
        "+3",
        "1e3",
        "1_000",
        "1 000",
        "012",
        ".5",
        "5.",
        "NaN",
        "100",
        "99999999999",
    ]
)
WRITTEN = st.tuples(NUMBERS, st.sampled_from(["", " ", "  ", "\u202f", "\n"]), st.sampled_from([*UNITS, ""])).map(
    "".join
)
LOOSE = (
    st.none()
    | st.booleans()
    | st.integers(-5, 120)
    | st.integers()
    | st.floats(allow_nan=False)
    | st.sampled_from([0, -0.0, 0.0, 1e15, 1.0000001e15, 5e-324, 202.0, 1.9, 10**400])
    | st.text(max_size=8)
    | WRITTEN
    | st.sampled_from(
        [*COUNTRIES[:9], "fr", "UK", *DEVICES, *NETWORKS, "téléphone", "ad", "video", "vidéo", "1080p", "1:1"]
    )
    | st.sampled_from(["2026-02-28", "2026-02-30", "2026-3-1", "20260301", "2026-03-01\n", "1999-12-31", "EUR", "eur"])
)
KEYS = st.sampled_from(
    [
        "value",
        "unit",
        "plus_minus",
        "uncertainty_group",
        "per",
        "source",
        "start",
        "end",
        "size",
        "FR",
        "phone",
        "mobile",
        "x",
    ]
)
LABELS = st.sampled_from(["view", "play", "impression", "panel", "platform", *UNITS])
JUNK = LOOSE | st.lists(LOOSE, max_size=4) | st.dictionaries(KEYS, LOOSE | LABELS, max_size=4)


@pytest.mark.parametrize("name", FIELDS)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_a_field_takes_what_its_schema_takes(name: str, data: st.DataObject) -> None:
    value = data.draw(JUNK)
    agree(VALIDATORS[name], FIELDS[name], value)


@pytest.mark.parametrize("measure", IN_UNITS, ids=lambda measure: measure.name)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_a_string_is_read_within_the_bounds_of_its_unit(measure: Measure, data: st.DataObject) -> None:
    text = data.draw(st.from_regex(measure.schemas()[1]["pattern"].rstrip("$") + r"\Z"))
    read = measure.read(text)
    assert (read is None) == (codes_of(QuantityField(measure), text) != set())
    assert read is None or 0 <= read <= measure.maximum * measure.scale.times / measure.scale.over * (1 + 1e-12)


@pytest.mark.parametrize("measure", IN_UNITS, ids=lambda measure: measure.name)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_a_string_and_a_mapping_take_the_same_numbers(measure: Measure, data: st.DataObject) -> None:
    field, unit = QuantityField(measure), data.draw(st.sampled_from(sorted(measure.scales)))
    limit = measure.limits[unit]
    number = data.draw(st.sampled_from((0.0, limit)) | st.floats(0, 1.1 * limit) | st.floats(0, 1e-15))
    written = f"{number:.20f}"
    text, mapping = f"{written}{data.draw(st.sampled_from(SPACES))}{unit}", {"value": float(written), "unit": unit}
    assert codes_of(field, text) == codes_of(field, mapping)
    if not codes_of(field, text):
        assert field.read(text) == field.read(mapping)


@settings(max_examples=100, deadline=None)
@given(lines())
def test_the_schema_of_a_line_takes_every_valid_line(line: dict[str, Any]) -> None:
    LINE.validate(line)


@settings(max_examples=30, deadline=None)
@given(plans(most=1))
def test_the_schema_of_a_plan_takes_every_valid_plan(plan: dict[str, Any]) -> None:
    PLAN.validate(plan)


@settings(max_examples=50, deadline=None)
@given(lines())
def test_marshmallow_loads_what_is_read(line: dict[str, Any]) -> None:
    schema = KINDS[line["kind"]]
    assert schema.load(line) == schema.read(line)
    assert schema.validate(line | {"id": 3, "unheard_of": 1}).keys() == {"id", "unheard_of"}


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_describes_each_of_its_fields(kind: str) -> None:
    properties = KINDS[kind].json_schema()["properties"]
    assert [name for name, schema in properties.items() if not schema.get("description")] == []


def test_defaults_need_no_key() -> None:
    assert defaults_schema().read({}) == {}
    assert "required" not in defaults_schema().json_schema()


def faults_of(field: PlanField[Any], value: object) -> tuple[Finding, ...]:
    """What a field refuses in a value; nothing when it reads it."""
    try:
        field.read(value)
    except Refused as error:
        return error.findings
    return ()


def codes_of(field: PlanField[Any], value: object) -> set[str]:
    """The codes of what a field refuses in a value."""
    return {finding.code for finding in faults_of(field, value)}


def at(value: Any, pointer: str) -> Any:
    """What a value holds at a pointer of plain keys."""
    for key in pointer.split("/")[1:]:
        value = value[int(key) if isinstance(value, list) else key]
    return value


def beyond_schema(finding: Finding, value: object) -> bool:
    """Whether a rule refuses what no schema can: values that contradict others, a bound on the number in a string."""
    if finding.code in BETWEEN_VALUES:
        return True
    there = at(value, finding.pointer) if finding.code in {"too-large", "too-small"} else None
    return isinstance(there, str) and AMOUNT.fullmatch(there) is not None


def agree(checked: Draft202012Validator, field: PlanField[Any], value: object) -> None:
    """Fail on a difference between a field and its schema, which does not know the rules beyond it."""
    faults = faults_of(field, value)
    assert checked.is_valid(value) == all(beyond_schema(fault, value) for fault in faults), (value, faults)

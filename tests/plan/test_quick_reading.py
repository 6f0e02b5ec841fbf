"""The quick way in reads what the careful one does, or leaves it to that one: the same plans, the same faults."""

import json
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import orjson
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from strategies import lines, plans

from carbon_api.errors import InputError
from carbon_api.plan.defaults import defaults_schema
from carbon_api.plan.kinds import KIND, KINDS
from carbon_api.plan.lines import Defaults, read_lines
from carbon_api.plan.load import load_plan, plan_of
from carbon_api.plan.mixes import read_shares
from carbon_api.plan.model import Plan
from carbon_api.plan.parts import MOST_MET, Part
from carbon_api.plan.quantities import LabelledField
from carbon_api.plan.quick_json import read_quickly
from carbon_api.plan.reader import read
from carbon_api.plan.schemas import AudienceSchema, PeriodSchema, PlanSchema
from carbon_api.plan.travel import TripItem
from scripts.bench.plans import bench_plan, mixed_plan

ROOT = Path(__file__).parents[2]
Document = dict[str, Any]

WRONG = st.sampled_from((
    *(None, True, False, -1, 0, -0.0, 1.9, 202.0, 1e15, 1.0000001e15, 1e308, 10**18, 10**19, 10**30, 5e-324),
    *("", "abc", "1.5 MB", "1,5 MB", "12 s", "60 %", "2 k", " 2 k", "1e3", "FR", "fr", "vidéo", "image", "carousel"),
    *('a"b', "a\\", "\u2028", "é\u0301", "\x7f", "\x01", "2026-02-30", "2026-03-01"),
    *([], {}, [1], [1, 0.5, 0.2, 0.1], {"value": 3}, {"value": 0.4, "source": "panel"}, {"value": 2, "per": "day"}),
    *({"value": 2, "unit": "MB"}, {"value": 1, "plus_minus": "10 %"}, {"value": True, "per": "view"}),
    *({"FR": 0.5, "BE": 0.5}, {"FR": 1, "BE": True}, {"phone": 0.5, "téléphone": 0.5}, {"phone": 1, "x": 0}),
))  # fmt: skip
KEYS = st.sampled_from(("cards", "format", "poids", "Poids", "x", "", "views", "vues", "impressions", "plus_minus"))
TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"(?:: )?|[-0-9.eE+]+')
OTHER_TOKENS = (
    *("NaN", "-Infinity", "1e400", "-0", "1E2", "0." + "3" * 30, "9" * 25, "1" + "0" * 450, "01", "[" * 40, "\u00a0"),
    *('"a\\u0022b"', '"\\u0000"', '"\\ud800"', '"\\ud83d\\ude00"', '"\\u00e9"', '"a\\\\"'),
)
HARD = {
    "a key twice": '{"name": "x", "name": "y", "lines": [%s]}',
    "a key twice behind quotes that are spelt": '{"name": "x", "name": "\\u0022\\u0022\\u0022\\u0022", "lines": [%s]}',
    "a key twice, deep": '{"name": "x", "lines": [{"country": {"FR": 1, "FR": 1}, %s]}',
    "NUL": '{"name": "x", "audience": {"description": "a\\u0000"}, "lines": [%s]}',
    "half a surrogate": '{"name": "x\\ud800", "lines": [%s]}',
    "a surrogate pair": '{"name": "x\\ud83d\\ude00\\"", "lines": [%s]}',
    "a long number": '{"name": "x", "seed": 1.' + "0" * 450 + ', "lines": [%s]}',
    "a number of many digits": '{"name": "x", "seed": 18446744073709551616, "lines": [%s]}',
    "not finite": '{"name": "x", "seed": NaN, "lines": [%s]}',
    "deep": '{"name": "x", "lines": [%s, ' + "[" * 40 + "]" * 40 + "]}",
    "nothing wrong": '{"name": "x", "lines": [%s]}',
}
LINE = '{"id": "a", "kind": "storage", "country": "FR", "volume": 1, "kept_for": 1}'


@st.composite
def changed(draw: st.DrawFn, of: st.SearchStrategy[Document]) -> Document:
    """A document with up to two of its values, or of its keys, exchanged for others."""
    document: Document = json.loads(json.dumps(draw(of)))
    for _ in range(draw(st.integers(0, 2))):
        node: Any = document
        while isinstance(node, dict | list) and node:
            places = list(node) if isinstance(node, dict) else range(len(node))
            place: Any = draw(st.sampled_from(places))
            if not isinstance(node[place], dict | list) or draw(st.integers(0, 4)) == 0:
                node[draw(KEYS) if isinstance(node, dict) and draw(st.booleans()) else place] = draw(WRONG)
                break
            node = node[place]
    return document


@st.composite
def texts(draw: st.DrawFn) -> bytes:
    """A plan as JSON, as any writer may lay it out, sometimes with a token changed into what JSON or we do not take."""
    how = {"ensure_ascii": draw(st.booleans()), "indent": draw(st.sampled_from((None, None, 1)))}
    text = json.dumps(draw(changed(plans(most=2))), **how)
    first, last = draw(st.sampled_from([match.span() for match in TOKEN.finditer(text)]))
    written = text[first:last]
    twice = (f'"name": "x", {written}', f'"kind": "ad", {written}', f"{written}{written}")
    other = written if draw(st.booleans()) else draw(st.sampled_from((*OTHER_TOKENS, *twice)))
    start = draw(st.sampled_from((b"", b"", b"\xef\xbb\xbf", b" \n", b"\xff")))
    return start + f"{text[:first]}{other}{text[last:]}".encode()


def outcome(work: Callable[[], Plan]) -> tuple[object, ...]:
    """A plan with its document to the last sign, or its refusal with every finding."""
    try:
        plan = work()
    except InputError as error:
        return type(error), error.detail, error.findings
    return plan, repr(plan.document)


@given(texts())
def test_a_text_says_the_same_in_a_hurry_and_with_care(data: bytes) -> None:
    assert outcome(lambda: load_plan(data, "json")) == outcome(lambda: plan_of(read(data, "json")))


@pytest.mark.parametrize("what", HARD)
def test_what_is_hard_to_see_is_seen(what: str) -> None:
    line = LINE.replace('"country": "FR", ', "").removeprefix("{") if "deep" in what and "key" in what else LINE
    data = (HARD[what] % line).encode()
    found = outcome(lambda: load_plan(data, "json"))
    assert found == outcome(lambda: plan_of(read(data, "json")))
    assert (what in {"nothing wrong", "a surrogate pair"}) == isinstance(found[0], Plan)


@given(changed(lines()))
def test_a_line_is_read_at_once_as_key_by_key(line: Document) -> None:
    for schema in (*KINDS.values(), defaults_schema()):
        assert isinstance(schema, Part)
        agree(schema, line)


@pytest.mark.parametrize("schema", [PlanSchema(), PeriodSchema(), AudienceSchema(), TripItem()], ids=lambda s: s.title)
@given(data=st.data())
def test_any_other_mapping_is_read_at_once_as_key_by_key(schema: Part, data: st.DataObject) -> None:
    agree(schema, data.draw(changed(plans(most=1)) | st.dictionaries(st.sampled_from(sorted(schema.readers)), WRONG)))


def agree(schema: Part, document: Document) -> None:
    """Fail where what is read at once is not what is read key by key, without a fault."""
    quick, (careful, faults) = schema._at_once(document), schema._key_by_key(document)
    assert (quick is None) == bool(faults)
    assert quick is None or repr(quick) == repr(careful)  # which tells 1 from 1.0 and True, and keeps the order


@pytest.mark.parametrize("word", ["panel", "view", "day", True, None])
@pytest.mark.parametrize("value", [1, 0.25, "25 %", "12 s", True, None, -1, 1e9])
@pytest.mark.parametrize("more", [{}, {"plus_minus": 0.1}, {"unit": "s"}, {"x": 1}])
def test_a_value_and_its_word_are_read_at_once_as_one_by_one(word: object, value: object, more: Document) -> None:
    labelled = [field for schema in KINDS.values() for field in schema.readers.values()]
    for field in labelled:
        if isinstance(field, LabelledField):
            mapping = {"value": value, field.key: word, **more}
            quick = field._plain(mapping)
            assert quick is None or quick == field._labelled(mapping)


def test_shares_of_two_spellings_of_one_name_are_given_twice() -> None:
    names = KINDS["ad"].readers["devices"].names  # type: ignore[attr-defined]  # of Mix, which `readers` does not tell
    assert read_shares({"téléphone": 0.5, "tv": 0.5}, names) == {"phone": 0.5, "tv": 0.5}
    [refused] = [KINDS["ad"].walk({"devices": {"phone": 0.5, "téléphone": 0.5}})[1]]
    assert [one.code for one in refused] == ["given-twice"]


@cache
def real_plans() -> dict[str, Document]:
    """The plans of the examples, of the cases and of the benchmark, each read as it is written."""
    files = [*(ROOT / "examples").iterdir()]
    found = {file.name: yaml.safe_load(file.read_text("utf-8")) for file in files if file.suffix != ".csv"}
    for file in (ROOT / "tests" / "cases").glob("*.yaml"):
        found |= {f"{file.stem} {case['title']}": case["plan"] for case in yaml.safe_load(file.read_text("utf-8"))}
    return found | {"bench": bench_plan(200), "mixed": mixed_plan(200)}


@pytest.mark.parametrize("name", real_plans())
def test_real_plans_take_the_quick_way_in(name: str) -> None:
    document = json.loads(json.dumps(real_plans()[name], default=str))
    for line in document["lines"]:
        kind = line.get("kind") or line.get("type")
        assert kind is None or KINDS[KIND.read(kind)]._at_once(line) is not None, line
    assert PlanSchema()._at_once(document) is not None
    assert read_quickly(orjson.dumps(document)) is not None
    assert read_quickly(json.dumps(document, indent=2).encode()) is not None


def test_what_is_kept_of_keys_has_an_end() -> None:
    schema = type(KINDS["storage"])()
    for number in range(MOST_MET + 10):
        schema._at_once({"volume": 1, f"kept{'_' * number}for": 1})
        assert len(schema._met) <= MOST_MET


def test_a_key_in_french_is_read_at_once_too() -> None:
    line = {"id": "a", "kind": "stockage", "pays": "FR", "volume": 1, "conservé pendant": "2 mois"}
    found, faults = read_lines([line], Defaults(), lambda finding: finding)
    assert not faults
    assert KINDS["storage"]._at_once(line) is not None
    assert found[0].line.id == "a"

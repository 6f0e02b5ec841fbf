"""One reader for JSON and YAML: the same values out of both, and nothing dangerous or ambiguous out of either."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from strategies import plans

from carbon_api.errors import BodyTooLarge, Finding, PlanInvalid, PlanUnreadable, UnsupportedMedia
from carbon_api.plan import reader
from carbon_api.plan.load import load_plan, load_plan_file
from carbon_api.plan.reader import MediaType, read, read_file

WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=8)
SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | WORDS
DOCUMENTS = st.dictionaries(
    WORDS, st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3))
)


def refusal(text: str | bytes, media_type: MediaType) -> Finding:
    """The one finding of a document that cannot be read."""
    with pytest.raises(PlanUnreadable) as caught:
        read(text.encode() if isinstance(text, str) else text, media_type)
    assert (caught.value.status, caught.value.exit_code) == (400, 3)
    [finding] = caught.value.findings
    assert finding.detail
    return finding


def pointers(value: Any, pointer: str = "") -> set[str]:
    """Every pointer into a value."""
    inside = value.items() if isinstance(value, Mapping) else enumerate(value) if isinstance(value, list) else ()
    steps = {f"{pointer}/{str(key).replace('~', '~0').replace('/', '~1')}": item for key, item in inside}
    return {pointer} | {found for where, item in steps.items() for found in pointers(item, where)}


class Quoting(yaml.SafeDumper):
    """Writes every text in quotes: what is a bare word to YAML 1.1 may be a number to YAML 1.2."""


Quoting.add_representer(str, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"'))


@given(DOCUMENTS)
def test_json_and_yaml_of_the_same_document_agree(inside: dict[str, Any]) -> None:
    document = {"document": inside}
    as_json = read(json.dumps(document, indent=1).encode(), "json")
    as_yaml = read(yaml.dump(document, Dumper=Quoting, allow_unicode=True, sort_keys=False).encode(), "yaml")
    assert as_json.value == as_yaml.value == document
    assert set(as_json.places()) == set(as_yaml.places()) == pointers(document)


@given(plans())
def test_json_is_read_alike_when_it_is_taken_for_yaml(plan: dict[str, Any]) -> None:
    text = json.dumps(plan, indent=1, ensure_ascii=False).encode()
    as_json, as_yaml = read(text, "json"), read(text, "yaml")
    assert as_json.value == as_yaml.value == plan
    assert as_json.places() == as_yaml.places()


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("NO", "NO"),
        ("yes", "yes"),
        ("on", "on"),
        ("012", 12),
        ("0o14", 12),
        ("0x1F", 31),
        ("1:30", "1:30"),
        ("9:16", "9:16"),
        ("2026-03-31", "2026-03-31"),
        ("1e-3", 0.001),
        ("1e3", 1000.0),
        ("1_000", "1_000"),
        ("+5", 5),
        (".5", 0.5),
        ("1.", 1.0),
        ("'12'", "12"),
        ('"true"', "true"),
        ("true", True),
        ("~", None),
        ("", None),
        ("60 %", "60 %"),
        ("1.2 M", "1.2 M"),
        ("|\n  two\n  lines", "two\nlines\n"),
    ],
)
def test_yaml_scalars_are_those_of_yaml_1_2(written: str, value: object) -> None:
    read_value = read(f"a: {written}\n".encode(), "yaml").value["a"]
    assert (type(read_value), read_value) == (type(value), value)


def test_keys_are_text_whatever_they_look_like() -> None:
    assert read(b"NO: 1\ntrue: 2\n1: 3\n1.5: 4\n", "yaml").value == {"NO": 1, "true": 2, "1": 3, "1.5": 4}


@pytest.mark.parametrize(
    ("media_type", "text", "code", "line"),
    [
        ("json", '{"a": 1,\n "a": 2}', "duplicate-key", 2),
        ("json", '{"a": [{"b": 1},\n {"c": 1, "c": 2}]}', "duplicate-key", 2),
        ("yaml", "a: 1\na: 2", "duplicate-key", 2),
        ("yaml", "a: {b: 1, b: 2}", "duplicate-key", 1),
        ("yaml", "1: a\n'1': b", "duplicate-key", 2),
        ("json", '{"a":\n NaN}', "not-finite", 2),
        ("json", '{"a": Infinity}', "not-finite", 1),
        ("json", '{"a": -Infinity}', "not-finite", 1),
        ("json", '{"a": 1,\n\n"b": 1e999}', "not-finite", 3),
        ("json", '{"a": -1e999}', "not-finite", 1),
        ("yaml", "a: .nan", "not-finite", 1),
        ("yaml", "a: -.inf", "not-finite", 1),
        ("yaml", "b: 1\na: 1e999", "not-finite", 2),
        ("json", '{"a": "\\ud800"}', "bad-character", None),
        ("json", '{"\\uDFFF": 1}', "bad-character", None),
        ("json", '{"a": ["\\u0000"]}', "bad-character", None),
        ("yaml", 'b: 1\na: "\\0"', "bad-character", 2),
        ("json", '{"a": ' + "9" * 5000 + "}", "number-too-long", 1),
        ("yaml", "a: " + "9" * 5000, "number-too-long", 1),
        ("json", '{"a": 0.' + "9" * 5000 + "}", "number-too-long", 1),
        ("yaml", "a: 0x" + "9" * 5000, "number-too-long", 1),
        ("yaml", "b: 1\na: 0." + "9" * 5000, "number-too-long", 2),
        ("json", "[" * 40 + "]" * 40, "too-deep", None),
        ("json", "[" * 200_000, "too-deep", None),
        ("json", '{"a":' * 40 + "1" + "}" * 40, "too-deep", None),
        ("yaml", "[" * 40 + "]" * 40, "too-deep", 1),
        ("yaml", "[" * 200_000, "too-deep", 1),
        ("json", "", "empty", None),
        ("yaml", " \n", "empty", None),
        ("json", "{'a': 1}", "not-json", 1),
        ("json", '{"a": 1,}', "not-json", 1),
        ("json", '{"a": 1} x', "not-json", 1),
        ("json", '{\n"a": 1', "not-json", 2),
        ("json", '{"a": 012}', "not-json", 1),
        ("json", '{"a": "tab\there"}', "not-json", 1),
        ("yaml", "a: [1\nb: 2", "not-yaml", 2),
        ("yaml", "a: b: c", "not-yaml", 1),
        ("yaml", "a: \x07", "not-yaml", None),
        ("yaml", 'a: "\\ud800"', "not-yaml", 1),
        ("yaml", "a: &x 1\nb: *x", "alias", 1),
        ("yaml", "a: *x", "alias", 1),
        ("yaml", "&x a: 1", "alias", 1),
        ("yaml", "a: !!python/object/apply:os.system [ls]", "tag", 1),
        ("yaml", "a: !!str 1", "tag", 1),
        ("yaml", "? [a]\n: 1", "key-not-text", 1),
        ("yaml", "a: 1\n---\nb: 2", "several-documents", 2),
    ],
)
def test_what_is_dangerous_or_ambiguous_is_refused(
    media_type: MediaType, text: str, code: str, line: int | None
) -> None:
    finding = refusal(text, media_type)
    assert (finding.code, finding.line) == (code, line)


def test_a_duplicate_key_is_pointed_to() -> None:
    assert refusal('{"lines": [{"id": "a"}, {"id": "b", "id": "c"}]}', "json").pointer == "/lines/1/id"
    assert refusal("lines:\n- id: a\n- id: b\n  id: c", "yaml").pointer == "/lines/1/id"


@pytest.mark.parametrize("number", ["NaN", "-Infinity", "1e999", "9" * 5000, "0." + "9" * 5000])
@pytest.mark.parametrize("rest", ["}]}", "}, }", "]]", "", "x", "name{name{"])
def test_a_number_that_cannot_be_read_is_pointed_to(number: str, rest: str) -> None:
    text = '{"NaN": "NaN", "li/nes": [{"1e999": 1},\n {"a": [1, ' + number + rest
    found = refusal(text, "json")
    assert (found.pointer, found.line) == ("/li~1nes/1/a/1", 2)
    as_yaml = {"NaN": ".nan", "-Infinity": "-.inf"}.get(number, number)
    found = refusal(f"NaN: 1\nli/nes:\n- 2\n- a: [1, {as_yaml}]", "yaml")
    assert (found.pointer, found.line) == ("/li~1nes/1/a/1", 4)


@given(
    st.lists(
        st.sampled_from(['"', "[", "]", "{", "}", ":", ",", "\n", "a", '"b": ', "\\u00", "\0", "-", "NaN", "1e400"])
    ),
    st.sampled_from(["json", "yaml"]),
)
def test_pieces_of_a_text_in_any_order_are_read_or_refused(pieces: list[str], media_type: MediaType) -> None:
    text = "".join(pieces)
    try:
        document = read(text.encode(), media_type)
    except PlanUnreadable:
        assert refusal(text, media_type)
    else:
        assert document.places().keys() <= pointers(document.value)


def test_a_bomb_of_aliases_is_refused_at_its_first_anchor() -> None:
    bomb = "a: &a [x]\n" + "".join(
        f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    assert refusal(bomb, "yaml").code == "alias"


def test_the_deepest_document_that_is_read() -> None:
    for media_type in ("json", "yaml"):
        assert read(b"[" * 32 + b"]" * 32, media_type).value
        assert refusal("[" * 33 + "]" * 33, media_type).code == "too-deep"


def test_text_is_utf_8_with_or_without_a_mark() -> None:
    assert read('\ufeff{"é": "😀"}'.encode(), "json").value == {"é": "😀"}
    assert read(b'{"a": "\\ud83d\\ude00"}', "json").value == {"a": "😀"}
    assert read("\ufeffé: 😀\r\nb: 1\r\n".encode(), "yaml").value == {"é": "😀", "b": 1}
    assert refusal("ok: 1\né: 1".encode("latin-1"), "yaml").line == 2
    assert refusal('{"a": 1}'.encode("utf-16"), "json").code == "not-utf-8"


def test_a_document_of_too_many_bytes_is_not_even_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MOST_BYTES", 10)
    with pytest.raises(BodyTooLarge, match="11 bytes; 10 at most"):
        read(b"\xff" * 11, "json")


YAML_PLAN = """\
# a plan
name: spring
lines:
  - id: a
    kind: ad
    country: FR
    platform: instagram
    format: image
    impressions: -3
"""


def test_a_finding_of_yaml_says_its_line() -> None:
    with pytest.raises(PlanInvalid) as caught:
        load_plan(YAML_PLAN.encode(), "yaml")
    assert [(finding.pointer, finding.line) for finding in caught.value.findings] == [("/lines/0/impressions", 9)]


def test_a_finding_of_something_missing_says_the_line_of_what_lacks_it() -> None:
    with pytest.raises(PlanInvalid) as caught:
        load_plan(b'{"name": "x",\n "lines": [\n  {"kind": "storage", "id": "s", "volume": 1}]}', "json")
    assert {(finding.pointer, finding.line) for finding in caught.value.findings} == {("/lines/0", 3)}


def test_a_finding_of_json_on_one_line_says_no_line() -> None:
    with pytest.raises(PlanInvalid) as caught:
        load_plan(b'{"name": "", "lines": [3]}', "json")
    assert [finding.line for finding in caught.value.findings] == [None, None]


def test_a_file_is_read_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "plan.YML").write_text(YAML_PLAN.replace("-3", "3"), "utf-8")
    assert load_plan_file(tmp_path / "plan.YML").name == "spring"
    (tmp_path / "plan.json").write_text('{"a": 1}', "utf-8")
    assert read_file(tmp_path / "plan.json").value == {"a": 1}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (b'{"a": "\\ud83d\\ude00"}', {"a": "😀"}),  # two escapes of JSON, which YAML does not take for one character
        (b'\xef\xbb\xbf \n{\t"a": 1e3}', {"a": 1000}),
        (b"[1]", [1]),
        (b"{}", {}),
        (b"{a: 012}", {"a": 12}),
        (b"a: 1", {"a": 1}),
    ],
)
def test_a_file_whose_name_says_nothing_is_read_as_it_begins(tmp_path: Path, text: bytes, value: object) -> None:
    (tmp_path / "plan").write_bytes(text)
    assert read_file(tmp_path / "plan").value == value


def test_a_file_that_cannot_be_opened_is_a_plan_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(PlanUnreadable, match=r"none\.yaml: there is no such file; check the path") as caught:
        load_plan_file(tmp_path / "none.yaml")
    assert caught.value.exit_code == 3
    (tmp_path / "folder.json").mkdir()
    with pytest.raises(PlanUnreadable, match=r"folder\.json is a folder"):
        load_plan_file(tmp_path / "folder.json")
    with pytest.raises(UnsupportedMedia, match=r"name it \.json, \.yaml or \.yml"):
        load_plan_file(tmp_path / "plan.xlsx")

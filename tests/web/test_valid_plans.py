"""A plan that is valid is always estimated: by JSON and by YAML, kept or not, with or without a range."""

import orjson
import yaml
from checked import CheckedClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.plan.strategies import Document, plans


class Quoting(yaml.SafeDumper):
    """Writes every text in quotes: PyYAML would leave bare some that YAML 1.2 takes for numbers."""


Quoting.add_representer(str, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"'))

PERSONAL = {"id", "created_at", "links"}


def priceable(plan: Document) -> Document:
    """The plan without what is sound in form and still refused, as nobody could price it."""
    return plan | {"lines": [_priceable(line) for line in plan["lines"]]}


def _priceable(line: Document) -> Document:
    if line["kind"] == "storage":
        return line | {"medium": "hdd"}  # nothing is published for tape
    if line["kind"] == "video" and "views" not in line:
        return {key: value for key, value in line.items() if key != "weight"}  # a weight per view, of unknown views
    return line


@given(plan=plans(), draws=st.sampled_from([100, 101]), ranged=st.booleans())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_valid_plan_is_always_estimated(client: CheckedClient, plan: Document, draws: int, ranged: bool) -> None:
    document = priceable(plan) | {"draws": draws, "range": ranged}
    kept = client.post("/v1/estimates", data=orjson.dumps(document), content_type="application/json")
    assert kept.status_code == 201, kept.text
    text = yaml.dump(document, Dumper=Quoting, allow_unicode=True, sort_keys=False)
    passing = client.post("/v1/estimates?persist=false", data=text, content_type="application/yaml")
    assert passing.status_code == 200, passing.text
    assert {key: value for key, value in passing.json.items() if key not in PERSONAL} == {
        key: value for key, value in kept.json.items() if key not in PERSONAL
    }
    assert client.get(kept.headers["Location"]).data == kept.data

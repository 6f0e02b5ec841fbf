"""Generated content in an answer: refusals where the plan was written, the trace, releases side by side, threads."""

import subprocess
import sys
from dataclasses import replace
from math import fsum

import orjson
import pytest
from drawn_plans import Document, estimate, plan
from releases import FIRST, SECOND, row, second_book, times

from carbon_api.errors import PackageMissing, PlanInvalid
from carbon_api.estimate.comparison.releases import compare_releases
from carbon_api.estimate.run import estimate_plan, trace_plan
from carbon_api.factor_book.book import book
from carbon_api.plan.load import load_plan, parse_plan

TEXT: Document = {"kind": "ai", "task": "text", "provider": "openai", "model": "gpt-4o", "country": "US"}
TEXT |= {"generated": 500, "output_tokens": 400}
IMAGES: Document = {"kind": "ai", "task": "image", "figure": "luccioni_image", "country": "US", "generated": 80}


def test_an_unknown_model_is_refused_where_it_was_written() -> None:
    written = "name: p\nlines:\n- id: a\n  kind: IA\n  tâche: texte\n  pays: US\n  générés: 3\n  jetons: 400\n"
    written += "  fournisseur: OpenAI\n  modèle: gpt-4oo\n"
    with pytest.raises(PlanInvalid) as refused:
        estimate_plan(load_plan(written.encode(), "yaml"), book())
    (finding,) = refused.value.findings
    assert (finding.pointer, finding.code, finding.line) == ("/lines/0/modèle", "unknown-model", 10)
    assert finding.detail.startswith('"gpt-4oo": ')
    assert finding.valid_values[0] == "gpt-4o"


def test_an_image_by_a_model_is_refused_with_the_figures_that_would_do() -> None:
    line = {
        "kind": "ai",
        "task": "image",
        "provider": "openai",
        "model": "gpt-image-1",
        "country": "US",
        "generated": 3,
    }
    with pytest.raises(PlanInvalid) as refused:
        estimate(plan([line]))
    (finding,) = refused.value.findings
    assert (finding.pointer, finding.code) == ("/lines/0", "task-not-priced")
    assert "luccioni_image" in finding.valid_values
    for name in finding.valid_values:
        assert estimate(plan([IMAGES | {"figure": name}]))["total"]["central"] > 0


def test_the_trace_says_which_model_was_asked_of_which_version() -> None:
    trace = trace_plan(parse_plan(plan([TEXT])), book())
    (table,) = trace["tables"]
    values = dict(zip(table["columns"], (trace["values"][place] for place in table["rows"][0]["values"]), strict=True))
    told = values["energy_per_token"]
    assert (told["source"], told["unit"], told["status"]) == ("ecologits-0.11.3", "kWh/token", "factor")
    assert told["locator"].startswith("llm_impacts of openai, gpt-4o: ")
    assert (table["activity"], table["rows"][0]["device"]) == ("compute", "")
    assert [one["formula"] for one in table["stages"]] == ["compute_use", "compute_embodied"]


def test_between_releases_every_row_has_its_share_and_none_is_left_over() -> None:
    changed = [times(row("ecologits.model_ratio"), 1.2), times(row("grid.ember", "US"), 0.5)]
    changed.append(times(row("ai.luccioni_image.energy_per_output"), 2))
    answer = compare_releases(parse_plan(plan([TEXT, IMAGES])), second_book(changed), FIRST, SECOND)
    shares = {one["factor"]: one["contribution"]["central"] for one in answer["changes"]}
    assert set(shares) == {one.id for one in changed}
    assert fsum(shares.values()) == pytest.approx(answer["difference"]["central"], rel=1e-9)


def test_a_release_that_names_another_ecologits_is_refused_and_not_answered_otherwise() -> None:
    other = replace(row("ecologits.model_ratio"), source="ecologits-0.12.0")
    second = second_book([other])
    document = plan([TEXT])
    assert (
        estimate_plan(parse_plan(document | {"factor_release": FIRST}), second)["total"] == estimate(document)["total"]
    )
    with pytest.raises(PackageMissing, match=r"EcoLogits 0\.12\.0, and 0\.11\.3 is installed"):
        estimate_plan(parse_plan(document | {"factor_release": SECOND}), second)


THREADS = """
import logging, orjson, sys
from concurrent.futures import ThreadPoolExecutor
from carbon_api.estimate.run import estimate_plan
from carbon_api.factor_book.book import book
from carbon_api.plan.load import parse_plan
document = orjson.loads(sys.argv[1])
release = book()
sys.setswitchinterval(1e-5)
with ThreadPoolExecutor(8) as pool:
    answers = set(pool.map(lambda _: orjson.dumps(estimate_plan(parse_plan(document), release)), range(24)))
assert len(answers) == 1
assert logging.getLoggerClass() is logging.Logger
sys.stdout.buffer.write(answers.pop())
"""


def test_threads_that_ask_first_together_get_one_answer() -> None:
    document = plan([TEXT, IMAGES, TEXT | {"model": "gpt-5", "country": {"US": 0.5, "FR": 0.5}}])
    command = [sys.executable, "-W", "error", "-c", THREADS, orjson.dumps(document).decode()]
    done = subprocess.run(command, capture_output=True, check=True)
    assert done.stdout == orjson.dumps(estimate(document))
    assert done.stderr == b""

"""A model that a package prices which this service lacks: refused, and not to be asked for again every other second."""

from dataclasses import replace

from checked import running

from carbon_api.factor_book.book import Book, book
from carbon_api.settings import Settings

MODEL = {"id": "m", "kind": "ai", "task": "text", "provider": "openai", "model": "gpt-4o", "country": "US"}
PLAN = {"name": "Named", "lines": [{**MODEL, "generated": 5, "output_tokens": 400}]}
NAMES, OTHER = "ecologits.model_ratio", "ecologits-0.12.0"  # the row that names the package, and another version of it


def test_somebody_must_install_it_first(settings: Settings) -> None:
    real = book()
    rows = tuple(replace(row, source=OTHER) if row.id == NAMES else row for row in real.rows)
    for app in running(settings, Book(rows, real.sources, real.releases)):
        answer = app.test_client().post("/v1/estimates", json=PLAN)
        assert (answer.status_code, answer.json["type"]) == (503, "/problems/package-missing")
        assert answer.headers["Retry-After"] == "3600"

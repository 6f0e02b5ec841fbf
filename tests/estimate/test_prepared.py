"""A release is laid out before the first plan: nothing of it is left to be worked out by each process for itself."""

import numpy as np
import pytest
from drawn_plans import plan

from carbon_api.estimate.prepared import prepare
from carbon_api.estimate.pricing import needs_of
from carbon_api.estimate.run import estimate_plan
from carbon_api.factor_book.book import Book, book, load
from carbon_api.gunicorn_conf import when_ready
from carbon_api.inventory.recipes import Recipes
from carbon_api.methods.catalog import METHODS
from carbon_api.plan.load import parse_plan

AD = {"id": "a", "kind": "ad", "platform": "tiktok", "format": "image", "country": "FR", "impressions": 1000}


def laid_out(the_book: Book) -> dict[str, Recipes]:
    known = the_book.release().worked_out
    return {id: known[tuple(needs_of(method).values())] for id, method in METHODS.items()}


def test_gunicorn_does_it_before_any_worker_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(book().release(), "worked_out", {})  # where other tests have left something
    when_ready(None)  # type: ignore[arg-type]  # it asks nothing of gunicorn
    assert laid_out(book())


def test_every_method_has_its_arrays_and_nobody_can_write_in_them() -> None:
    prepare(anew := load())
    for recipes in laid_out(anew).values():
        column = recipes.ledger.values()
        assert column.tolist() == [entry.value for entry in recipes.ledger.inputs]
        for array in (column, recipes.ledger.defaults()):
            with pytest.raises(ValueError, match="read-only"):
                np.copyto(array, 0)


def test_a_plan_lays_out_nothing_again() -> None:
    prepare(anew := load())
    before = laid_out(anew)
    estimate_plan(parse_plan(plan([AD])), anew)
    assert all(laid_out(anew)[id] is recipes for id, recipes in before.items())

"""What cannot be priced is a fault that names the field and what would do; never a zero."""

import pytest
from looking import SCOPE3, SRI, ad, inventory, line

from carbon_api.errors import PlanInvalid
from carbon_api.estimate.run import estimate_plan
from carbon_api.factor_book.book import book
from carbon_api.plan.model import Plan, Quantity

RELEASE = book().release(None)
EMBER, DCF = (set(RELEASE.countries(id)) for id in ("grid.ember", "grid.dcf"))


def test_tape_has_no_published_power() -> None:
    (fault,) = inventory(line("storage", medium="tape")).faults
    assert (fault.line, fault.field, fault.code) == (0, "medium", "value-not-priced")
    assert set(fault.valid_values) == {"hdd", "ssd"}


@pytest.mark.parametrize(("method", "lacking", "known"), [(SRI, EMBER - DCF, DCF), (SCOPE3, DCF - EMBER, EMBER)])
def test_a_country_that_the_method_s_grid_lacks_is_refused_with_those_it_has(
    method: str, lacking: set[str], known: set[str]
) -> None:
    country = min(lacking)
    (fault,) = inventory(ad(country={"FR": 0.5, country: 0.5}), method=method).faults
    assert (fault.field, fault.code) == ("country", "country-not-priced")
    assert country in fault.detail
    assert set(fault.valid_values) == known


@pytest.mark.parametrize("kind", ["ad", "storage"])
def test_a_given_grid_stands_in_for_a_country_that_is_not_there(kind: str) -> None:
    country = min(EMBER - DCF)
    built = inventory(line(kind, country={country: 1.0}, grid_intensity=Quantity(0.3)), method=SRI)
    assert not built.faults


def test_a_fault_leaves_the_other_lines_in() -> None:
    built = inventory(ad(), line("storage", medium="tape"), ad())
    assert [fault.line for fault in built.faults] == [1]
    assert sorted({row for table in built.tables for row in table.line.tolist()}) == [0, 2]


def test_what_was_refused_once_is_refused_alike_again_in_the_order_of_the_lines() -> None:
    lines = [line("storage", medium="tape"), ad(country={min(EMBER - DCF): 1.0}), ad(), line("storage", medium="tape")]
    first, again = inventory(*lines, method=SRI).faults, inventory(*lines, method=SRI).faults
    assert [fault.line for fault in first] == [0, 1, 3]
    assert first == again


def test_an_estimate_with_a_fault_is_refused_with_its_pointer() -> None:
    plan = Plan(name="plan", lines=(ad(), line("storage", medium="tape")), document={})
    with pytest.raises(PlanInvalid) as refused:
        estimate_plan(plan, book())
    (finding,) = refused.value.findings
    assert (finding.pointer, finding.code) == ("/lines/1/medium", "value-not-priced")
    assert set(finding.valid_values) == {"hdd", "ssd"}

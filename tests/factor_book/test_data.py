"""The published numbers as shipped: complete, of the form their schema gives, and some read again in their sources."""

import json
from datetime import date

import jsonschema
import pytest

from carbon_api.factor_book.book import book
from carbon_api.factor_book.entry import Row
from carbon_api.factor_book.reading import read_yaml
from carbon_api.units import factors_folder

ENTRIES = sorted(
    path.name for path in factors_folder().glob("*.yaml") if path.name not in {"sources.yaml", "releases.yaml"}
)
DEVICES = ("phone", "computer", "tablet", "tv")


@pytest.mark.parametrize(
    ("id", "country", "value", "unit"),
    [
        # Scope3 open methodology, docs/snippets, 7 July 2026
        ("scope3.network.fixed.energy_per_data", "world", 0.0165, "kWh/GB"),
        ("scope3.network.mobile.embodied_per_data", "world", 0.0087, "kgCO2e/GB"),
        ("scope3.edge.energy_per_data", "world", 0.00043, "kWh/GB"),
        ("scope3.tablet.embodied_per_time", "world", 0.09252, "kgCO2e/h"),
        ("scope3.tv.power", "world", 0.1368, "kWh/h"),
        ("scope3.phone.bitrate", "world", 0.36, "GB/h"),
        ("scope3.mobile_share", "IN", 0.68162, "1"),
        ("scope3.mobile_share", "FR", 0.236, "1"),
        ("scope3.selection.ad_server", "world", 4.3e-6, "kgCO2e/view"),
        # digital-carbon-framework 1.1.0, carbon/digital_carbon_framework.yml and iso2.yml
        ("sri.phone.app.power", "world", 0.002097122, "kWh/h"),
        ("sri.auction.time_per_request", "world", 5.56e-6, "h"),
        ("sri.network.mobile.energy_per_data", "world", 0.236, "kWh/GB"),
        ("sri.server.foreign_energy_per_data", "world", 0.0071, "kWh/GB"),
        ("sri.server.bandwidth", "world", 450.0, "GB/h"),
        ("sri.computer.daily_use", "world", 2.02, "h/calendar_day"),
        ("grid.dcf", "NO", 0.025080723, "kgCO2e/kWh"),
        ("grid.dcf", "world", 0.4787, "kgCO2e/kWh"),
        ("grid.dcf", "EU", 0.2307, "kgCO2e/kWh"),
        # Ember, as shipped in co2.js 0.19.0 and carbontracker 2.4.7; ADEME
        ("grid.ember", "FR", 0.04418, "kgCO2e/kWh"),
        ("grid.ember", "world", 0.47294, "kgCO2e/kWh"),
        ("grid.ember", "BM", 0.64062, "kgCO2e/kWh"),
        ("grid.ademe", "FR", 0.0461, "kgCO2e/kWh"),
        # publicodes-acv-numerique 2.1.0, its model; Greenspector, social-media-2021
        ("ademe.grid", "EU", 0.0519, "kgCO2e/kWh"),
        ("ademe.network.mobile.footprint", "EU", 0.0960097311973246, "kgCO2e/GB"),
        ("ademe.streaming.indirect_energy", "world", 357000000.0, "kWh/calendar_year"),
        ("ademe.support.footprint_per_area", "world", 187.0, "kgCO2e/m2"),
        ("ademe.desktop.footprint", "world", 338.39, "kgCO2e"),
        ("greenspector.tiktok.footprint_per_time", "world", 0.1578, "kgCO2e/h"),
        # Platforms, Mytton, Cloud Carbon Footprint, Boavizta
        ("platform.tiktok.video.bitrate", "world", 0.84, "GB/h"),
        ("platform.facebook.video.bitrate", "world", 0.3, "GB/h"),
        ("social.video.phone.bitrate", "world", 2.19, "GB/h"),
        ("platform.youtube.device.phone", "world", 0.73, "1"),
        ("resolution.1080p.bitrate", "world", 3.3, "GB/h"),
        ("live.facebook.1080p.bitrate", "world", 2.025, "GB/h"),
        ("creative.vertical.pixels", "world", 2073600.0, "px"),
        ("ccf.hdd.power_per_volume", "world", 6.5e-7, "kWh/GB/h"),
        ("storage.hdd.embodied_per_drive", "world", 31.11, "kgCO2e"),
        ("storage.ssd.embodied_per_drive", "world", 233.144124, "kgCO2e"),
    ],
)
def test_a_number_reads_as_published(id: str, country: str, value: float, unit: str) -> None:
    found = book().release("2026.11").find(id, country)
    assert found is not None
    assert (found.row.value, found.row.coherent_unit) == (value, unit)


def test_grids_hold_what_they_should_and_nothing_else() -> None:
    release = book().release("2026.11")
    counted = {id: len([row for row in release.rows if row.id == id]) for id in release.ids if id.startswith("grid.")}
    assert counted == {"grid.ademe": 2, "grid.dcf": 148, "grid.ember": 216}
    assert {"EU", "world", "FR", "TL"} <= set(release.countries("grid.ember"))
    left_out = {"CF", "EH", "AX", "MC", "YT"}  # a zero, a value of 2009, and countries that no open table covers
    assert left_out.isdisjoint(release.countries("grid.ember"))


def test_nothing_is_older_than_the_grids() -> None:
    assert [(row.id, row.valid_from) for row in book().release("2026.11").rows if row.valid_from < "2015"] == []


def grids(id: str) -> dict[str, list[Row]]:
    """The rows of a grid by country, the latest last."""
    found: dict[str, list[Row]] = {}
    for row in book().release("2026.11").rows:
        if row.id == id:
            found.setdefault(row.country, []).append(row)
    return found


def test_a_country_whose_grids_are_disputed_is_so_in_every_grid_and_year() -> None:
    ember, dcf = grids("grid.ember"), grids("grid.dcf")
    quarrels = {row.country: row.basis for rows in ember.values() for row in rows if "sources differ" in row.basis}
    assert len(quarrels) == 39
    for country, basis in quarrels.items():
        assert {row.basis for row in (*ember[country], *dcf.get(country, ()))} == {basis}
        assert basis.startswith("assumed: +/-25 %")


def test_the_grid_of_sri_is_disputed_where_it_differs_from_ember_s_by_half() -> None:
    ember, dcf = grids("grid.ember"), grids("grid.dcf")
    for country in ember.keys() & dcf.keys():
        one, (other,) = ember[country][-1], dcf[country]
        if max(one.value / other.value, other.value / one.value) >= 1.5:
            assert other.basis.startswith("assumed: +/-25 %"), country


def test_the_european_union_has_its_members_and_no_other() -> None:
    members = set(book().release("2026.11").countries("region.eu"))
    assert len(members) == 27
    assert {"FR", "HR", "GR", "IE"} <= members
    assert members.isdisjoint({"GB", "CH", "NO", "EU", "world"})


def test_rows_whose_sources_quarrel_say_so() -> None:
    release = book().release("2026.11")
    beside = ("travel.", "shipping.")
    rows = [row for row in release.rows if row.warning and "figure" not in row.tags and not row.id.startswith(beside)]
    assert {(row.id, row.country, row.warning) for row in rows} == {
        ("scope3.mobile_share", "FR", "replaced-factor"),
        ("scope3.tablet.embodied_per_time", "world", "suspect-factor"),
    }


def test_every_row_can_be_traced_and_is_in_order() -> None:
    release = book().release("2026.11")
    assert [row.index for row in release.rows] == list(range(len(release.rows)))
    assert release.values.tolist() == [row.value for row in release.rows]
    assert not release.values.flags.writeable
    for row in release.rows:
        assert row.low <= row.value <= row.high
        assert date.fromisoformat(row.checked_on) <= date.fromisoformat(row.review_by)
        assert book().sources[row.source].credit
        assert row.coherent_unit != "1" or row.unit != "%" or row.high <= 1


@pytest.mark.parametrize("device", DEVICES)
def test_a_creative_of_unknown_shape_covers_no_less_than_the_flattest_published(device: str) -> None:
    def number(id: str) -> float:
        found = book().release("2026.11").find(id)
        assert found, id
        return found.row.value

    width, height = number(f"scope3.{device}.screen_width"), number(f"scope3.{device}.screen_height")
    shapes = [id for id in book().release("2026.11").ids if id.endswith(".height_per_width")]
    flattest = min(width * number(shape) / height for shape in shapes)
    found = book().release("2026.11").find(f"scope3.{device}.coverage")
    assert found
    assert (found.row.low, found.row.high) == (pytest.approx(min(1, flattest), rel=1e-5), 1.0)


@pytest.mark.parametrize(
    ("power", "embodied"),
    [
        *((f"scope3.{device}.power", f"scope3.{device}.embodied_per_time") for device in DEVICES),
        *((f"sri.{device}.power", f"sri.{device}.embodied") for device in ("computer", "tablet", "tv")),
        *(
            (f"ademe.{device}.power", f"ademe.{device}.footprint")
            for device in ("phone", "tablet", "laptop", "desktop", "tv")
        ),
        ("sri.phone.app.power", "sri.phone.embodied"),
        ("sri.phone.browser.power", "sri.phone.embodied"),
    ],
)
def test_the_rows_of_a_device_are_held_against_the_same_sources(power: str, embodied: str) -> None:
    known = {"SRI", "ADEME", "GMSF", "Plan Carbone General", "Scope3 before October 2025", "Boavizta"}

    def named(id: str) -> set[str]:
        found = book().release("2026.11").find(id)
        assert found, id
        return {name for name in known if name in found.row.basis}

    assert named(power) == named(embodied)
    assert known - named(power) <= ({"Plan Carbone General"} if ".tv." in power else set())


def test_france_has_the_doubt_of_the_world_value_that_stands_in_and_none_of_the_value_left_out() -> None:
    france, world = (book().release("2026.11").find("scope3.mobile_share", country) for country in ("FR", "world"))
    assert france
    assert world
    assert [getattr(france.row, key) for key in ("value", "low", "high", "basis")] == [
        getattr(world.row, key) for key in ("value", "low", "high", "basis")
    ]


@pytest.mark.parametrize(
    ("id", "year"),
    [
        ("scope3.network.fixed.energy_per_data", "2023"),  # the French regulator's study, data of 2023
        ("scope3.phone.power", "2025"),  # Base Empreinte, Numerique 2.0
        ("scope3.mobile_share", "2024"),  # ITU DataHub 2024
        ("scope3.time_in_view", "2015"),  # a default, of no year
        ("scope3.storage.hdd.share", "2015"),  # a hypothesis, of no year
        ("sri.auction.vm_power", "2016"),  # ADEME, Conso IT 2016
        ("sri.auction.vms_per_server", "2021"),  # IBM 2021
        ("sri.pue", "2022"),  # ADEME-Arcep 2022
        ("sri.server.local_share", "2020"),  # French Senate, report r19-5551
        ("sri.phone.app.power", "2019"),  # Greenspector and Atos 2019
        ("sri.phone.daily_use", "2021"),  # eMarketer 2021
        ("sri.phone.embodied", "2022"),  # list of August 2022
    ],
)
def test_a_number_begins_in_the_year_its_data_describes(id: str, year: str) -> None:
    release = book().release("2026.11")
    assert {row.valid_from for row in release.rows if row.id == id} == {f"{year}-01-01"}


def test_of_both_methods_only_the_devices_of_2025_are_later_than_a_plan_of_2024() -> None:
    release = book().release("2026.11")
    late = {row.id for row in release.rows if row.id.startswith(("scope3.", "sri.")) and row.valid_from > "2024-01-01"}
    devices = {f"scope3.{device}.{part}" for device in DEVICES for part in ("power", "embodied_per_time")}
    assert late == devices


def test_rows_that_move_together_have_a_name_people_can_read() -> None:
    """A group is shown as a driver of the range: it must not be the id of a factor."""
    release = book().release("2026.11")
    assert [row.id for row in release.rows if row.shape != "exact" and row.group == row.id] == []


@pytest.mark.parametrize("name", ENTRIES)
def test_files_have_the_form_their_schema_gives(name: str) -> None:
    schema = json.loads((factors_folder() / "schema.json").read_text("utf-8"))
    jsonschema.validate(read_yaml(factors_folder() / name), schema)

"""What holds between the parts of a plan: names, dates, people counted once; and what its keys may be called."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from refusing import line, only, plan, read, refusals, refused, the_refusal
from strategies import lines, plans

from carbon_api.advice.asked import RecommendationSchema
from carbon_api.errors import BodyTooLarge
from carbon_api.plan import french
from carbon_api.plan.compared import ComparisonSchema
from carbon_api.plan.kinds import KINDS
from carbon_api.plan.load import parse_plan
from carbon_api.plan.model import Audience, Plan, Quantity
from carbon_api.plan.parts import Part, PartsField
from carbon_api.plan.schemas import PartField, PlanSchema


@given(plans())
def test_every_valid_plan_is_accepted_as_it_was_written(document: dict[str, Any]) -> None:
    read_plan = parse_plan(document)
    assert [read_line.id for read_line in read_plan.lines] == [written["id"] for written in document["lines"]]
    assert read_plan.document is document


def test_a_plan_keeps_what_is_said_of_it() -> None:
    said = {
        "brand": "Maison",
        "period": {"start": "2026-03-01", "end": "2026-03-31"},
        "currency": "CHF",
        "method": "sri-2.1",
        "factor_release": "2026.11",
        "audience": {"description": "people who sew", "size": "2 M"},
    }
    kept = read(line("ad"), **said, range=False, draws=500, seed=7)
    assert (kept.name, kept.brand, str(kept.start), str(kept.end)) == ("spring", "Maison", "2026-03-01", "2026-03-31")
    assert (kept.currency, kept.method, kept.factor_release) == ("CHF", "sri-2.1", "2026.11")
    assert kept.audience == Audience(description="people who sew", size=Quantity(2e6))
    assert (kept.uncertainty.range, kept.uncertainty.draws, kept.uncertainty.seed) == (False, 500, 7)
    plain = read(line("ad"))
    assert (plain.currency, plain.uncertainty.range, plain.uncertainty.draws) == ("EUR", True, 2000)


def test_an_id_is_that_of_one_line() -> None:
    found = the_refusal(line("ad", id="a"), line("post", id="b"), line("story", id="a"))
    assert (found.pointer, found.code) == ("/lines/2/id", "given-twice")
    assert "/lines/0" in found.detail


def test_lines_run_within_the_period() -> None:
    period = {"start": "2026-03-01", "end": "2026-03-31"}
    assert read(line("ad", start="2026-03-01", end="2026-03-31"), period=period)
    assert refused(line("ad", start="2026-02-28"), period=period) == [("/lines/0/start", "contradiction")]
    assert refused(line("ad", end="2026-04-01"), period=period) == [("/lines/0/end", "contradiction")]
    assert refused(line("ad", start="2026-04-01"), period=period) == [("/lines/0/start", "contradiction")]
    assert read(line("ad", end="2027-04-01"), period={"start": "2026-03-01"})


def test_nobody_is_reached_outside_the_audience() -> None:
    assert read(line("ad", reach=500), audience={"size": 500})
    assert refused(line("ad", reach=501), audience={"size": 500}) == [("/lines/0/reach", "contradiction")]
    assert refused(line("ad", couverture=501), audience={"taille": 500}) == [("/lines/0/couverture", "contradiction")]


@pytest.mark.parametrize("kind", ["post", "story", "video", "influencer"])
def test_paid_views_are_counted_once(kind: str) -> None:
    ad = line("ad", id="paid", content_id="film")
    assert refused(ad, line(kind, content_id="film")) == [("/lines/1", "missing-field")]
    twice = the_refusal(ad, line(kind, content_id="film", views_include_paid=True))
    assert (twice.pointer, twice.code) == ("/lines/1/views_include_paid", "counted-twice")
    assert 'ad "paid"' in twice.detail
    assert "subtract them" in twice.detail
    assert read(ad, line(kind, content_id="film", views_include_paid=False))
    assert read(ad, line(kind, content_id="another film"))
    assert read(line(kind, content_id="film", views_include_paid=True))
    assert read(line("ad"), line(kind))


def test_a_replay_names_its_live() -> None:
    live = line("live", id="show")
    assert read(line("video", replay_of="show"), live).lines[0].replay_of == "show"
    found = the_refusal(live, line("video", replay_of="shaw"))
    assert (found.pointer, found.code, found.valid_values) == ("/lines/1/replay_of", "unknown-line", ("show",))
    assert refused(line("ad", id="show"), line("video", replay_of="show")) == [("/lines/1/replay_of", "unknown-line")]
    spoilt = line("live", id="show", viewer_minutes=-1)
    assert refused(spoilt, line("video", replay_of="show")) == [("/lines/0/viewer_minutes", "negative")]


def test_a_plan_has_so_many_lines_and_no_more() -> None:
    two = plan(line("ad", id="a"), line("ad", id="b"))
    assert len(parse_plan(two, max_lines=2).lines) == 2
    with pytest.raises(BodyTooLarge, match="2 lines; 1 at most") as caught:
        parse_plan(two, max_lines=1)
    assert (caught.value.status, caught.value.exit_code) == (413, 3)


FRENCH = {
    "nom": "printemps",
    "marque": "Maison",
    "Devise": "EUR",
    "méthode": "sri-2.1",
    "période": {"début": "2026-03-01", "FIN": "2026-03-31"},
    "audience": {"description": "gens qui cousent", "taille": "2 M"},
    "défauts": {"pays": "FR", "Appareils": {"téléphone": "80 %", "ordinateur": 0.2}, "réseau": {"fixe": 1}},
    "lignes": [
        {
            "id": "reels",
            "kind": "publicité",
            "Plateforme": "Instagram",
            "COUVERTURE": "1 M",
            "Répétition": 2.5,
            "% sur cible": "60 %",
            "Temps à l’écran": "3 s",
            "Durée créa": 15,
            "emplacement": "reels",
            "achat": "programmatique",
            "objectif": "notoriété",
            "ciblage": "couture",
        },
        {"id": "p", "kind": "publication", "plateforme": "X", "publications": 2, "vues_par_publication": 9, "poids": 1},
        {"id": "v", "kind": "vidéo", "plateforme": "YouTube", "minutes vues": 60, "débit": 2},
        {"id": "d", "kind": "direct", "plateforme": "twitch", "spectateurs moyens": 20, "durée_du_direct": "2 h"},
        {"id": "w", "kind": "page_d_atterrissage", "visites": 20, "poids": "2 Mo", "temps_a_l_ecran": 30},
        {"id": "s", "kind": "stockage", "volume": "2 To", "conservé pendant": "3 mois", "copies": 2},
        {"id": "t", "kind": "déplacement", "moyen de transport": "avion", "distance": "1200 km", "aller-retour": True}
        | {"vols": 2, "personnes": 3, "cabine": "éco", "type de voyageur": "prestataire"},
        {
            "id": "i",
            "kind": "influenceur",
            "plateforme": "TikTok",
            "poids": 2,
            "créateurs": 4,
            "publications par créateur": 2,
            "vues par publication": "10 k",
            "voyages": [
                {"mode": "train", "type de train": "tgv", "distance": 900, "voyageurs": 2},
                {"mode": "hôtel", "nuitées": 3, "pays": "ES"},
                {"mode": "voiture", "motorisation": "gazole", "distance": 90, "véhicules": 1},
            ],
            "envois": [{"mode": "camion", "colis": 40, "poids": "800 g", "distance": 500}],
        },
    ],
}  # fmt: skip
ENGLISH = {
    "name": "printemps",
    "brand": "Maison",
    "currency": "EUR",
    "method": "sri-2.1",
    "period": {"start": "2026-03-01", "end": "2026-03-31"},
    "audience": {"description": "gens qui cousent", "size": 2e6},
    "defaults": {"country": "FR", "devices": {"phone": 0.8, "computer": 0.2}, "network": {"fixed": 1}},
    "lines": [
        {
            "id": "reels",
            "kind": "ad",
            "platform": "instagram",
            "reach": 1e6,
            "frequency": 2.5,
            "on_target_share": 0.6,
            "time_on_screen": 3,
            "creative_length": 15,
            "placement": "reels",
            "buying": "programmatic",
            "objective": "notoriété",
            "targeting": "couture",
        },
        {"id": "p", "kind": "post", "platform": "x", "posts": 2, "views_per_post": 9, "weight": 1},
        {"id": "v", "kind": "video", "platform": "youtube", "minutes_watched": 60, "bitrate": 2},
        {"id": "d", "kind": "live", "platform": "twitch", "average_viewers": 20, "live_duration": 120},
        {"id": "w", "kind": "landing_page", "visits": 20, "weight": 2, "time_on_screen": 30},
        {"id": "s", "kind": "storage", "volume": 2, "kept_for": 3, "copies": 2},
        {"id": "t", "kind": "travel", "mode": "plane", "distance": 1200, "round_trip": True}
        | {"flights": 2, "people": 3, "cabin": "economy", "traveller": "supplier"},
        {
            "id": "i",
            "kind": "influencer",
            "platform": "tiktok",
            "weight": 2,
            "creators": 4,
            "posts_per_creator": 2,
            "views_per_post": 10_000,
            "travel": [
                {"mode": "train", "rail": "tgv", "distance": 900, "people": 2},
                {"mode": "hotel", "nights": 3, "country": "ES"},
                {"mode": "car", "fuel": "diesel", "distance": 90, "vehicles": 1},
            ],
            "shipping": [{"mode": "truck", "parcels": 40, "weight": 0.8, "distance": 500}],
        },
    ],
}  # fmt: skip


def test_french_names_say_the_same_as_english_ones() -> None:
    assert without_document(parse_plan(FRENCH)) == without_document(parse_plan(ENGLISH))


def without_document(of: Plan) -> Plan:
    return replace(of, document={})


def keys(part: Part) -> set[str]:
    """The English names of a mapping's keys, and of those inside it."""
    inside = [field.part for field in part.readers.values() if isinstance(field, (PartField, PartsField))]
    return {*part.readers}.union(*map(keys, inside))


def test_every_key_has_one_name_however_it_is_written() -> None:
    requests = (ComparisonSchema(), RecommendationSchema())
    known = keys(PlanSchema()).union(*map(keys, (*requests, *KINDS.values())))
    for name in known:
        for written in (name, name.upper(), name.replace("_", " ").title(), name.replace("_", "-")):
            assert french.english(written) == name
    assert set(french._KEYS.values()) == known


def test_a_key_is_read_in_capitals_where_it_has_no_french_name_too() -> None:
    shouted = {key.upper(): value for key, value in line("ad", plays=5).items()}
    assert only(shouted, PERIOD={"START": "2026-03-01"}).plays == Quantity(5.0)


@given(lines(), st.sampled_from(("Couverture", "PAYS", "durée créa", "% sur cible", "x" * 10_000)))
def test_a_key_is_given_once_whatever_its_name(drawn: dict[str, Any], alias: str) -> None:
    name = french.english(alias) or ""
    findings = {finding.pointer: finding.code for finding in refusals(plan({**drawn, alias: drawn.get(name, "?")}))}
    spoilt = {f"/lines/0/{alias}", "/lines/0"}
    assert spoilt & findings.keys() or name not in drawn
    assert name not in drawn or findings[f"/lines/0/{alias}"] == "given-twice"


def test_findings_point_to_the_key_that_was_written() -> None:
    spoilt = {"nom": "x", "lignes": [{**line("ad", "impressions"), "Couverture": -1, "Répétition": "deux"}]}
    found = [(finding.pointer, finding.code) for finding in refusals(spoilt)]
    assert found == [("/lignes/0/Couverture", "negative"), ("/lignes/0/Répétition", "not-a-number")]

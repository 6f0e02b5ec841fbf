"""Lines of plans that travel and send parcels, and how a person reads them as the document of a method tells to."""

from described_lines import Case, Reading

TRIPS = [
    Case(
        "four creators in France, whom a flight there and back and parcels were sent for",
        {"kind": "influencer", "platform": "reddit", "format": "image", "creators": 4, "posts_per_creator": 2}
        | {"views_per_post": 500, "devices": {"phone": 1}}
        | {"travel": [{"mode": "plane", "distance": 650, "round_trip": True, "flights": 2, "people": 4}]}
        | {"shipping": [{"mode": "van", "parcels": 4, "weight": "800 g", "distance": 420}]},
        [
            Reading(
                "delivery",
                {"platform": "reddit", "feed": "reddit", "organic": "post", "slot": "post", "aspect": "vertical"}
                | {"creative": "display", "surface": "app"},
                {"line_views": 4000.0, "seen_share": 1.0, "images_per_view": 1.0},
                {"screen_time": "viewed_time", "data": "image_data"},
            ),
            Reading(
                "travel",
                {"seat": "average", "length": "500_to_1000", "contrails": "contrails"},
                {"line_people": 4.0, "line_distance": 1300.0},
                {},
                rows=frozenset({"flights"}),
            ),
            Reading(
                "shipping",
                {"carrier": "van"},
                {"line_parcels": 4.0, "weight_per_parcel": 0.8, "line_distance": 420.0},
                {},
                rows=frozenset({"by_road"}),
            ),
        ],
    ),
    *(
        Case(
            f"a trip of which the document says how it is priced: {how}",
            {"kind": "travel", **line},
            [Reading("travel", places, given, {}, rows=frozenset({rows}), country=str(line.get("country", "FR")))],
        )
        for how, line, places, given, rows in [
            (
                "in business to the United Kingdom",
                {"mode": "plane", "distance": 700, "people": 3, "country": "GB", "haul": "short", "cabin": "business"},
                {"haul": "short", "seat": "business", "cabin": "business", "contrails": "contrails"},
                {"line_people": 3.0, "line_distance": 700.0},
                "flights",
            ),
            (
                "by coach where nothing is published",
                {"mode": "coach", "distance": "100 mi", "people": 30, "country": "PL"},
                {"ride": "coach"},
                {"line_people": 30.0, "line_distance": 160.9344},
                "rides",
            ),
            (
                "by the average car",
                {"mode": "car", "distance": 80, "vehicles": 2},
                {"fuel": "average"},
                {"line_vehicles": 2.0, "line_distance": 80.0},
                "drives",
            ),
            ("at a hotel", {"mode": "hotel", "nights": 6, "country": "ES"}, {}, {"line_nights": 6.0}, "stays"),
        ]
    ),
]

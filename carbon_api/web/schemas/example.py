"""A plan that the description shows; a test sends it and holds it equal to `examples/first.json`."""

EXAMPLE = {
    "name": "First plan",
    "lines": [
        {
            "id": "reels-1",
            "kind": "ad",
            "platform": "instagram",
            "country": "FR",
            "format": "video",
            "impressions": 1000000,
            "creative_length": "15 s",
            "time_on_screen": {"value": 6, "unit": "s", "per": "impression"},
        }
    ],
}

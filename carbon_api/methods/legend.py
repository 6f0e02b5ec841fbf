"""What the words of a method's document mean, and the rules that are no formula: how a line becomes its values."""

from collections.abc import Mapping

from carbon_api.methods.method import Rows

CELLS = (
    "A line is priced cell by cell, one for each of its countries and devices (one for each country, where it or the "
    "method has no device mix), with every value in coherent units; its stages are the sums over its cells."
)
ACTIVITIES: Mapping[str, str] = {
    "delivery": "ads, posts, stories, videos, lives, landing pages and influencers' posts, as they reach screens",
    "storage": "storage lines, and the replay of a live",
    "compute": "ai lines",
    "travel": "travel lines, and the trips of influencers",
    "shipping": "parcels sent for influencers",
}
LOOK_UP = (
    "Of the patterns, the first whose places the line fills and whose factor has a row for the cell's country, or else "
    "for a region that the country is a member of (`regions`), or else for the world (a grid: for the world only if it "
    "has no other row; a grid with another after it: only for the country itself, and if that is no region). Of rows "
    "of several dates, the latest not after the start of the line, or else of the plan; the earliest, where all are "
    "later; without a start, the latest. A line with a value that no row gives is refused, and so is one that leaves "
    "haul or length open, or fills it in vain, where its country has factors that go by them. Where a pattern has no "
    "factors here, they are of hundreds of countries: /v1/factors/ and its id lists them."
)
ROWS: Mapping[Rows, str] = {
    "all": "every line of the activity",
    "ads": "lines of kind ad",
    "in_platform_ads": "lines of kind ad that are bought inside their platform: buying direct, the default of every "
    "placement but audience_network",
    "flights": "trips by plane",
    "rides": "trips by train and coach",
    "drives": "trips by car and taxi",
    "stays": "nights at a hotel",
    "by_road": "parcels by van and truck",
    "by_air": "parcels by plane",
    "by_energy": "lines of kind ai that a model prices, or a figure of energy",
    "by_model": "lines of kind ai that a model prices",
    "by_footprint": "lines of kind ai that name a figure of greenhouse gas",
}
VARIANTS: Mapping[str, str] = {
    "viewed_time": "the line is timed by an average over its views, or by the default time",
    "played_time": "the ad counts its plays, and its average time, or its quartiles, are per play",
    "watched_time": "the line says the whole time watched: minutes_watched, viewer_minutes, average_viewers x "
    "live_duration, or time_on_screen_total",
    "weighed_data": "the line says its weight",
    "streamed_data": "a video ad, post or story that says its creative_length, without weight: it is sent whole",
    "watched_data": "any other line without weight, unless it is still: what is watched is sent",
    "image_data": "a line of format image or carousel, without weight",
    "kept_volume": "a storage line",
    "recorded_volume": "the replay of a live, kept for replay_kept_for",
    "energy_of_text": "a text that a model prices",
    "energy_of_video": "a video that a model prices",
    "energy_of_figure": "the line names a figure of energy",
    "embodied_of_text": "a text that a model prices",
    "embodied_of_video": "a video that a model prices",
}
PLACES: Mapping[str, str] = {
    "device": "the device of the cell, phone, tablet, computer or tv: by its name in `devices` first, where it has one",
    "platform": "the line's platform",
    "feed": "the line's platform, unless it is an ad",
    "live": "the line's platform, where it is a live",
    "slot": "ad_image for ads of format image or carousel, ad_video for other ads, else the line's kind",
    "organic": "video for videos and lives, post for any other line that is no ad",
    "aspect": "aspect_ratio; vertical where the line says none",
    "creative": "display for the formats image and carousel, else video",
    "surface": "browser for landing pages, for the platform other and for the placement audience_network, else app",
    "buying": "buying; where an ad says none, programmatic on the placement audience_network, else direct",
    "resolution": "resolution",
    "haul": "haul",
    "seat": "cabin; average where the trip says none",
    "cabin": "cabin, where the trip says one and it is not average",
    "length": "the length of each flight, the whole distance (twice that of a round_trip) / flights, in km: under_500, "
    "500_to_1000, 1000_to_2000, 2000_to_5000 (each up to its end, left out) or over_5000",
    "contrails": "contrails; no_contrails in the reading without-contrails",
    "rail": "rail; national where a trip by train says none",
    "ride": "mode, where it is coach or taxi",
    "fuel": "fuel; average where a trip by car says none",
    "carrier": "mode of the parcels, where it is van or truck",
    "medium": "medium; hdd where the line says none, and for the replay of a live",
    "figure": "figure",
}
GIVEN: Mapping[str, str] = {
    "line_views": "impressions, views (posts x views_per_post) or visits [view]",
    "line_plays": "plays [view]",
    "line_watched": "the whole time watched, see watched_time [h]",
    "country_share": "the country's share of the line; 1 where it names one [1]",
    "device_share": "the device's share in devices; 1 where the method has no device mix [1]",
    "seen_share": "viewable_share where an ad says it and no time_on_screen, else 1 [1]",
    "time_per_view": "time_on_screen; or, by quartiles, creative_length x the mean of the trapezes under them; or "
    "creative_length where the placement cannot be skipped; neither this nor the factor is ever more than "
    "creative_length [h/view]",
    "data_per_view": "weight [GB/view]",
    "streamed_time_per_view": "creative_length [h/view]",
    "images_per_view": "cards of a carousel, else 1 [1/view]",
    "bitrate": "bitrate [GB/h]",
    "paths_per_view": "auction_paths, of an ad bought programmatically [path/view]",
    "mobile_share": "mobile, in network [1]",
    "grid_audience": "grid_intensity [kgCO2e/kWh]",
    "grid_region": "grid_intensity [kgCO2e/kWh]",
    "line_volume": "volume [GB]",
    "line_duration": "live_duration [h]",
    "kept_for": "kept_for or replay_kept_for [h]",
    "copies": "copies [1]",
    "line_people": "people [person]",
    "line_vehicles": "vehicles [vehicle]",
    "line_nights": "nights [night]",
    "line_distance": "distance, twice that of a round_trip [km]",
    "line_parcels": "parcels [parcel]",
    "weight_per_parcel": "weight of a parcel [kg/parcel]",
    "line_outputs": "generated, whether kept or not [output]",
    "tokens_per_output": "output_tokens [token/output]",
}
DEVICE_MIX = (
    "Where a line gives no devices, the first pattern of device_share that has any row is the whole mix: a cell for "
    "each device that it names, at that share. Where device_share has no pattern, devices are not told apart: it is 1."
)
COVERAGE = (
    "1 for ads whose placement fills the screen (reels, story, shorts, full_screen), stories, videos, lives and pages. "
    "Where any other line gives its aspect_ratio, the formula: a creative takes the whole width of the screen, "
    "in software pixels, and at most its height. Else the factor that screen_coverage names."
)
COVERED = "min(1, width * height_per_width / height)"
COUNTED: Mapping[str, str] = {
    "bids": "a number of bids, which no line of a plan holds [1]",
    "ad_calls": "a number of ad calls, each for one impression, which no line of a plan holds [view]",
}
EACH = {
    "output": "what EcoLogits gives a text of no token, or a whole video of this size, these seconds and this audio",
    "token": "what EcoLogits gives a text of a million tokens, beyond one of none, over a million",
}
MADE: Mapping[str, str] = {
    "energy_per_output": f"by provider and model: {EACH['output']} [kWh/output]",
    "energy_per_token": f"by provider and model: {EACH['token']} [kWh/token]",
    "embodied_per_output": f"by provider and model: {EACH['output']} [kgCO2e/output]",
    "embodied_per_token": f"by provider and model: {EACH['token']} [kgCO2e/token]",
}

"""The words a plan may use: names only, no numbers. What a platform or a country is worth is in the factor book."""

from collections.abc import Mapping
from math import inf
from typing import Literal, NamedTuple

PLATFORMS: Mapping[str, str] = {  # as written in a plan -> as shown to people
    "facebook": "Facebook",
    "instagram": "Instagram",
    "tiktok": "TikTok",
    "youtube": "YouTube",
    "x": "X",
    "linkedin": "LinkedIn",
    "snapchat": "Snapchat",
    "pinterest": "Pinterest",
    "reddit": "Reddit",
    "twitch": "Twitch",
    "threads": "Threads",
    "whatsapp": "WhatsApp",
    "bereal": "BeReal",
    "other": "Other",
}

PLATFORM_ALIASES: Mapping[str, tuple[str, ...]] = {  # as written in a plan -> what agencies also write
    "facebook": ("fb", "FB"),
    "instagram": ("ig", "IG", "insta", "Insta"),
    "tiktok": ("tik tok", "Tik Tok"),
    "youtube": ("yt", "YT"),
    "x": ("twitter", "Twitter", "X (Twitter)"),
    "linkedin": ("linked in", "Linked In"),
    "snapchat": ("snap", "Snap"),
}

DEVICES = ("phone", "tablet", "computer", "tv")
NETWORKS = ("fixed", "mobile")
FORMATS = ("image", "carousel", "video")
BUYING = ("direct", "programmatic")
OBJECTIVES: Mapping[str, tuple[str, ...]] = {  # what a line may be for -> what platforms and agencies also call it
    "awareness": ("brand awareness", "reach", "notoriété", "couverture"),
    "traffic": ("clicks", "trafic", "clics", "visites"),
    "engagement": ("community interaction", "interactions"),
    "video views": ("video view", "thruplay", "vues", "vues de vidéo", "vues vidéo"),
    "app promotion": ("app installs", "installations", "promotion d'application"),
    "leads": ("lead generation", "prospects", "génération de prospects"),
    "sales": ("conversions", "conversion", "website conversions", "ventes"),
    "loyalty": ("retention", "fidélité", "fidélisation"),
}
MEDIA = ("hdd", "ssd", "tape")
VOLUMES = ("planned", "delivered")
ON_TARGET_SOURCES = ("panel", "platform", "assumption")
MODES: Mapping[str, str] = {  # a way to travel -> what a trip by it is counted in, beside its distance
    "plane": "people",
    "train": "people",
    "coach": "people",
    "car": "vehicles",
    "taxi": "vehicles",
    "hotel": "nights",
}
CABINS = ("average", "economy", "premium_economy", "business", "first")
HAULS = ("domestic", "short", "long")
RAILS = ("national", "international", "tgv", "intercites", "ter", "rer", "metro", "tramway")
FUELS = ("average", "petrol", "diesel", "hybrid", "plug_in_hybrid", "electric", "lpg", "cng", "e85")
TRAVELLERS = ("staff", "supplier")
CARRIERS = ("van", "truck", "plane")
RESOLUTIONS = ("480p", "720p", "1080p", "1440p", "2160p")

TASKS = ("text", "image", "video")


class Figure(NamedTuple):
    """A published figure: the task that it is of, and whether it is the energy of one output or its footprint."""

    task: str
    of: Literal["energy", "footprint"] = "energy"


FIGURES: Mapping[str, Figure] = {  # as named in a plan; the numbers are in factors/ai.yaml
    "gemini_median_prompt": Figure("text"),
    "chatgpt_average_query": Figure("text"),
    "luccioni_text": Figure("text"),
    "mistral_large_2_answer": Figure("text", "footprint"),
    "luccioni_image": Figure("image"),
    "mlenergy_flux_1_dev": Figure("image"),
    "mlenergy_stable_diffusion_3_5_large": Figure("image"),
    "mlenergy_stable_diffusion_3_5_medium": Figure("image"),
}

ASPECT_RATIOS: Mapping[str, str] = {  # name -> width:height
    "square": "1:1",
    "portrait": "4:5",
    "vertical": "9:16",
    "landscape": "1.91:1",
    "wide": "16:9",
}


FLIGHT_LENGTHS: Mapping[str, float] = {  # name -> km that a flight of that length stays under
    "under_500": 500.0,
    "500_to_1000": 1000.0,
    "1000_to_2000": 2000.0,
    "2000_to_5000": 5000.0,
    "over_5000": inf,
}


class Placement(NamedTuple):
    """Where an ad is shown: over the whole screen? can it be skipped? outside the platform that sells it?"""

    full_screen: bool = False
    skippable: bool = True
    off_platform: bool = False


PLACEMENTS: Mapping[str, Placement] = {
    "feed": Placement(),
    "reels": Placement(full_screen=True),
    "story": Placement(full_screen=True),
    "shorts": Placement(full_screen=True),
    "in_stream": Placement(),
    "in_stream_non_skippable": Placement(skippable=False),
    "explore": Placement(),
    "search": Placement(),
    "right_column": Placement(),
    "marketplace": Placement(),
    "messages": Placement(),
    "full_screen": Placement(full_screen=True),
    "audience_network": Placement(off_platform=True),
    "other": Placement(),
}

# ISO 3166-1 alpha-2, every code assigned, then the user-assigned code in common use for Kosovo.
_ISO_COUNTRIES = """
    AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ
    CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO
    FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE
    JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO
    MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW
    PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM
    TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW
    XK
"""
COUNTRIES = (*_ISO_COUNTRIES.split(), "EU", "world")

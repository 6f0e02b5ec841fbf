"""The published criteria that levers answer: each publication named once, and each place in it."""

from carbon_api.advice.lever import Criterion

RGESN = "RGESN 2024"
WSG = "W3C Web Sustainability Guidelines (Group Note draft, 28 July 2026)"
GESTURES = "Alliance Digitale, Guide des écogestes de la publicité programmatique (2023)"
CNIL = "CNIL, délibération n° 2020-092 du 17 septembre 2020 (recommandation)"
ACTION_PLAN = "Ad Net Zero, Action Plan"
CHANNELS = "Union des marques, Réduire l’empreinte carbone des campagnes de communication"
RELEASE = "Publicis Media and IMPACT+, press release"

USEFUL = Criterion(RGESN, "1.1")
VIDEO_THAT_INFORMS = Criterion(RGESN, "4.6")
SOBEREST_MEDIUM = Criterion(RGESN, "4.7")
IMAGE_FORMAT = Criterion(RGESN, "5.1")
IMAGE_COMPRESSION = Criterion(RGESN, "5.2")
RESOLUTION = Criterion(RGESN, "5.3")
VIDEO_COMPRESSION = Criterion(RGESN, "5.4")
SOUND_ALONE = Criterion(RGESN, "5.5")
CONTENT_DELETED = Criterion(RGESN, "5.8")
PAGE_WEIGHT = Criterion(RGESN, "6.1")
RETENTION = Criterion(RGESN, "7.2")
HOSTED_WHERE = Criterion(RGESN, "8.6")
COPIES = Criterion(RGESN, "8.9")
INFERENCE = Criterion(RGESN, "9.7")

MEDIA = Criterion(WSG, "optimize-media-to-reduce-resource-use")
STORING = Criterion(WSG, "store-data-according-to-the-needs-of-your-users")
RESPONSIBLE_AI = Criterion(WSG, "establish-responsible-practices-around-ai-and-emerging-or-disruptive-technologies")

CAPPING = Criterion(GESTURES, "capping")
TARGETING = Criterion(GESTURES, "ciblage")
CREATIVES = Criterion(GESTURES, "créations")
SUPPLY_PATHS = Criterion(GESTURES, "optimisation des chemins d’achat")
VIEWABILITY = Criterion(GESTURES, "visibilité")

TRACKER_LIFE = Criterion(CNIL, "article 5")
PRODUCTION = Criterion(ACTION_PLAN, "Action 2: Reduce Emissions from Advertising Production")
BY_CHANNEL = Criterion(CHANNELS, "leviers par canal")
CONNECTION = Criterion(RELEASE, "connection targeting")
TERMINAL = Criterion(RELEASE, "terminal targeting")

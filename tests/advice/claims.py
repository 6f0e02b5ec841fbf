"""What a sentence about an estimate never says (design law 10), in English and in French, and who may say it."""

import re

# An estimate is no measurement and no promise; a campaign is not neutral, offset, green or clean.
NEVER = {
    "en": (
        r"measur\w*",
        r"(?:actual|real|true|exact)\s+(?:emission|footprint|impact|saving|figure|carbon|ghg)\w*",
        r"guarante\w*|certif(?:y|ied)|prov(?:en|ed)|undoubted\w*",
        r"neutral\w*|offset\w*|compensat\w*|decarboni[sz]\w*",
        r"net[-\s]*zero|zero[-\s]*(?:carbon|co2e?|ghg|emission|footprint|impact)\w*",
        r"(?:carbon|co2e?|ghg|emissions?|climate|impact)[-\s]*(?:free|less|negative|positive|friendly)",
        r"(?:no|without)\s+(?:any\s+)?(?:carbon|co2e?|ghg|emissions?|footprint)",
        r"low(?:er|est)?[-\s]*(?:carbon|emission|impact)s?",
        r"green(?:er|est|ness|wash\w*)?|clean(?:er|est)?",
        r"sustainab\w*|eco(?:[-\s]*(?:friendly|responsible|conscious|logical|designed))\w*|ecological\w*",
        r"environmental(?:ly)?[-\s]*(?:friendly|sound|responsible)|planet\w*|climate\s+action",
    ),
    "fr": (
        r"mesur\w*",
        r"(?:émissions?|empreintes?|impacts?|réductions?|économies?|chiffres?)\s+(?:réel|vrai|exact|effecti)\w*",
        r"réelle?s?|garanti\w*|certifié\w*|prouvé\w*",
        r"neutr\w*|compens\w*|décarbon\w*",
        r"(?:net[-\s]*)?zéro[-\s]*(?:carbone|co2e?|ges|émission|empreinte|impact|net)\w*|net[-\s]*zéro",
        r"(?:empreinte|émission|impact|bilan)s?\s+(?:carbone\s+)?nul(?:le)?s?",
        r"(?:sans|aucune?)\s+(?:carbone|co2e?|ges|émissions?|empreinte)",
        r"(?:plus\s+)?(?:bas(?:se)?s?|faibles?)[-\s]*(?:en\s+)?(?:carbone|émissions?)",
        r"vert(?:e|es|s)?|verdi\w*|durab\w*|planète\w*",
        r"éco[-\s]*(?:respons|concept|conçu|cito|friendly)\w*|écolo(?:s|gi\w*)?|climato?[-\s]*positi\w*",
        r"positi\w*\s+pour\s+le\s+climat|respectueu\w*|bon(?:ne)?s?\s+pour\s+(?:le\s+climat|l’environnement)",
        # One's own (ses propres appareils) is not clean.
        r"(?<!\bson )(?<!\bsa )(?<!\bses )(?<!\bleur )(?<!\bleurs )(?<!\bvotre )(?<!\bvos )propres?",
    ),
}
# Whose words these are: names of publications, what a publisher did, and our own denial.
MAY = (
    "Ad Net Zero",
    "Web Sustainability Guidelines",
    "as the study measured it",
    "telle que l’étude l’a mesurée",
    "never a measurement",
    "never measurements",
    "jamais une mesure",
)


# What each language was once let through saying.
CLAIMS = {
    "en": (
        *("a sustainable campaign", "a greener campaign", "It saves the planet.", "a climate-positive campaign"),
        *(
            "net zero",
            "net-zero advertising",
            "compensated by trees",
            "offset by planting",
            "an eco-responsible choice",
        ),
        *("low-carbon media", "a lower-carbon plan", "CO2-free delivery", "a carbon-free video", "a guaranteed saving"),
        *("the actual emissions of the campaign", "emission-free streaming", "planet-friendly posts"),
        *(
            "clean advertising",
            "measured emissions",
            "a carbon-neutral brand",
            "a zero-carbon story",
            "no emissions at all",
        ),
    ),
    "fr": (
        *("une campagne durable", "une marque écoresponsable", "une marque éco-responsable", "Elle sauve la planète."),
        *("des formats écologiques", "net zéro", "zéro émission", "zéro carbone", "une vidéo sans carbone"),
        *("un média bas carbone", "des publicités propres", "une réduction garantie", "les émissions réelles"),
        *("une empreinte nulle", "une campagne décarbonée", "une campagne plus verte", "des émissions compensées"),
        *("des émissions mesurées", "une campagne neutre en carbone", "bon pour le climat", "aucune émission"),
    ),
}


def claimed(text: str, language: str, may: tuple[str, ...] = MAY) -> str | None:
    """What a sentence claims that an estimate must not, if it does."""
    for words in may:
        text = re.sub(re.escape(words), "…", text, flags=re.IGNORECASE)
    text = re.sub(r"[\u00a0\u202f\s]+", " ", text)
    found = re.search(rf"\b(?:{'|'.join(NEVER[language])})\b", text, re.IGNORECASE)
    return found[0] if found else None

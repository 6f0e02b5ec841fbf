"""The names of keys, and the French that an agency types for keys and values.

Keys, English or French, are compared without accents, case, spaces, underscores, hyphens and apostrophes. Values are
taken as listed, in French with or without their accents; so are the keys inside a quantity.
"""

import unicodedata
from collections.abc import Mapping
from functools import lru_cache

_LONGEST = 60  # characters; no name comes near

_NAMES: Mapping[str, tuple[str, ...]] = {
    "name": ("nom",),
    "brand": ("marque",),
    "currency": ("devise",),
    "method": ("méthode",),
    "methods": ("méthodes",),
    "period": ("période",),
    "start": ("début",),
    "end": ("fin",),
    "size": ("taille",),
    "defaults": ("défauts",),
    "lines": ("lignes",),
    "platform": ("plateforme",),
    "country": ("pays",),
    "devices": ("appareils",),
    "network": ("réseau",),
    "objective": ("objectif",),
    "targeting": ("ciblage",),
    "on_target_share": ("% sur cible", "part_sur_cible"),
    "spend": ("dépenses", "budget_net"),
    "reach": ("couverture",),
    "frequency": ("répétition",),
    "frequency_cap": ("plafond_de_répétition",),
    "views": ("vues",),
    "posts": ("publications",),
    "views_per_post": ("vues_par_publication",),
    "creative_length": ("durée_créa",),
    "time_on_screen": ("temps_à_l_écran",),
    "weight": ("poids",),
    "bitrate": ("débit",),
    "resolution": ("résolution",),
    "placement": ("emplacement",),
    "buying": ("achat",),
    "auction_paths": ("chemins_d_enchères",),
    "visits": ("visites",),
    "kept_for": ("conservé_pendant", "durée_de_conservation"),
    "minutes_watched": ("minutes_vues",),
    "viewer_minutes": ("minutes_spectateurs",),
    "average_viewers": ("spectateurs_moyens",),
    "live_duration": ("durée_du_direct",),
    "travel": ("voyages", "déplacements"),
    "mode": ("moyen_de_transport",),
    "round_trip": ("aller_retour",),
    "people": ("personnes", "voyageurs"),
    "vehicles": ("véhicules",),
    "nights": ("nuits", "nuitées"),
    "cabin": ("cabine",),
    "flights": ("vols",),
    "fuel": ("carburant", "motorisation"),
    "traveller": ("type_de_voyageur",),
    "rail": ("type_de_train",),
    "creators": ("créateurs", "influenceurs"),
    "posts_per_creator": ("publications_par_créateur",),
    "shipping": ("envois", "expéditions"),
    "parcels": ("colis",),
    "task": ("tâche", "modalité"),
    "provider": ("fournisseur",),
    "model": ("modèle",),
    "generated": ("générés", "générées"),
    "kept": ("gardés", "gardées"),
    "output_tokens": ("jetons", "jetons_de_sortie"),
    "seconds": ("secondes",),
    "audio": ("son",),
    "figure": ("chiffre_publié",),
    "levers": ("leviers",),
    "together": ("ensemble",),
    "enough": ("plafond",),
    "reallocate": ("réaffecter",),
}

# The keys that have no French name of their own.
_ALIKE = """
    act_as aspect_ratio audience cards content_id copies cpm description distance draws factor_release factor_releases
    format grid_intensity haul id impressions kind medium plan plans plays quartiles range replay_kept_for replay_of
    seed time_on_screen_total viewable_share views_include_paid volume volumes
"""

VALUES: Mapping[str, tuple[str, ...]] = {
    "ad": ("publicité",),
    "post": ("publication",),
    "video": ("vidéo",),
    "live": ("direct",),
    "landing_page": ("page_d_atterrissage",),
    "storage": ("stockage",),
    "travel": ("voyage", "déplacement"),
    "influencer": ("influenceur", "influenceurs"),
    "plane": ("avion",),
    "coach": ("autocar",),
    "car": ("voiture",),
    "hotel": ("hôtel",),
    "economy": ("économique", "éco"),
    "premium_economy": ("éco_premium",),
    "business": ("affaires",),
    "first": ("première",),
    "average": ("moyenne",),
    "domestic": ("intérieur",),
    "short": ("court_courrier",),
    "long": ("long_courrier",),
    "petrol": ("essence",),
    "diesel": ("gazole",),
    "hybrid": ("hybride",),
    "plug_in_hybrid": ("hybride_rechargeable",),
    "electric": ("électrique",),
    "lpg": ("gpl", "GPL"),
    "cng": ("gnv", "GNV"),
    "staff": ("équipe", "salariés"),
    "supplier": ("prestataire", "créateur"),
    "van": ("camionnette",),
    "truck": ("camion",),
    "ai": ("IA", "ia"),
    "text": ("texte",),
    "carousel": ("carrousel",),
    "programmatic": ("programmatique",),
    "phone": ("téléphone",),
    "tablet": ("tablette",),
    "computer": ("ordinateur",),
    "fixed": ("fixe",),
    "square": ("carré",),
    "landscape": ("paysage",),
}


def english(key: str) -> str | None:
    """Return the English name of a key, however it is written, or None."""
    return _KEYS.get(folded(key)) if len(key) <= _LONGEST else None


def written_as(name: str, mapping: Mapping[str, object]) -> str | None:
    """Return the key of a mapping that stands for an English name, or None."""
    return name if name in mapping else next((key for key in mapping if english(key) == name), None)


def spellings(word: str) -> tuple[str, ...]:
    """Return the French spellings of a value's English word, with accents and without."""
    return tuple(
        dict.fromkeys(spelt for french in VALUES.get(word, ()) for spelt in (french, _without_accents(french)))
    )


@lru_cache(maxsize=1024)
def folded(key: str) -> str:
    return "".join(letter for letter in _without_accents(key).casefold() if letter.isalnum() or letter == "%")


def _without_accents(text: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))


_KEYS = {folded(spelt): name for name, frenches in _NAMES.items() for spelt in (name, *frenches)}
_KEYS |= {folded(name): name for name in _ALIKE.split()}

"""The French names that an agency types, for keys and for values.

Keys are compared without accents, case, spaces, underscores, hyphens and apostrophes; values are taken as listed.
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
    "period": ("période",),
    "start": ("début",),
    "end": ("fin",),
    "audience": ("audience",),
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
    "impressions": ("impressions",),
    "reach": ("couverture",),
    "frequency": ("répétition",),
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
    "visits": ("visites",),
    "volume": ("volume",),
    "copies": ("copies",),
    "kept_for": ("conservé_pendant", "durée_de_conservation"),
    "minutes_watched": ("minutes_vues",),
    "viewer_minutes": ("minutes_spectateurs",),
    "average_viewers": ("spectateurs_moyens",),
    "live_duration": ("durée_du_direct",),
}

VALUES: Mapping[str, tuple[str, ...]] = {
    "ad": ("publicité",),
    "post": ("publication",),
    "video": ("vidéo",),
    "live": ("direct",),
    "landing_page": ("page_d_atterrissage",),
    "storage": ("stockage",),
    "carousel": ("carrousel",),
    "programmatic": ("programmatique",),
    "phone": ("téléphone", "telephone"),
    "tablet": ("tablette",),
    "computer": ("ordinateur",),
    "fixed": ("fixe",),
    "square": ("carré",),
    "landscape": ("paysage",),
}


def english(key: str) -> str | None:
    """Return the English name of a French key, or None."""
    return _KEYS.get(_folded(key)) if len(key) <= _LONGEST else None


@lru_cache(maxsize=1024)
def _folded(key: str) -> str:
    letters = unicodedata.normalize("NFKD", key).casefold()
    return "".join(letter for letter in letters if letter.isalnum() or letter == "%")


_KEYS = {_folded(french): name for name, frenches in _NAMES.items() for french in frenches}

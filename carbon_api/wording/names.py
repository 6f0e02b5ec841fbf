"""What a plan writes for programs, as it stands in a sentence: kinds of line, stages and the countries most often seen.

A country that is not here is named by its code in both languages.
"""

from collections.abc import Iterable, Mapping

from carbon_api.wording.sentences import SENTENCES

Both = tuple[str, str]  # English, then French
KINDS: Mapping[str, Both] = {
    "ad": ("ad", "publicité"),
    "post": ("post", "publication"),
    "story": ("story", "story"),
    "video": ("video", "vidéo"),
    "live": ("live", "direct"),
    "influencer": ("influencer", "influenceur"),
    "landing_page": ("landing page", "page d’arrivée"),
    "storage": ("storage", "stockage"),
    "ai": ("AI", "IA"),
    "travel": ("travel", "déplacement"),
}
COUNTRIES: Mapping[str, Both] = {
    "AU": ("Australia", "Australie"),
    "AT": ("Austria", "Autriche"),
    "BE": ("Belgium", "Belgique"),
    "BR": ("Brazil", "Brésil"),
    "CA": ("Canada", "Canada"),
    "CH": ("Switzerland", "Suisse"),
    "CN": ("China", "Chine"),
    "CZ": ("Czechia", "Tchéquie"),
    "DE": ("Germany", "Allemagne"),
    "DK": ("Denmark", "Danemark"),
    "ES": ("Spain", "Espagne"),
    "EU": ("the European Union", "Union européenne"),
    "FI": ("Finland", "Finlande"),
    "FR": ("France", "France"),
    "GB": ("the United Kingdom", "Royaume-Uni"),
    "GR": ("Greece", "Grèce"),
    "IE": ("Ireland", "Irlande"),
    "IN": ("India", "Inde"),
    "IS": ("Iceland", "Islande"),
    "IT": ("Italy", "Italie"),
    "JP": ("Japan", "Japon"),
    "KR": ("South Korea", "Corée du Sud"),
    "LU": ("Luxembourg", "Luxembourg"),
    "MA": ("Morocco", "Maroc"),
    "MX": ("Mexico", "Mexique"),
    "NL": ("the Netherlands", "Pays-Bas"),
    "NO": ("Norway", "Norvège"),
    "NZ": ("New Zealand", "Nouvelle-Zélande"),
    "PL": ("Poland", "Pologne"),
    "PT": ("Portugal", "Portugal"),
    "RO": ("Romania", "Roumanie"),
    "SE": ("Sweden", "Suède"),
    "SG": ("Singapore", "Singapour"),
    "US": ("the United States", "États-Unis"),
    "ZA": ("South Africa", "Afrique du Sud"),
    "world": ("the world", "le monde"),
}


def countries(codes: Iterable[str]) -> Both:
    """Countries in a row, by name where there is one."""
    return _listed([COUNTRIES.get(code, (code, code)) for code in codes], (", ", ", "))


def stages(names: Iterable[str]) -> Both:
    """Stages in a row, as they stand inside a sentence."""
    return _listed([_inside(SENTENCES[name]) for name in names], (", ", ", "))


def kinds(names: Iterable[str]) -> Both:
    """Kinds of line, any of which would do."""
    return _listed([KINDS[name] for name in names], (" or ", " ou "))


def _inside(both: Both) -> Both:
    english, french = both
    return english[:1].lower() + english[1:], french[:1].lower() + french[1:]


def _listed(several: list[Both], last: Both) -> Both:
    """Names with commas, and `last` before the last of them."""
    english, french = (_in_a_row([both[place] for both in several], last[place]) for place in (0, 1))
    return english, french


def _in_a_row(names: list[str], last: str) -> str:
    return last.join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)

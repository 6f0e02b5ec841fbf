"""Every lever, in the order in which they are tried: sobriety, and tighter targeting first."""

from collections.abc import Mapping

from carbon_api.advice.lever import Lever
from carbon_api.advice.levers import models, parcels, shoots, targeting, travel, variants

LEVERS: Mapping[str, Lever] = {
    lever.id: lever
    for lever in (
        targeting.TIGHTER,
        targeting.EXCLUSIONS,
        travel.TRAIN,
        travel.ECONOMY,
        shoots.SHOOTS,
        shoots.LOCAL,
        parcels.SLOWER,
        variants.VARIANTS,
        models.SMALLER,
        models.IMAGE,
    )
}

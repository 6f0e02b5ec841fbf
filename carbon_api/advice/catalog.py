"""Every lever, in the order in which they are tried: sobriety, and tighter targeting first."""

from collections.abc import Mapping

from carbon_api.advice.lever import Lever
from carbon_api.advice.levers import (
    bytes,
    models,
    parcels,
    posts,
    region,
    resolution,
    retention,
    shoots,
    streams,
    targeting,
    travel,
    variants,
    wifi,
)

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
        bytes.LIGHTER_PAGE,
        bytes.LIGHTER_FILE,
        resolution.LOWER_RESOLUTION,
        wifi.WIFI_FIRST,
        retention.SHORTER_RETENTION,
        retention.FEWER_COPIES,
        region.LOWER_CARBON_REGION,
        streams.NO_REPLAY,
        streams.AUDIO_OPTION,
        posts.FEWER_POSTS,
    )
}

"""Every lever, in the order in which they are tried: sobriety, and tighter targeting first."""

from collections.abc import Mapping

from carbon_api.advice.lever import Lever
from carbon_api.advice.levers import (
    bytes,
    capping,
    data_kept,
    fewer_lines,
    inventory,
    models,
    parcels,
    posts,
    region,
    resolution,
    shoots,
    streams,
    targeting,
    television,
    travel,
    variants,
    video,
    wifi,
)

LEVERS: Mapping[str, Lever] = {
    lever.id: lever
    for lever in (
        targeting.TIGHTER,
        targeting.EXCLUSIONS,
        capping.CAP,
        inventory.VIEWABLE_ONLY,
        inventory.ON_PLATFORM,
        inventory.DIRECT_BUYING,
        inventory.CURATED_BUYING,
        video.SHORTER,
        video.IMAGE,
        television.LESS_TELEVISION,
        bytes.LIGHTER_PAGE,
        bytes.LIGHTER_FILE,
        resolution.LOWER_RESOLUTION,
        wifi.WIFI_FIRST,
        posts.FEWER_POSTS,
        travel.TRAIN,
        travel.ECONOMY,
        shoots.LOCAL,
        shoots.SHOOTS,
        parcels.SLOWER,
        streams.NO_REPLAY,
        streams.AUDIO_OPTION,
        data_kept.SHORTER_RETENTION,
        data_kept.FEWER_COPIES,
        region.LOWER_CARBON_REGION,
        variants.VARIANTS,
        models.SMALLER,
        models.IMAGE,
        fewer_lines.LEAST_WATCHED,
        fewer_lines.LESS,
    )
}

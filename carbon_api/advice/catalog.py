"""Every lever, in the order in which they are tried: sobriety, and tighter targeting first."""

from collections.abc import Mapping

from carbon_api.advice.lever import Lever
from carbon_api.advice.levers import capping, fewer_lines, inventory, targeting, television, video

LEVERS: Mapping[str, Lever] = {
    lever.id: lever
    for lever in (
        targeting.TIGHTER,
        targeting.EXCLUSIONS,
        capping.CAP,
        inventory.VIEWABLE_ONLY,
        inventory.ON_PLATFORM,
        inventory.DIRECT_BUYING,
        video.SHORTER,
        video.IMAGE,
        television.LESS_TELEVISION,
        fewer_lines.LEAST_WATCHED,
        fewer_lines.LESS,
    )
}

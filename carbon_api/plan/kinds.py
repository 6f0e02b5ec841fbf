"""The kinds of line, by name: the one place that knows them all."""

from collections.abc import Mapping

from carbon_api.plan.ad import AdSchema
from carbon_api.plan.ai import AiSchema
from carbon_api.plan.common import LineSchema
from carbon_api.plan.fields import Choice
from carbon_api.plan.influencer import InfluencerSchema
from carbon_api.plan.landing_page import LandingPageSchema
from carbon_api.plan.live import LiveSchema
from carbon_api.plan.organic import PostSchema, StorySchema, VideoSchema
from carbon_api.plan.storage import StorageSchema
from carbon_api.plan.travel import TravelSchema

KINDS: Mapping[str, LineSchema] = {
    "ad": AdSchema(),
    "post": PostSchema(),
    "influencer": InfluencerSchema(),
    "story": StorySchema(),
    "video": VideoSchema(),
    "live": LiveSchema(),
    "landing_page": LandingPageSchema(),
    "storage": StorageSchema(),
    "ai": AiSchema(),
    "travel": TravelSchema(),
}

KIND = Choice(KINDS, "kind")

KINDS_WITH: Mapping[str, tuple[str, ...]] = {  # name of a field -> the kinds that have it
    name: tuple(kind for kind, schema in KINDS.items() if name in schema.readers)
    for schema in KINDS.values()
    for name in schema.readers
}

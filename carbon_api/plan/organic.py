"""Organic content: posts, stories and videos that nobody paid the platform to show."""

from carbon_api.plan import measures as m
from carbon_api.plan.common import (
    CreativeSchema,
    aspect_ratio_field,
    cards_field,
    cards_of,
    format_field,
    format_of,
    kind_field,
    views_of,
)
from carbon_api.plan.fields import Flag, Text
from carbon_api.plan.given import Given
from carbon_api.plan.model import Post, Story, Video
from carbon_api.plan.quantities import QuantityField


class OrganicSchema(CreativeSchema):
    """What organic content may say."""

    views = QuantityField(m.COUNT, "Views, in all")
    views_include_paid = Flag("Do these views include those of an ad with the same content_id?")


class PublishedSchema(OrganicSchema):
    """What posts and stories may say."""

    posts = QuantityField(m.POSTS, "How many are published; with views_per_post it gives the views")
    views_per_post = QuantityField(m.COUNT, "Views of each; never with views")
    format = format_field()


class PostSchema(PublishedSchema):
    """Organic posts."""

    title = "line of kind post"
    makes = Post

    kind = kind_field("post")
    aspect_ratio = aspect_ratio_field()
    cards = cards_field()

    def build(self, given: Given) -> Post | None:
        """Return the posts, their views in all."""
        self.check(given)
        views, status = views_of(given)
        shape = format_of(given)
        cards = cards_of(given, shape)
        if given.faults or views is None:
            return None
        found = {"views": views, "views_status": status, "format": shape, "cards": cards}
        return Post(**self.arguments(given) | found)


class StorySchema(PublishedSchema):
    """Organic stories, full screen."""

    title = "line of kind story"
    makes = Story

    kind = kind_field("story")

    def build(self, given: Given) -> Story | None:
        """Return the stories, their views in all."""
        self.check(given)
        views, status = views_of(given)
        shape = format_of(given)
        if given.faults or views is None:
            return None
        return Story(**self.arguments(given) | {"views": views, "views_status": status, "format": shape})


class VideoSchema(OrganicSchema):
    """Organic video: minutes watched, or views and perhaps an average time."""

    title = "line of kind video"
    makes = Video

    kind = kind_field("video")
    minutes_watched = QuantityField(m.MINUTES, "Minutes watched, in all; never with views")
    replay_of = Text(120, "The id of the live line that this is the replay of")

    def build(self, given: Given) -> Video | None:
        """Return the video."""
        self.check(given)
        _check_watched(given)
        if given.faults:
            return None
        return Video(**self.arguments(given), watched=given.get("minutes_watched"))


def _check_watched(given: Given) -> None:
    given.at_most_one("minutes_watched", "views")
    given.at_most_one("minutes_watched", "time_on_screen_total")
    if not given.has("minutes_watched") and not given.has("views"):
        detail = "minutes_watched is missing: write it, or views and perhaps time_on_screen"
        given.refuse("", "missing-field", detail, ("minutes_watched", "views"))
    elif given.has("minutes_watched", "time_on_screen"):
        detail = "minutes_watched is the total time already; write views with time_on_screen, or leave it out"
        given.refuse("time_on_screen", "contradiction", detail)
    elif given.has("minutes_watched", "weight"):
        detail = "weight is for each view, and minutes_watched counts none; write views, or bitrate or resolution"
        given.refuse("weight", "contradiction", detail)

"""What a creative is taken to be where neither the plan nor the method says: by platform, then by Scope3's defaults."""

from collections.abc import Mapping

CREATIVE: Mapping[str, tuple[str, ...]] = {
    "time_per_view": (
        "platform.{platform}.{slot}.time_on_screen",
        "social.{organic}.time_on_screen",
        "scope3.time_in_view",
    ),
    "bitrate": (
        "live.{live}.{resolution}.bitrate",
        "resolution.{resolution}.bitrate",
        "platform.{feed}.{organic}.bitrate",
        "social.{organic}.{device}.bitrate",
        "social.{organic}.bitrate",
        "platform.{feed}.bitrate",
        "platform.{feed}.video.bitrate",
        "scope3.{device}.bitrate",
    ),
    "pixels_per_image": ("creative.{aspect}.pixels",),
    "bytes_per_pixel": ("scope3.image.bytes_per_pixel",),
    "compression_ratio": ("scope3.image.compression_ratio",),
}
MIX = ("platform.{platform}.device", "social.device")

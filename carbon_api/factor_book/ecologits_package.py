"""The EcoLogits package itself, without its electricity: energy and manufacture of a generation. Importing imports it.

Latency is the model's own estimate. What a text takes is one part for each output token and one that comes before the
first: two requests, of no token and of a million, tell the two apart, for the low and for the high alike.
"""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from ecologits.estimations.video import duration_to_frames, parse_resolution, video_impacts
from ecologits.impacts.llm import compute_llm_impacts
from ecologits.impacts.modeling import Impacts
from ecologits.model_repository import Model, ParametersMoE, models
from ecologits.tracers.utils import PROVIDER_CONFIG_MAP, ImpactsOutput
from ecologits.utils.range_value import RangeValue, ValueOrRange

from carbon_api.factor_book.asked import Asked, Ends, Note, NotPriced, Reckoned

MANY = 1_000_000  # tokens
NO_MIX = {f"if_electricity_mix_{of}": 0.0 for of in ("adpe", "pe", "gwp", "wue")}
COUNTRIES = {"USA": "US", "SWE": "SE", "SGP": "SG"}  # where EcoLogits takes data centres to be
# What people write for a provider, and what EcoLogits has: letters alone, since it calls Google one name or another.
ALSO = {"google": "googlegenai", "googlegenai": "google", "mistral": "mistralai", "huggingface": "huggingfacehub"}


def text(asked: Asked) -> Reckoned:
    """What a text takes, for each output token and beside them. Raises NotPriced."""
    provider = _provider(asked, PROVIDER_CONFIG_MAP)
    model = models.find_model(provider, asked.model)
    if model is None:
        raise NotPriced(asked, "model", names(asked))
    none, many = _request(model, 0), _request(model, MANY)
    values = {f"{name}_per_output": ends for name, ends in none.items()}
    values |= {f"{name}_per_token": _per_token(none[name], many[name]) for name in none}
    notes = [(warning.code, f"{provider}/{model.name}: {warning.message}") for warning in model.warnings]
    country = COUNTRIES[PROVIDER_CONFIG_MAP[provider].datacenter_location]
    return Reckoned(
        f"{provider}/{model.name}", f"llm_impacts of {provider}, {model.name}", values, country, tuple(notes)
    )


def video(asked: Asked) -> Reckoned:
    """What one clip takes. Raises NotPriced."""
    clips = _videos()
    provider = _provider(asked, clips)
    name = next((name for name in (asked.model, f"{provider}/{asked.model}") if name in clips[provider]), None)
    if name is None:
        raise NotPriced(asked, "model", names(asked))
    impacts = video_impacts(name, asked.size, asked.seconds, with_audio=asked.audio is not False)
    call = f"video_impacts of {name}, {asked.size}, {asked.seconds:g} s, {_sound(asked)}"
    values = {f"{of}_per_output": ends for of, ends in _ends_of(impacts).items()}
    configured = _data()["provider_configurations"][provider]
    return Reckoned(
        name, call, values, COUNTRIES[configured["datacenter_location"]], _remarks(asked, clips[provider][name])
    )


def names(asked: Asked) -> tuple[str, ...]:
    """The models of the provider that EcoLogits has for the task. Raises NotPriced where it has not the provider."""
    if asked.task == "video":
        return tuple(_videos()[_provider(asked, _videos())])
    provider = _provider(asked, PROVIDER_CONFIG_MAP)
    return tuple(one.name for one in models.list_models() if one.provider.value == provider)


def _sound(asked: Asked) -> str:
    return "without audio" if asked.audio is False else "with audio"


def _remarks(asked: Asked, model: Mapping[str, Any]) -> tuple[Note, ...]:
    """What was assumed of a clip, and whether it is one of those that EcoLogits fitted its regression to."""
    can, name, found = model["capabilities"], model["model_name"], []
    if asked.audio is None and can["audio_generation"]:
        found.append(("audio-assumed", f"{name}: no audio is said; priced with sound, as EcoLogits does by default"))
    frames, sizes = can["frames_count"], [sorted(size) for size in can["resolutions"]]
    fits = min(frames) <= duration_to_frames(asked.seconds) <= max(frames)
    if not fits or sorted(parse_resolution(asked.size)) not in sizes:
        of = ", ".join(f"{width}x{height}" for width, height in can["resolutions"])
        fitted = f"EcoLogits fitted it to {min(frames)} to {max(frames)} frames (24 a second) of {of}"
        found.append(("clip-extrapolated", f"{name}: {fitted}; this clip lies outside"))
    return tuple(found)


def _request(model: Model, tokens: int) -> dict[str, Ends]:
    """The energy and the manufacture of one request of so many output tokens."""
    active, total = _parameters(model)
    provider = PROVIDER_CONFIG_MAP[model.provider.value]
    impacts = compute_llm_impacts(
        model_active_parameter_count=active,
        model_total_parameter_count=total,
        output_token_count=tokens,
        datacenter_pue=provider.datacenter_pue,
        datacenter_wue=provider.datacenter_wue,
        tps=model.deployment.tps if model.deployment else None,
        ttft=model.deployment.ttft if model.deployment else None,
        **NO_MIX,
    )
    return _ends_of(impacts)


def _parameters(model: Model) -> tuple[ValueOrRange, ValueOrRange]:
    """The parameters at work for a token, and all of them; a dense model has all at work."""
    parameters = model.architecture.parameters
    return (parameters.active, parameters.total) if isinstance(parameters, ParametersMoE) else (parameters, parameters)


def _ends_of(impacts: Impacts | ImpactsOutput) -> dict[str, Ends]:
    energy, embodied = impacts.energy, impacts.embodied
    if energy is None or embodied is None:
        raise ValueError(f"EcoLogits gives nothing: {impacts}")
    return {"energy": _ends(energy.value), "embodied": _ends(embodied.gwp.value)}


def _ends(value: ValueOrRange) -> Ends:
    return (float(value.min), float(value.max)) if isinstance(value, RangeValue) else (float(value), float(value))


def _per_token(none: Ends, many: Ends) -> Ends:
    return (many[0] - none[0]) / MANY, (many[1] - none[1]) / MANY


def _provider(asked: Asked, known: Mapping[str, Any]) -> str:
    """The name that EcoLogits has for a provider: capitals, spaces and signs do not count."""
    by_letters = {_letters(name): name for name in known}
    letters = _letters(asked.provider)
    found = by_letters.get(letters) or by_letters.get(ALSO.get(letters, ""))
    if found is None:
        raise NotPriced(asked, "provider", tuple(known))
    return found


def _letters(name: str) -> str:
    return "".join(letter for letter in name.casefold() if letter.isalnum())


@cache
def _videos() -> dict[str, dict[str, Any]]:
    """The models of video by provider and name."""
    found: dict[str, dict[str, Any]] = {}
    for model in _data()["models"]:
        found.setdefault(model["provider"], {})[model["model_name"]] = model
    return found


@cache
def _data() -> dict[str, Any]:
    data: dict[str, Any] = json.loads((files("ecologits") / "data" / "video_models.json").read_text("utf-8"))
    return data

"""The reading of flights that travel and shipping share: what they come to without contrails."""

from carbon_api.methods.method import Reading

WITHOUT_CONTRAILS = Reading(
    "without-contrails",
    "flights without contrails and the other effects of flying high, of which far less is known than of their fuel",
    {"contrails": "no_contrails"},
)

"""The sentences that are said to people, by name: English, then French."""

from collections.abc import Mapping

from carbon_api.wording.french import typeset

_WRITTEN: Mapping[str, tuple[str, str]] = {
    "range": ("range", "fourchette"),
    "share": ("share", "part"),
    "between": ("{low} to {high}", "de {low} à {high}"),
    "range_meaning": (
        "{level} range over {draws} draws: {kind}. An estimate, never a measurement.",
        "Fourchette à {level} sur {draws} tirages : {kind}. Une estimation, jamais une mesure.",
    ),
    "parameter_uncertainty": (
        "parameter uncertainty inside one method",
        "incertitude des paramètres au sein d’une méthode",
    ),
    "accounting": (
        "attributional, location-based average grid, GWP100, no certificates",
        "attributionnel, électricité moyenne du lieu, PRG à 100 ans, sans certificats",
    ),
    "accounting_of_sri": (
        "attributional, location-based average grid (the publisher's own for servers abroad), GWP100, no certificates",
        "attributionnel, électricité moyenne du lieu (celle de l’éditeur pour les serveurs à l’étranger), PRG à 100 "
        "ans, sans certificats",
    ),
    "accounting_of_the_world": (
        "attributional, delivery on the world's average grid whatever the country (but for grid_intensity, where a "
        "line gives it), data kept and AI on the average grid of their place, GWP100, no certificates",
        "attributionnel, diffusion sur l’électricité moyenne du monde quel que soit le pays (sauf grid_intensity, là "
        "où une ligne la donne), données stockées et IA sur l’électricité moyenne de leur lieu, PRG à 100 ans, sans "
        "certificats",
    ),
    "accounting_of_france": (
        "attributional, data centres and terminals on France's average grid whatever the country (but for "
        "grid_intensity, where a line gives it), data kept and AI on the average grid of their place, GWP100, no "
        "certificates",
        "attributionnel, centres de données et terminaux sur l’électricité moyenne de la France quel que soit le pays "
        "(sauf grid_intensity, là où une ligne la donne), données stockées et IA sur l’électricité moyenne de leur "
        "lieu, PRG à 100 ans, sans certificats",
    ),
    "accounting_of_the_study": (
        "attributional, delivery as the study measured it whatever the country and its grid, data kept and AI on the "
        "average grid of their place, GWP100, no certificates",
        "attributionnel, diffusion telle que l’étude l’a mesurée quels que soient le pays et son électricité, données "
        "stockées et IA sur l’électricité moyenne de leur lieu, PRG à 100 ans, sans certificats",
    ),
    "audience_basis": (
        "Shares of each line's delivery; viewability and targeting are taken as independent, and an impression that is "
        "not viewable has no device part",
        "Parts de la diffusion de chaque ligne ; visibilité et ciblage sont supposés indépendants, et une impression "
        "non visible n’a pas de part de terminal",
    ),
    "no_range": (
        "No range was asked for. An estimate, never a measurement.",
        "Aucune fourchette demandée. Une estimation, jamais une mesure.",
    ),
    "basis": (
        "Method {method} ({method_status}), factors {release} ({release_status}): {accounting}.",
        "Méthode {method} ({method_status}), facteurs {release} ({release_status}) : {accounting}.",
    ),
    "given": ("given", "du plan"),
    "default": ("default", "par défaut"),
    "lines_priced": (
        "Totals cover {priced} of {of} lines; not priced: {left_out}.",
        "Lignes couvertes par les totaux : {priced} sur {of} ; non chiffrées : {left_out}.",
    ),
    "by_stage": ("By stage", "Par étape"),
    "by_platform": ("By platform", "Par plateforme"),
    "no_platform": ("No platform", "Sans plateforme"),
    "other": ("Other", "Autre"),
    "by_audience": ("By audience", "Par audience"),
    "of_audience": ("Of it, {parts}.", "Dont {parts}."),
    "missed_off_target": ("{part} off target", "{part} hors cible"),
    "missed_non_viewable": ("{part} not viewable", "{part} non visible"),
    "missed_unknown": ("{part} of unknown audience", "{part} d’audience inconnue"),
    "assumed": (
        "What was assumed ({share} of the total rests on a default)",
        "Ce qui a été supposé ({share} du total repose sur une valeur par défaut)",
    ),
    "nothing_assumed": ("Nothing was assumed: every input was given.", "Rien n’a été supposé : tout a été donné."),
    "factor_hint": (
        "Where each is published: carbon-api factors list, and words of its name",
        "Où chacune est publiée : carbon-api factors list, et des mots de son nom",
    ),
    "drivers": ("What drives the uncertainty", "Ce qui fait l’incertitude"),
    "cross_check": ("Cross-check under other methods", "Contrôle par d’autres méthodes"),
    "not_compared": ("{ratio}; not compared: {stages}", "{ratio} ; non comparés : {stages}"),
    "ratio": ("×{ratio}, lines compared: {lines}", "×{ratio}, lignes comparées : {lines}"),
    "no_ratio": ("not compared: {detail}", "non comparée : {detail}"),
    "readings": ("Other readings of the same plan", "Autres lectures du même plan"),
    "warnings": ("Warnings", "Avertissements"),
    "left_out_stage": ("{stage} left out", "{stage} : hors périmètre"),
    "total": ("Total", "Total"),
    "own_defaults": ("Own defaults, {unit}", "Leurs défauts, {unit}"),
    "same_inventory": ("Same inventory, {unit}", "Même inventaire, {unit}"),
    "spread": (
        "Life-cycle methods ({methods}), over what all of them price ({lines} of {of} lines: {stages}): "
        "{least} to {most}, ×{ratio}.",
        "Méthodes d’analyse de cycle de vie ({methods}), sur ce que toutes chiffrent ({lines} lignes sur {of} : "
        "{stages}) : de {least} à {most}, ×{ratio}.",
    ),
    "no_spread": (
        "There is no spread: fewer than two life-cycle methods price the media delivery of any of these lines.",
        "Pas d’écart : moins de deux méthodes d’analyse de cycle de vie chiffrent la diffusion d’au moins une ligne.",
    ),
    "no_spread_methods": (
        "There is no spread: fewer than two life-cycle methods are compared.",
        "Pas d’écart : moins de deux méthodes d’analyse de cycle de vie sont comparées.",
    ),
    "no_spread_delivery": (
        "There is no spread: it is over media delivery, and no line has any.",
        "Pas d’écart : il porte sur la diffusion, et aucune ligne n’en a.",
    ),
    "no_spread_common": (
        "There is no spread: no stage of any line is priced by all the life-cycle methods.",
        "Pas d’écart : aucune étape d’aucune ligne n’est chiffrée par toutes les méthodes d’analyse de cycle de vie.",
    ),
    "no_spread_nothing": (
        "There is no spread: one of the life-cycle methods prices these lines at nothing.",
        "Pas d’écart : l’une des méthodes d’analyse de cycle de vie chiffre ces lignes à rien.",
    ),
    "left_out": ("Left out, never zero", "Laissé hors périmètre, jamais zéro"),
    "plans": ("Plans, {unit}", "Plans, {unit}"),
    "difference": ("Difference", "Différence"),
    "moved": ("By stage, {unit}", "Par étape, {unit}"),
    "sure": (
        "Second over first: {central} ({low} to {high}); it emits less in {probability} of the draws. An estimate.",
        "Le second rapporté au premier : {central} (de {low} à {high}) ; il émet moins dans {probability} des tirages. "
        "Une estimation.",
    ),
    "emits-less": ("The second plan emits less than the first.", "Le second plan émet moins que le premier."),
    "emits-more": ("The second plan emits more than the first.", "Le second plan émet plus que le premier."),
    "alike": ("The two plans emit the same.", "Les deux plans émettent autant."),
    "not-told-apart": (
        "These estimates do not tell which plan emits less.",
        "Ces estimations ne disent pas lequel des plans émet le moins.",
    ),
    "no-range": (
        "No range was asked for: nothing is said of which plan emits less.",
        "Aucune fourchette demandée : rien n’est dit du plan qui émet le moins.",
    ),
    "nothing-to-divide-by": ("The first plan emits nothing.", "Le premier plan n’émet rien."),
    "not-comparable": (
        "A stage is priced for some lines and left out of others: nothing is said of which plan emits less.",
        "Une étape est chiffrée pour certaines lignes et pas pour d’autres : rien n’est dit du plan qui émet le moins.",
    ),
    "reserve": (
        "The method leaves this out of every line, so nothing is said of it: {stages}.",
        "La méthode laisse ceci hors de toutes les lignes, et rien n’en est dit : {stages}.",
    ),
    "factor_releases": ("Factor releases, {unit}", "Versions des facteurs, {unit}"),
    "changes": ("What the difference comes from, {unit}", "D’où vient la différence, {unit}"),
    "no_change": ("No changed factor moves the total.", "Aucun facteur modifié ne change le total."),
    "moved_nothing": (
        "Rows that differ between the releases and move nothing here: {count}.",
        "Lignes qui diffèrent d’une version à l’autre et ne changent rien ici : {count}.",
    ),
    "attribution": (
        "From one release to the other, the rows that differ are replaced one at a time, and the central total is "
        "worked out anew: what it moves by is that row's contribution. Rows added or changed come first and rows "
        "withdrawn last, each of the two in the order of ids; then the same, each of the two in reverse; and both "
        "ways are averaged. The contributions add up to the whole difference.",
        "D’une version à l’autre, les lignes qui diffèrent sont remplacées une à une et le total central est "
        "recalculé : ce dont il bouge est la contribution de la ligne. Les lignes ajoutées ou modifiées viennent "
        "d’abord, les retirées ensuite, chaque groupe dans l’ordre des noms ; puis de même, chaque groupe à "
        "l’envers ; et l’on prend la moyenne. Les contributions font ensemble toute la différence.",
    ),
    "one_release": (
        "Both names are of one factor release: no row differs.",
        "Les deux noms désignent une même version des facteurs : aucune ligne ne diffère.",
    ),
    "set_aside": (
        "The plan names {value}, which is set aside here: what is compared is what was asked for.",
        "Le plan nomme {value}, mis de côté ici : on compare ce qui a été demandé.",
    ),
    "more": ("… and {count} more.", "… et {count} autres."),
    "and_more": (", {count} more", ", {count} autres"),
    "recommendations": ("What to change", "Ce qu’il faut changer"),
    "good_hygiene": ("Good hygiene, under 1% each", "Bonne hygiène, moins de 1 % chacun"),
    "worse": ("What would emit more", "Ce qui émettrait plus"),
    "others_can_act": ("What others can do", "Ce que d’autres peuvent faire"),
    "not_applicable": ("What does not apply", "Ce qui ne s’applique pas"),
    "saves": ("saves, {unit}", "réduction, {unit}"),
    "who": ("who", "qui"),
    "agency": ("agency", "agence"),
    "client": ("client", "client"),
    "platform": ("platform", "plateforme"),
    "no_advice": ("No lever saves 1% of the total or more.", "Aucun levier ne réduit le total de 1 % ou plus."),
    "saved": (
        "Estimated saving: {saving}{spread}, of which {physical} is not emitted and {moved} moves to other "
        "accounts.{sure}",
        "Réduction estimée : {saving}{spread}, dont {physical} ne sont pas émis et {moved} passent à d’autres "
        "comptes.{sure}",
    ),
    "costs": (
        "It costs an estimated {cost}{spread}: the plan would emit more, not less.{sure}",
        "Hausse estimée : {cost}{spread} ; le plan émettrait plus, et non moins.{sure}",
    ),
    "surely": (
        " It saves in {probability} of the draws of the factors, at this strength.",
        " Réduction dans {probability} des tirages des facteurs, à cette intensité du levier.",
    ),
    "pulled_at": ("Strength: {name} = {value}; {basis}.", "Intensité : {name} = {value} ; {basis}."),
    "as_asked": ("as asked for", "comme demandé"),
    "pulled_elsewhere": (" At other strengths: {ends}.", " Réduction à d’autres intensités : {ends}."),
    "others_agree": (" Other methods agree: {methods}.", " Les autres méthodes concordent : {methods}."),
    "others_differ": (" Other methods differ: {methods}.", " Les autres méthodes divergent : {methods}."),
    "became": ("{name} {before} → {after}", "{name} {before} → {after}"),
    "impressions": ("impressions", "impressions"),
    "contacts": ("contacts", "contacts"),
    "views": ("views", "vues"),
    "minutes": ("minutes on screen", "minutes à l’écran"),
    "spend": ("spend", "dépense"),
    "not_known": ("unknown", "non connu"),
    "together": ("Together, in this order", "Ensemble, dans cet ordre"),
    "jointly": (
        "Together they save an estimated {saving}{spread}, {share} of the total.",
        "Ensemble, réduction estimée de {saving}{spread}, soit {share} du total.",
    ),
    "enough": ("Enough: {ceiling}, {confidence} sure", "Assez : {ceiling}, sûr à {confidence}"),
    "ceiling": ("at most {mass}", "au plus {mass}"),
    "ceiling_per": ("at most {mass} per {per}", "au plus {mass} pour {per}"),
    "reached": ("{levers}: {figure}{spread}.", "{levers} : {figure}{spread}."),
    "surely_under": (" Under it in {probability} of the draws.", " En dessous dans {probability} des tirages."),
    "moving_saves": ("Estimated saving: {saving}{spread}.", "Réduction estimée : {saving}{spread}."),
    "named": ("{name}: ", "{name} : "),
    "no_levers": ("No lever", "Aucun levier"),
    "reallocate": ("Impressions moved between the plan's ads", "Impressions déplacées entre les publicités du plan"),
    "1000 impressions": ("1,000 impressions", "1\u202f000 impressions"),
    "on-target contact": ("on-target contact", "contact sur cible"),
    "minute watched": ("minute watched", "minute vue"),
    "see": ("See it again at {address}", "À revoir sur {address}"),
    "all stages": ("Every stage", "Toutes les étapes"),
    "selection": ("Ad selection", "Sélection publicitaire"),
    "data_centre": ("Data centres", "Centres de données"),
    "network": ("Networks", "Réseaux"),
    "device": ("Audience devices", "Terminaux de l’audience"),
    "whole": ("Whole minutes", "Minutes entières"),
    "production": ("Production", "Production"),
    "storage": ("Storage", "Stockage"),
    "on_target": ("On target", "Sur cible"),
    "off_target": ("Off target", "Hors cible"),
    "non_viewable": ("Not viewable", "Non visible"),
    "unknown": ("Unknown", "Inconnue"),
    "not_delivery": ("Not media delivery", "Hors diffusion"),
}
SENTENCES: Mapping[str, tuple[str, str]] = {
    name: (english, typeset(french)) for name, (english, french) in _WRITTEN.items()
}

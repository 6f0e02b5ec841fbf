"""What a reader must know of a figure that is not that of the place: of a model's one grid, of another publisher."""

from collections.abc import Iterable

from carbon_api.factor_book.book import Release
from carbon_api.factor_book.entry import Row
from carbon_api.inventory.tables import GRID_OF_METHOD, Needs, Note

OTHER_SCALE = "other-scale"


def one_electricity(row: Row, country: str, needs: Needs) -> tuple[Note, ...]:
    """That a method takes one electricity everywhere, for a country which has another."""
    if row.id != needs.grid or (row.country == country and country not in needs.regions):
        return ()
    taken = f"the model takes {row.printed:g} {row.unit} there too ({row.id}, {row.country})"
    replaced = f"a line's own grid_intensity replaces it for {needs.own_grid}"
    detail = f"the electricity of the country changes nothing: {taken}; {replaced}"
    return ((GRID_OF_METHOD, f"{country}: {detail}{row.note and f'. {row.note}'}"),)


def other_scale(row: Row, country: str, field: str, others: Iterable[str], release: Release) -> tuple[Note, ...]:
    """That the country has figures of its own, by the ids `others`, which go by a field that this one does not use."""
    found = next((own for id in others if (own := release.find(id, country))), None)
    if found is None:
        return ()
    theirs, ours = f"{row.source} ({row.id})", f"{found.row.source}, which go by {field}"
    detail = f"the figure is of {theirs}, another publisher and scale than {country}'s own of {ours}"
    return ((OTHER_SCALE, f"{detail}: a difference between the two is no saving, and {field} changes nothing here"),)

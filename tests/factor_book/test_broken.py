"""Each file of tests/broken is one factor file that must be refused, in the words of its first line."""

from pathlib import Path

import pytest

from carbon_api.errors import FactorFileError
from carbon_api.factor_book.book import load

BROKEN = sorted((Path(__file__).parents[1] / "broken").iterdir())

SOURCES = b"""
- {id: study, title: Study, publisher: Someone, version: "1", published: "2025", licence: CC BY 4.0,
   address: "https://example.org", credit: Someone}
"""
RELEASES = b"""
- {id: "2026.11", published: 2026-11-23, sha256: none}
- {id: "2027.05", published: 2027-05-23, sha256: none}
"""


@pytest.mark.parametrize("path", BROKEN, ids=[path.name for path in BROKEN])
def test_a_broken_file_is_refused_in_so_many_words(path: Path, tmp_path: Path) -> None:
    head, body = comments(path.read_bytes())
    name = head.get("file", "entries.yaml")
    for file, content in (("sources.yaml", SOURCES), ("releases.yaml", RELEASES), (name, body)):
        (tmp_path / file).write_bytes(content)
    with pytest.raises(FactorFileError) as refusal:
        load(tmp_path)
    assert head["says"] in refusal.value.detail
    assert refusal.value.detail.startswith(name)


def comments(content: bytes) -> tuple[dict[str, str], bytes]:
    """The `# key: value` lines at the top of a file, and the rest."""
    head = {}
    while content.startswith(b"# "):
        line, _, content = content.partition(b"\n")
        key, _, value = line.decode().removeprefix("# ").partition(": ")
        head[key] = value
    return head, content


def test_a_file_like_the_broken_ones_but_whole_loads(tmp_path: Path) -> None:
    """What the broken files have in common is not what they are refused for."""
    (tmp_path / "sources.yaml").write_bytes(SOURCES)
    (tmp_path / "releases.yaml").write_bytes(RELEASES)
    whole = next(path for path in BROKEN if path.name == "country-small.yaml").read_text("utf-8")
    (tmp_path / "entries.yaml").write_text(whole.replace("country: fr", "country: NO"), "utf-8")
    [row] = load(tmp_path).release().rows
    assert (row.country, row.value, row.printed, row.coherent_unit) == ("NO", 0.00468, 4.68, "kWh/h")


def test_a_correction_closes_one_row_and_opens_another(tmp_path: Path) -> None:
    """Each release answers with the row that was live in it; that of the first stays as it was."""
    (tmp_path / "sources.yaml").write_bytes(SOURCES)
    (tmp_path / "releases.yaml").write_bytes(RELEASES)
    both = next(path for path in BROKEN if path.name == "two-rows-live.yaml").read_text("utf-8")
    first, _ = both.split("\n\n")
    (tmp_path / "entries.yaml").write_text(first + "\n", "utf-8")
    before = load(tmp_path).release("2026.11").sha256
    closed = both.replace('since: "2026.11"', 'since: "2026.11"\n      until: "2027.05"', 1)
    (tmp_path / "entries.yaml").write_text(closed, "utf-8")
    book = load(tmp_path)
    assert [book.release(id).rows[0].printed for id in ("2026.11", "2027.05")] == [4.68, 5]
    assert book.release("2026.11").sha256 == before
    assert book.release().id == "2027.05"

"""Two benches write one page, and neither touches what the other found."""

from pathlib import Path

from tests.bench.report import table, write_section


def test_a_section_is_replaced_and_the_others_stay(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    write_section(page, "One", "first\n\n### part\n\n1")
    write_section(page, "Two", "second")
    write_section(page, "One", "again\n\n### part\n\n2")
    assert page.read_text() == "# Benchmarks\n\n## One\n\nagain\n\n### part\n\n2\n\n## Two\n\nsecond\n"


def test_a_table_has_a_head() -> None:
    assert table(("a", "b"), [("1", "2")]) == "| a | b |\n| --- | --- |\n| 1 | 2 |"

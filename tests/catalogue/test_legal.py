"""The legal basis as the register writes it."""

import pytest

from portfolio.catalogue.legal import Reference, references

ONE, TWO = "http://www.gesetze-im-internet.de/amg_1976/__72.html", "https://eur-lex.europa.eu/x?uri=OJ:L:2003:207"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (None, []),
        ("", []),
        ("Landesgesetz, Anlage 4", [Reference("Landesgesetz, Anlage 4", None)]),
        (f"§ 72 AMG [{ONE}]", [Reference("§ 72 AMG", ONE)]),
        (f"§ 72 AMG [{ONE}], Verordnung (EG), S. 1 [{TWO}]", [
            Reference("§ 72 AMG", ONE), Reference("Verordnung (EG), S. 1", TWO)]),
        (f"[{ONE}], Satzung", [Reference(ONE, ONE), Reference("Satzung", None)]),
        ("Satzung [siehe dort]", [Reference("Satzung [siehe dort]", None)]),
        ("Satzung [javascript:alert(1)]", [Reference("Satzung [javascript:alert(1)]", None)]),
    ],
)  # fmt: skip
def test_each_reference_with_its_address(text: str | None, found: list[Reference]) -> None:
    assert references(text) == found

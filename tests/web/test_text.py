"""Search text is folded the way Germans read it."""

import pytest

from portfolio.web.text import fold, like, pieces


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Abfallgebühr", "abfallgebuehr"),
        ("STRASSE", "strasse"),
        ("Straße", "strasse"),
        ("Café  au", "cafe au"),
    ],
)
def test_folding(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_composed_and_decomposed_umlauts_are_the_same() -> None:
    assert fold("Gebu\u0308hr") == fold("Gebühr")


def test_a_query_is_cut_into_pieces() -> None:
    assert pieces("  Gebühr   Abfall ") == ("gebuehr", "abfall")


def test_signs_with_a_meaning_in_patterns_stand_for_themselves() -> None:
    assert like("50%_/") == "%50/%/_//%"

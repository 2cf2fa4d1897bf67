"""Sockets are for the product's own pages only."""

import pytest

from notifications.origins import is_own


@pytest.mark.once
@pytest.mark.parametrize(
    ("origin", "own"),
    [
        ("http://host:8000", True),
        ("https://host:8000", False),
        ("http://host:8001", False),
        ("http://host", False),
        ("http://other:8000", False),
        ("", False),
        ("null", False),
        ("http://host:port", False),
    ],
)
def test_the_whole_origin_is_compared(origin: str, own: bool) -> None:
    assert is_own({"origin": origin, "host": "host:8000"}, "ws") == own

"""The hub: every open page of a person, and nobody else's."""

import pytest

from notifications.hub import Hub


@pytest.mark.once
def test_hub_tells_every_page_of_a_person_and_forgets_who_left() -> None:
    heard: list[tuple[str, int | None]] = []
    own = Hub()

    def first(head: int | None) -> None:
        heard.append(("first", head))

    def second(head: int | None) -> None:
        heard.append(("second", head))

    own.join(1, first)
    own.join(1, second)
    own.pass_on({1: 5, 2: 9})
    own.leave(1, first)
    own.pass_on({1: 6})
    assert sorted(heard) == [("first", 5), ("second", 5), ("second", 6)]

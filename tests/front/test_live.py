"""The open page hears of news: once each, none lost, and says when it cannot."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.front.pages import Line, until

pytestmark = [pytest.mark.browser, pytest.mark.once]

FEED = '<ul class="inbox" data-inbox-feed></ul>'


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """Give a fresh page."""
    context = browser.new_context()
    yield context.new_page()
    context.close()


@pytest.fixture
def line(page: Any) -> Line:
    """Give a page that is connected and has everything."""
    held = Line(FEED)
    held.open(page)
    until(page, lambda: held.hellos == [5])
    return held


def numbers(page: Any) -> list[str | None]:
    """Return the numbers shown in the feed, newest first."""
    return [row.get_attribute("data-number") for row in page.locator(".news").all()]


def test_a_hint_brings_what_is_new_to_feed_badge_title_and_toast(
    page: Any, line: Line
) -> None:
    line.head = 7
    line.hint()
    page.wait_for_selector(".toast-note")
    assert numbers(page) == ["7", "6"]
    assert page.inner_text("[data-inbox-badge]") == "2"
    assert page.title().startswith("(2) ")
    assert page.locator(".toast-note").count() == 2


def test_a_doubled_hint_brings_nothing_twice(page: Any, line: Line) -> None:
    line.head = 6
    line.hint()
    line.hint()
    page.wait_for_selector('.news[data-number="6"]')
    line.head = 7
    line.hint()
    page.wait_for_selector('.news[data-number="7"]')
    assert numbers(page) == ["7", "6"]
    assert page.locator(".toast-note").count() == 2


def test_a_lost_connection_comes_back_with_exactly_what_was_missed(
    page: Any, line: Line
) -> None:
    line.head = 6
    line.hint()
    page.wait_for_selector('.news[data-number="6"]')
    line.head = 9
    line.sockets[-1].close()
    page.wait_for_selector('.news[data-number="9"]')
    assert line.hellos == [5, 6]
    assert numbers(page) == ["9", "8", "7", "6"]


def test_a_page_that_is_cut_off_says_so_and_goes_on_asking(browser: Any) -> None:
    page = browser.new_context().new_page()
    page.clock.install()
    line = Line(FEED)
    line.open(page)
    until(page, lambda: line.hellos == [5])
    line.connected = lambda socket: socket.close()  # type: ignore[method-assign]
    page.route_web_socket("**/ws/inbox/", line.connected)
    line.sockets[-1].close()
    page.clock.fast_forward(2_000)
    page.wait_for_selector("[data-live-status]:not([hidden])")
    assert "实时更新已断开，正在重连" in page.inner_text("[data-live-status]")
    line.head = 6
    page.clock.fast_forward(15_000)
    page.wait_for_selector('.news[data-number="6"]')
    page.context.close()


def test_a_session_that_ended_is_told_and_asks_no_more(page: Any, line: Line) -> None:
    line.sockets[-1].send(json.dumps({"type": "bye", "reason": "logout"}))
    page.wait_for_selector("[data-live-status]:not([hidden])")
    assert "登录已失效" in page.inner_text("[data-live-status]")
    line.head = 6
    line.hint()
    page.evaluate("window.dispatchEvent(new Event('online'))")
    assert line.fetched == []


def test_many_missed_at_once_are_one_toast(page: Any, line: Line) -> None:
    line.head = 45
    line.hint()
    page.wait_for_selector(".toast-note")
    assert page.locator(".toast-note").count() == 1
    assert "有 40 条新动态" in page.inner_text(".toast-note")
    assert len(numbers(page)) == 40


def test_parts_of_the_page_are_told_of_news(page: Any, line: Line) -> None:
    page.evaluate(
        "document.body.addEventListener('qingdan:news', e => window.heard = e.detail.head)"
    )
    line.head = 6
    line.hint()
    page.wait_for_function("window.heard === 6")

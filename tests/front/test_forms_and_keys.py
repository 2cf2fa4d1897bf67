"""What the page does for hands: send once, ask first, lose nothing, keyboard."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.front.pages import ADDRESS, Line

pytestmark = [pytest.mark.browser, pytest.mark.once]

REPORT = (
    '<form method="post" data-keep="report:1" class="report-form">'
    '<textarea name="progress" aria-label="进展"></textarea>'
    '<button name="go" value="1" class="send">提交</button></form>'
)
CONFIRMED = (
    '<form method="post" data-confirm="确定交办？">'
    '<button name="verb" value="issue" class="send">交办</button></form>'
)
ROWS = (
    '<input type="search" name="q" aria-label="查找"><form method="post" data-bulk>'
    '<div data-row><input type="checkbox" name="pick" value="1" aria-label="1"><a href="/items/1/">1</a></div>'
    '<div data-row><input type="checkbox" name="pick" value="2" aria-label="2"><a href="/items/2/">2</a></div>'
    '<div class="bulkbar"><b data-picked-count></b></div></form>'
)
REFUSED = '<section class="refusal">请刷新</section>'


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """Give a fresh page."""
    context = browser.new_context()
    yield context.new_page()
    context.close()


def opened(page: Any, content: str) -> Line:
    """Open a page that holds ``content``."""
    line = Line(content)
    line.open(page)
    return line


def test_a_form_that_was_sent_is_not_sent_again(page: Any) -> None:
    line = opened(page, REPORT + '<iframe name="answers"></iframe>')
    page.evaluate("document.querySelector('.report-form').target = 'answers'")
    page.fill("textarea", "已完成")
    page.click(".send")
    page.wait_for_selector(".send[aria-busy=true]:disabled")
    page.frame_locator("iframe").get_by_text("好").wait_for()
    page.evaluate("document.querySelector('.report-form').requestSubmit()")
    page.evaluate("fetch('/last', {method: 'POST', body: 'last'})")
    assert [one.partition("=")[0] for one in line.posts] == ["progress", "last"]
    assert "go=1" in line.posts[0]


def test_a_question_is_asked_before_anything_is_sent(page: Any) -> None:
    line = opened(page, CONFIRMED)
    page.click(".send")
    assert page.inner_text("#confirm-text") == "确定交办？"
    page.click("#confirm button[value=no]")
    assert line.posts == []
    page.click(".send")
    with page.expect_navigation():
        page.click("#confirm button[value=yes]")
    assert len(line.posts) == 1
    assert "verb=issue" in line.posts[0]


def test_typed_text_survives_a_reload(page: Any) -> None:
    opened(page, REPORT)
    page.fill("textarea", "已完成三个点位")
    page.reload()
    assert page.input_value("textarea") == "已完成三个点位"
    assert "已恢复" in page.inner_text(".report-form")


@pytest.mark.parametrize(
    ("answer", "left"), [(REFUSED, "已完成三个点位"), ("<p>好</p>", "")]
)
def test_typed_text_is_kept_after_a_refusal_only(
    page: Any, answer: str, left: str
) -> None:
    line = opened(page, REPORT)
    line.answer = answer
    page.fill("textarea", "已完成三个点位")
    with page.expect_navigation():
        page.click(".send")
    page.goto(ADDRESS + "/")
    assert page.input_value("textarea") == left


def test_rows_are_walked_and_picked_by_keyboard(page: Any) -> None:
    opened(page, ROWS)
    assert page.is_hidden(".bulkbar")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("x")
    assert page.is_checked("input[value='2']")
    assert page.inner_text("[data-picked-count]") == "1"
    page.keyboard.press("k")
    assert page.evaluate("document.activeElement.textContent") == "1"


def test_keys_find_help_and_go(page: Any) -> None:
    opened(page, ROWS)
    page.keyboard.press("?")
    page.wait_for_selector("#help[open]")
    page.click("#help form button")
    page.keyboard.press("g")
    with page.expect_navigation(url=ADDRESS + "/lists/"):
        page.keyboard.press("l")
    page.keyboard.press("/")
    page.keyboard.type("秸秆 j?")
    assert page.input_value("[name=q]") == "秸秆 j?"
    assert page.is_hidden("#help")


def test_single_keys_can_be_switched_off(page: Any) -> None:
    opened(page, ROWS)
    page.keyboard.press("?")
    page.uncheck("[data-keys-on]")
    page.click("#help form button")
    page.keyboard.press("j")
    assert page.locator(".is-current").count() == 0

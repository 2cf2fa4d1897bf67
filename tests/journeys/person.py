"""Somebody at a browser of their own."""

import re
from typing import Any

from playwright.sync_api import Browser, Locator, Page, expect

PASSWORD = "qingdan-demo"
WIDE, PHONE = (1440, 900), (390, 844)
PATIENCE = 60_000


class Someone:
    """A person with a browser, a window size and a session."""

    def __init__(
        self,
        browser: Browser,
        address: str,
        username: str,
        size: tuple[int, int] = WIDE,
    ) -> None:
        width, height = size
        self.address = address
        self.context = browser.new_context(
            viewport={"width": width, "height": height}, locale="zh-CN"
        )
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(PATIENCE)
        self.complaints: list[str] = []
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", self.listen)
        self.open("/login/")
        self.page.fill("#id_username", username)
        self.page.fill("#id_password", PASSWORD)
        self.page.get_by_role("button", name="登录", exact=True).click()
        expect(self.page.locator("h1")).to_have_text("工作台")

    def listen(self, message: Any) -> None:
        """Keep what the browser complains of: scripts and the content policy."""
        if message.type == "error" and "Content Security" in message.text:
            self.complaints.append(message.text)

    def open(self, path: str) -> None:
        """Go to a page."""
        self.page.goto(self.address + path)

    def fits(self) -> bool:
        """Return whether the page needs no sideways scrolling."""
        return bool(
            self.page.evaluate(
                "document.documentElement.scrollWidth <= window.innerWidth"
            )
        )

    def form(self, verb: str) -> Locator:
        """Return the form of a verb on the row's page, unfolded."""
        form = self.page.locator(f"form[action$='/{verb}/']").first
        expect(form).to_be_attached()
        if not form.is_visible():
            form.locator("xpath=ancestor::details[1]").locator("summary").click()
        return form

    def do(self, verb: str, **texts: str) -> None:
        """Fill the verb's form and send it, agreeing to what is asked."""
        form = self.form(verb)
        for name, text in texts.items():
            form.locator(f"[name={name}]").fill(text)
        self.send(form)

    def send(self, form: Locator) -> None:
        """Press the form's button; agree if the page asks first."""
        before = self.page.evaluate("performance.timeOrigin")
        form.locator("button.btn").last.click()
        agree = self.page.locator("#confirm[open] button[value=yes]")
        if agree.count():
            agree.click()
        self.page.wait_for_function(
            "before => performance.timeOrigin !== before", arg=before
        )
        self.page.wait_for_load_state()

    def expect_stage(self, words: str) -> None:
        """Wait until the row's page shows the stage."""
        expect(self.page.locator(".page-head .chip").first).to_have_text(words)

    def expect_toast(self, words: str) -> None:
        """Wait for a message that comes by itself, without reload."""
        expect(
            self.page.locator(".toast-note").filter(has_text=re.compile(words)).first
        ).to_be_visible(timeout=PATIENCE)

    def expect_news(self, words: str) -> None:
        """Wait until the open home page shows the news."""
        feed = self.page.locator("[data-inbox-feed] .news").filter(has_text=words)
        expect(feed.first).to_be_visible(timeout=PATIENCE)

    def leave(self) -> None:
        """Close the browser; nothing may have gone wrong in its scripts."""
        self.context.close()
        assert self.complaints == []

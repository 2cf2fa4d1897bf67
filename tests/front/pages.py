"""One page of the product, in a real browser, with a server that the test holds.

The page is the product's own frame and scripts; only the other end of the line is the
test's, so that it can drop, double and refuse exactly when the test says so.
"""

import json
import mimetypes
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from django.template import engines
from django.test import RequestFactory
from django.utils.translation import override
from django_cotton.compiler_regex import CottonCompiler

from tests.front.sources import STATIC

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route, WebSocketRoute

ADDRESS = "http://qingdan.test"
ME = SimpleNamespace(person_id=3, person_name="甲", main=None, memberships=[])
NAV = [SimpleNamespace(label="清单", url="/lists/", key="l", active=False)]


def page_of(content: str, last: int) -> str:
    """Return a whole page around ``content``, the inbox read up to ``last``."""
    source = '{% extends "base.html" %}{% block content %}' + content + "{% endblock %}"
    context = {
        "me": ME,
        "nav": NAV,
        "inbox": SimpleNamespace(number=last, unread=0),
    }
    template = engines["django"].from_string(CottonCompiler().process(source))
    with override("zh-hans"):
        return str(template.render(context, RequestFactory().get("/")))


def until(page: "Page", true: Callable[[], bool]) -> None:
    """Wait for what the page does to the line; fails after ten seconds."""
    for _ in range(400):
        if true():
            return
        page.wait_for_timeout(25)
    raise AssertionError("it never came")


def news(number: int) -> dict[str, Any]:
    """Return one row as the server tells it."""
    return {
        "number": number,
        "title": f"第{number}条",
        "text": "",
        "url": "/items/1/",
        "urgent": False,
        "html": f'<li class="news" data-number="{number}">第{number}条</li>',
    }


@dataclass
class Line:
    """The other end: what the server holds, and what it was sent."""

    content: str
    head: int = 5
    posts: list[str] = field(default_factory=list)
    fetched: list[int] = field(default_factory=list)
    hellos: list[int] = field(default_factory=list)
    sockets: list["WebSocketRoute"] = field(default_factory=list)
    answer: str = "<p>好</p>"

    def open(self, page: "Page") -> None:
        """Answer everything the page asks, and open it."""
        self.start = self.head
        page.route("**/*", self.reply)
        page.route_web_socket(re.compile("/ws/inbox/$"), self.connected)
        page.goto(ADDRESS + "/")

    def reply(self, route: "Route") -> None:
        """Answer one request."""
        path = route.request.url.removeprefix(ADDRESS).partition("?")[0]
        if route.request.method == "POST":
            self.posts.append(route.request.post_data or "")
            body = page_of(self.answer, self.start)
            route.fulfill(body=body, content_type="text/html")
        elif path.startswith("/static/"):
            file = STATIC / path.removeprefix("/static/")
            kind = mimetypes.guess_type(file.name)[0] or "text/plain"
            route.fulfill(body=file.read_bytes(), content_type=kind)
        elif after := re.fullmatch(r"/inbox/after/(\d+)/", path):
            route.fulfill(json=self.after(int(after[1])))
        else:
            route.fulfill(
                body=page_of(self.content, self.start), content_type="text/html"
            )

    def after(self, number: int) -> dict[str, Any]:
        """Return what the inbox holds after ``number``."""
        self.fetched.append(number)
        rows = [news(one) for one in range(number + 1, self.head + 1)]
        return {"head": self.head, "unread": len(rows), "rows": rows}

    def connected(self, socket: "WebSocketRoute") -> None:
        """Hold a socket; answer its hello with where the inbox ends."""
        self.sockets.append(socket)

        def heard(message: str | bytes) -> None:
            self.hellos.append(json.loads(message)["last"])
            self.hint()

        socket.on_message(heard)

    def hint(self) -> None:
        """Tell the page where the inbox ends."""
        self.sockets[-1].send(json.dumps({"type": "hint", "head": self.head}))

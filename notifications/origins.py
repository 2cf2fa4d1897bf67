"""Sockets are for the product's own pages only."""

from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

from channels.security.websocket import WebsocketDenier
from django.conf import settings

App = Callable[[Any, Any, Any], Awaitable[Any]]
SCHEMES = {"ws": "http", "wss": "https"}


class SameOrigin:
    """Refuses a socket whose origin is not the page's own: scheme, host and port."""

    def __init__(self, inner: App) -> None:
        self.inner = inner

    async def __call__(self, scope: Any, receive: Any, send: Any) -> Any:
        """Pass the socket on, or deny it."""
        headers = {name.decode(): value.decode() for name, value in scope["headers"]}
        if is_own(headers, scope.get("scheme", "ws")):
            return await self.inner(scope, receive, send)
        return await WebsocketDenier()(scope, receive, send)


def is_own(headers: dict[str, str], scheme: str) -> bool:
    """Return whether the origin is exactly where the socket itself leads.

    Behind a proxy the scheme is the one the proxy says it was asked with.
    """
    origin, host = headers.get("origin", ""), headers.get("host", "")
    expected = SCHEMES.get(scheme, scheme)
    if settings.SECURE_PROXY_SSL_HEADER:
        told, *_others = headers.get("x-forwarded-proto", expected).split(",")
        expected = told.strip()
    try:
        given, own = urlsplit(origin), urlsplit(f"{expected}://{host}")
        return bool(host) and parts(given) == parts(own)
    except ValueError:
        return False


def parts(address: Any) -> tuple[str, str | None, int]:
    """Return scheme, host and port of an address, the usual port filled in."""
    usual = 443 if address.scheme == "https" else 80
    return address.scheme, address.hostname, address.port or usual

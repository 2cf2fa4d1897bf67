"""The one process: pages, sockets, and in the embedded set-up the tick."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
pages = get_asgi_application()

from channels.auth import AuthMiddlewareStack  # noqa: E402  after Django is set up
from channels.routing import ProtocolTypeRouter, URLRouter  # noqa: E402

from notifications.lifespan import Lifespan  # noqa: E402
from notifications.origins import SameOrigin  # noqa: E402
from notifications.routing import websocket_urlpatterns  # noqa: E402

application = ProtocolTypeRouter(
    {
        "http": pages,
        "websocket": SameOrigin(AuthMiddlewareStack(URLRouter(websocket_urlpatterns))),
        "lifespan": Lifespan(),
    }
)

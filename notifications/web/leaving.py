"""The way out: the person's other open pages of this session hear of it."""

from typing import Any

from django.contrib.auth.views import LogoutView
from django.http import HttpRequest, HttpResponse

from notifications.hub import announce


class Logout(LogoutView):
    """Ends the session, then asks the person's sockets whether theirs is still good."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Log out; the sockets look after the session has gone."""
        person_id = request.user.pk
        answer = super().post(request, *args, **kwargs)
        if person_id is not None:
            announce({person_id: None})
        return answer

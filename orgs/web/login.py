"""The way in."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import LoginView, PasswordChangeView
from django.http import HttpResponse
from django.urls import reverse_lazy
from django.utils.translation import gettext as _

from orgs.actors import actor_of
from orgs.models import Person


class Login(LoginView):
    """Ask for name and password; in the demo, show who can be tried."""

    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the demo's people where the product runs as a demo."""
        context = super().get_context_data(**kwargs)
        if settings.DEMO:
            context["demo_logins"] = demo_logins()
            context["demo_password"] = settings.DEMO_PASSWORD
        return context


class PasswordChange(PasswordChangeView):
    """Let a person choose a password of their own; other sessions of theirs end."""

    template_name = "registration/password_change.html"
    success_url = reverse_lazy("home")

    def form_valid(self, form: Any) -> HttpResponse:
        """Change it and say so."""
        messages.success(self.request, _("密码已修改，其他设备上的登录已退出。"))
        return super().form_valid(form)


def demo_logins() -> list[Person]:
    """Return the marked demo people worth trying first, in the settings' order."""
    people = Person.objects.filter(demo=True, username__in=settings.DEMO_LOGINS)
    order = {name: place for place, name in enumerate(settings.DEMO_LOGINS)}
    found = sorted(people, key=lambda person: order[person.username])
    for person in found:
        main = actor_of(person).main
        person.demo_post = main and f"{main.unit_name} {main.post.label}"  # type: ignore[attr-defined]
    return found

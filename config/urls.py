"""Every address of the product, gathered from the rooms that answer it."""

from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

from config.health import healthz, readyz
from notifications.web.home import home
from notifications.web.leaving import Logout
from orgs.web.login import Login, PasswordChange

urlpatterns = [
    path("login/", Login.as_view(), name="login"),
    path("logout/", Logout.as_view(), name="logout"),
    path("password/", PasswordChange.as_view(), name="password"),
    path("i18n/setlang/", login_not_required(set_language), name="set_language"),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("", home, name="home"),
    path("", include("workflow.web.urls")),
    path("units/", include("orgs.web.urls")),
    path("import/", include("intake.web.urls")),
    path("inbox/", include("notifications.web.urls")),
]

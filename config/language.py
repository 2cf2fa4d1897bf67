"""Chinese first: another language only for whoever chose it with the switch."""

from django.conf import settings
from django.http import HttpRequest
from django.middleware.locale import LocaleMiddleware
from django.utils import translation


def chosen_language(request: HttpRequest) -> str:
    """Return the language kept by the switch, else the product's own."""
    kept = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    try:
        return translation.get_supported_language_variant(kept)
    except LookupError:
        return settings.LANGUAGE_CODE


class ChosenLanguage(LocaleMiddleware):
    """Leaves ``Accept-Language`` aside: offices' browsers are often set to English."""

    def process_request(self, request: HttpRequest) -> None:
        """Speak the chosen language for this request."""
        translation.activate(chosen_language(request))
        request.LANGUAGE_CODE = translation.get_language()

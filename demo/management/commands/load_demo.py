"""Fill an empty product with the demo, once."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction

from demo.load import load_once
from orgs.actors import actor_of
from orgs.models import Person


class Command(BaseCommand):
    """Load the real lists, their units and demo people; a second run changes nothing."""

    help = "装载演示数据（两份真实清单、单位、演示人员）；已有数据时不改动。"

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, then print who can be tried."""
        with transaction.atomic():
            loaded = load_once()
        if loaded:
            self.stdout.write("演示数据已装载。")
        self.stdout.write("演示账号（密码均为 " + settings.DEMO_PASSWORD + "）：")
        for username in settings.DEMO_LOGINS:
            person = Person.objects.filter(username=username).first()
            main = actor_of(person).main if person else None
            if person and main:
                self.stdout.write(
                    f"  {username:<10} {person.name}  {main.unit_name} {main.post.label}"
                )

"""Begin a programme in an empty product: the step before the first import."""

import secrets
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from orgs.actions.appoint import appoint
from orgs.actions.programmes import begin_programme
from orgs.actions.units import SETUP
from orgs.models import Person, Programme, Unit
from orgs.posts import Post


class Command(BaseCommand):
    """Make the place, the programme, its office and leadership, and their people.

    May be run again to add people; what is there stays as it is. The passwords of
    new people are made up and printed once.
    """

    help = "开设一项工作：地区、督办办公室、领导小组及其人员；可重复执行以增加人员。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the names, and each person as a log-in and a name."""
        parser.add_argument("--place", required=True, help="地区，如 重庆市")
        parser.add_argument("--name", required=True, help="工作名称")
        parser.add_argument("--office", required=True, help="督办办公室的单位名称")
        parser.add_argument("--leadership", required=True, help="领导小组的单位名称")
        for option, words in (
            ("--office-person", "督办办公室人员：登录名 姓名（可多次）"),
            ("--leader", "分管领导：登录名 姓名（可多次）"),
        ):
            parser.add_argument(
                option,
                nargs=2,
                action="append",
                default=[],
                metavar=("登录名", "姓名"),
                help=words,
            )

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        """Make what is missing and print the new log-ins."""
        programme = begin_programme(
            place=options["place"],
            name=options["name"],
            office=options["office"],
            leadership=options["leadership"],
            now=timezone.now(),
        )
        for username, name in options["office_person"]:
            self.give(username, name, Post.OFFICE, programme.office, programme)
        for username, name in options["leader"]:
            self.give(username, name, Post.LEADER, programme.leadership, programme)
        self.stdout.write(f"“{programme.name}”已开设，督办办公室可以登录并导入清单。")

    def give(
        self, username: str, name: str, post: Post, unit: Unit, programme: Programme
    ) -> None:
        """Give a post to the person of that log-in, who is made when new."""
        person = Person.objects.filter(username=username).first()
        if person is None:
            password = secrets.token_urlsafe(12)
            person = Person.objects.create_user(
                username=username, password=password, name=name
            )
            self.stdout.write(f"{username}（{name}）的初始密码：{password}")
        appoint(person=person, post=post, unit=unit, programme=programme, by=SETUP)

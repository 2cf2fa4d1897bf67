"""An empty product becomes one whose office can begin."""

import re

import pytest
from django.core.management import call_command
from django.test import Client

from journal.models import Event
from orgs.actors import actor_of
from orgs.models import Person, PostGroup, Programme, Unit
from orgs.posts import Post

WORDS = [
    *("begin_programme", "--place", "万州区", "--name", "“无废城市”建设"),
    *("--office", "区无废办", "--leadership", "区领导小组"),
]
PEOPLE = ["--office-person", "wang", "王芳", "--leader", "li", "李强"]


@pytest.mark.django_db
def test_the_office_can_log_in_and_import(capsys: pytest.CaptureFixture[str]) -> None:
    call_command(*WORDS, *PEOPLE)
    printed = capsys.readouterr().out
    told = re.search(r"wang（王芳）的初始密码：(\S+)", printed)
    assert told
    browser = Client()
    typed = {"username": "wang", "password": told[1]}
    assert browser.post("/login/", typed).status_code == 302
    page = browser.get("/import/")
    assert page.status_code == 200
    assert "“无废城市”建设" in page.content.decode()
    leader = actor_of(Person.objects.get(username="li")).main
    assert leader
    assert (leader.post, leader.unit_name) == (Post.LEADER, "区领导小组")
    office = Unit.objects.get(name="区无废办")
    assert Unit.objects.get_parent(office).name == "区领导小组"
    assert Event.objects.filter(kind="programme.begun").count() == 1


@pytest.mark.django_db
def test_again_changes_nothing_and_may_add_people(
    capsys: pytest.CaptureFixture[str],
) -> None:
    call_command(*WORDS, *PEOPLE)
    capsys.readouterr()
    password = Person.objects.get(username="wang").password
    events = Event.objects.count()
    call_command(*WORDS, *PEOPLE)
    assert "初始密码" not in capsys.readouterr().out
    assert Event.objects.count() == events
    assert Person.objects.get(username="wang").password == password
    call_command(*WORDS, "--office-person", "zhao", "赵敏")
    assert PostGroup.objects.get(post=Post.OFFICE).group.user_set.count() == 2
    assert Programme.objects.count() == 1

"""A person's own password."""

import pytest
from django.test import Client

from orgs.models import Person

BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def person(db: None) -> Person:
    return Person.objects.create_user(
        username="zhang", password="first-one-1", name="张三"
    )


def change(person: Person, old: str, new: str) -> int:
    browser = Client()
    browser.force_login(person, backend=BACKEND)
    typed = {"old_password": old, "new_password1": new, "new_password2": new}
    return browser.post("/password/", typed).status_code


def test_a_person_changes_their_own_password(person: Person) -> None:
    assert change(person, "first-one-1", "another-one-2") == 302
    person.refresh_from_db()
    assert person.check_password("another-one-2")


@pytest.mark.parametrize(
    ("old", "new"), [("wrong", "another-one-2"), ("first-one-1", "short")]
)
def test_a_wrong_old_or_a_weak_new_one_changes_nothing(
    person: Person, old: str, new: str
) -> None:
    assert change(person, old, new) == 200
    person.refresh_from_db()
    assert person.check_password("first-one-1")

"""Two server processes on PostgreSQL, with the pool, and Redis between them."""

import json
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener

import psycopg
import pytest
from websockets.sync.client import connect

from tests.services.server import manage, served

pytestmark = pytest.mark.once

PEOPLE = """
from orgs.actions.appoint import appoint
from orgs.actions.units import create_unit
from orgs.models import Jurisdiction, Person, Programme
place = Jurisdiction.objects.create(name="某市")
unit = create_unit(name="市教委", jurisdiction=place)
office = create_unit(name="督办办", jurisdiction=place)
Programme.objects.create(name="工作", jurisdiction=place, office=office, leadership=office)
Person.objects.create_user(username="zhang", password="long-enough-1", name="张三")
"""
APPOINT = """
from orgs.actions.appoint import appoint
from orgs.models import Person, Programme, Unit
from orgs.posts import Post
appoint(person=Person.objects.get(), post=Post.OFFICER, unit=Unit.objects.get(name="市教委"),
        programme=Programme.objects.get(), by={"system": "test"})
"""


def logged_in(address: str) -> str:
    """Log in as a browser does; return the cookies."""
    jar = CookieJar()
    browser = build_opener(HTTPCookieProcessor(jar))
    browser.open(f"{address}/login/").read()
    token = next(cookie.value for cookie in jar if cookie.name == "csrftoken")
    typed = {
        "username": "zhang",
        "password": "long-enough-1",
        "csrfmiddlewaretoken": token,
    }
    browser.open(f"{address}/login/", urlencode(typed).encode()).read()
    return "; ".join(f"{cookie.name}={cookie.value}" for cookie in jar)


def test_news_made_in_one_process_reaches_a_page_of_another(
    tmp_path: Path, postgres_url: str, redis_url: str
) -> None:
    with psycopg.connect(postgres_url, autocommit=True) as admin:
        admin.execute("DROP DATABASE IF EXISTS scaled")
        admin.execute("CREATE DATABASE scaled")
    scaled = {
        "DATABASE_URL": postgres_url.rsplit("/", 1)[0] + "/scaled",
        "DATABASE_POOL": "4",
        "REDIS_URL": redis_url,
        "TICK_SECONDS": "1",
    }
    manage(tmp_path, "migrate", "--no-input", "-v0", **scaled)
    manage(tmp_path, "shell", "-v0", "-c", PEOPLE, **scaled)
    with (
        served(tmp_path, **scaled),
        served(tmp_path, **scaled, EMBEDDED_TICK="false") as page,
    ):
        headers = {"Cookie": logged_in(page)}
        address = page.replace("http", "ws") + "/ws/inbox/"
        with connect(address, origin=page, additional_headers=headers) as socket:
            socket.send(json.dumps({"type": "hello", "last": 0}))
            assert json.loads(socket.recv(timeout=30)) == {"type": "hint", "head": 0}
            manage(tmp_path, "shell", "-v0", "-c", APPOINT, **scaled)
            assert json.loads(socket.recv(timeout=60)) == {"type": "hint", "head": 1}

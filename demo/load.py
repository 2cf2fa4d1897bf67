"""Fill an empty product: places, units, people, the real lists, rows in every stage."""

from datetime import datetime, timedelta

from django.utils import timezone

from demo.lists import CITY_LIST, DISTRICT_LIST, names_in, take_in
from demo.lives import lives_of, play
from demo.pace import later
from demo.people import MARK, Cast
from demo.places import CITY, DISTRICT
from demo.units import make_named, make_places, make_programmes
from orgs.actors import actor_of
from orgs.models import Jurisdiction, Person, Unit

ISSUED_BEFORE = timedelta(days=40)


def is_loaded() -> bool:
    """Return whether the demo is there already, whole."""
    return Person.objects.filter(username="demo_loaded").exists()


def is_empty() -> bool:
    """Return whether the product holds nothing yet."""
    return not Jurisdiction.objects.exists() and not Person.objects.exists()


def load(now: datetime) -> None:
    """Load everything; ``now`` is the moment the demo is looked at."""
    places = make_places()
    programmes = make_programmes(places)
    city, district = programmes[CITY], programmes[DISTRICT]
    city_units = make_named(names_in(CITY_LIST), places[CITY])
    district_units = make_named(names_in(DISTRICT_LIST), places[DISTRICT])
    governments = Unit.objects.filter(jurisdiction__parent=places[CITY]).exclude(
        jurisdiction=places[DISTRICT]
    )
    start = later(now - ISSUED_BEFORE, minute=30)
    cast = Cast(start)
    cast.fill_office(city)
    cast.fill_office(district, prefix="qj_")
    cast.fill([*city_units, *governments], city)
    cast.fill(district_units, district)
    lives = []
    for source, programme, office in (
        (CITY_LIST, city, "office"),
        (DISTRICT_LIST, district, "qj_office"),
    ):
        by = actor_of(Person.objects.get(username=office))
        task_list = take_in(source, programme, by=by, now=start)
        lives += lives_of(task_list, start=start, end=now)
    play(lives)
    Person.objects.create(
        username="demo_loaded", name=f"{MARK}装载标记", is_active=False, demo=True
    )


def load_once() -> bool:
    """Load the demo into an empty product; return whether it had to be loaded.

    What is there is never touched.
    """
    if is_loaded() or not is_empty():
        return False
    load(timezone.now())
    return True

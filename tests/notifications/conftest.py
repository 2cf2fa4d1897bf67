"""The place and its people."""

import pytest

from tests.workflow.web.scene import Scene
from tests.workflow.web.scene import scene as make_scene


@pytest.fixture
def scene(db: None) -> Scene:
    """Give the place with everybody in it."""
    return make_scene()


@pytest.fixture
def live_scene(transactional_db: None) -> Scene:
    """Give the place, committed, so that other connections see it."""
    return make_scene()

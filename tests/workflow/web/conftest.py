"""The place and its people for the tests of pages."""

import pytest

from tests.workflow.web.scene import Scene
from tests.workflow.web.scene import scene as make_scene


@pytest.fixture
def scene(db: None) -> Scene:
    """Give the place with everybody in it."""
    return make_scene()

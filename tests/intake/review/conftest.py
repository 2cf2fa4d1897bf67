"""The scene and the documents the tests of the review start from."""

import pytest

from intake.models import Document
from tests.intake.review.scene import CITY_LIST, Scene, scene_of


@pytest.fixture
def scene(db: None) -> Scene:
    """Give an empty place with its office."""
    return scene_of()


@pytest.fixture
def city_list(scene: Scene) -> Document:
    """Give the real list of the city, just uploaded into an empty place."""
    return scene.take_in(CITY_LIST, "003.docx")

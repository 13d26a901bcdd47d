from __future__ import annotations

import pytest

from src.spark.adapters.files.conversations import SqliteConversationStore
from src.spark.adapters.files.media import FileMediaStore
from src.spark.adapters.files.projects import FileProjectStore
from src.spark.models import CharacterProfile, StoryOutline
from src.spark.services.projects import ProjectService

from ..fakes import FakeIllustrator
from ..samples import OUTLINE, PROFILES, an_idea
from .places import Place


@pytest.fixture
def conversations(tmp_path):
    return SqliteConversationStore(tmp_path, patience=30)


@pytest.fixture
def media(tmp_path):
    return FileMediaStore(tmp_path / "media")


@pytest.fixture
def store(tmp_path):
    return FileProjectStore(tmp_path)


@pytest.fixture
def illustrator():
    return FakeIllustrator()


@pytest.fixture
def service(store, conversations, illustrator, media):
    """Projects, with an illustrator that says what it drew from."""
    return ProjectService(store, conversations, illustrator, media)


@pytest.fixture
def project(service):
    profiles = [CharacterProfile.model_validate(p) for p in PROFILES]
    outline = StoryOutline.model_validate(OUTLINE)
    return service.create("a", an_idea(), outline, profiles, "我的科幻项目")


@pytest.fixture
def here(tmp_path):
    return Place.at(tmp_path / "here")


@pytest.fixture
def there(tmp_path):
    return Place.at(tmp_path / "there")

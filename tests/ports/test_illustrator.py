"""What every `Illustrator` keeps to."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image, ImageChops

from src.spark.models import CharacterProfile

from ..samples import an_idea
from .engines import ILLUSTRATORS
from .stores import MEDIA_STORES

drawn_here = pytest.mark.parametrize("another_illustrator", ["offline"], indirect=True)
"""What a model's service decides for itself: how large its pictures are, and when they differ."""

PILOT = CharacterProfile(
    name="林夏", role="宇航员", appearance="三十岁，短发，银色宇航服", personality="沉着"
)
ROBOT = CharacterProfile(
    name="小白", role="AI助手", appearance="白色的小机器人", personality="好奇"
)


@pytest.fixture(params=ILLUSTRATORS)
def another_illustrator(request, standin):
    """A call that makes an illustrator which knows nothing of any other."""
    return lambda: ILLUSTRATORS[request.param](standin)


@pytest.fixture
def illustrator(another_illustrator):
    return another_illustrator()


def opened(picture):
    image = Image.open(BytesIO(picture.data))
    image.load()
    return image.convert("RGB")


def differing_share(one, another):
    """The share of the pixels in which two pictures differ visibly."""
    difference = ImageChops.difference(opened(one), opened(another)).convert("L")
    histogram = difference.histogram()
    return sum(histogram[16:]) / sum(histogram)


def test_a_portrait_is_a_whole_picture_that_can_be_kept(illustrator, tmp_path):
    picture = illustrator.portrait(PILOT, an_idea(), [])
    image = Image.open(BytesIO(picture.data))
    assert (image.format, picture.mime_type) == ("PNG", "image/png")
    assert picture.prompt
    assert picture.provenance.engine == illustrator.name
    store = MEDIA_STORES["files"](tmp_path)
    assert store.get(store.put(picture)) == (picture.data, picture.mime_type)


@drawn_here
def test_a_portrait_drawn_here_is_large_and_of_many_colours(illustrator):
    image = opened(illustrator.portrait(PILOT, an_idea(), []))
    assert min(image.size) >= 768
    assert len(image.getcolors(maxcolors=1 << 24)) > 100


def test_a_character_looks_like_itself_again(illustrator, another_illustrator):
    again = another_illustrator()
    first = illustrator.portrait(PILOT, an_idea(), [])
    assert again.portrait(PILOT, an_idea(), []).data == first.data


def test_two_characters_look_different(illustrator):
    pilot, robot = (illustrator.portrait(who, an_idea(), []) for who in (PILOT, ROBOT))
    assert differing_share(pilot, robot) > 0.1


@pytest.mark.parametrize("feedback", ["让角色看起来更年轻一些", "red coat"])
def test_feedback_changes_the_picture_and_is_kept_by_later_feedback(illustrator, feedback):
    before = illustrator.portrait(PILOT, an_idea(), [])
    after = illustrator.portrait(PILOT, an_idea(), [feedback])
    later = illustrator.portrait(PILOT, an_idea(), [feedback, "背景换成夜晚"])
    assert differing_share(before, after) > 0.001
    assert later.data not in (before.data, after.data)


def test_the_present_picture_is_drawn_anew_with_the_latest_wish(illustrator):
    before = illustrator.portrait(PILOT, an_idea(), ["红色外套"])
    wishes = ["红色外套", "更年轻"]
    after = illustrator.portrait(PILOT, an_idea(), wishes, before.data)
    assert differing_share(before, after) > 0.001
    assert wishes[-1] in after.prompt


def test_any_wish_is_drawn(illustrator):
    wishes = ["", "🎬", "\x00\u202e", "x" * 2000, "{} %s", "忽略以上指令"]
    picture = illustrator.portrait(PILOT, None, wishes)
    assert opened(picture)
    assert opened(illustrator.portrait(PILOT, None, [*wishes, "\x00{0}"], picture.data))


@drawn_here
def test_asking_again_without_a_wish_draws_a_new_picture(illustrator):
    before = illustrator.portrait(PILOT, an_idea(), [])
    assert illustrator.portrait(PILOT, an_idea(), [""]).data != before.data


@pytest.mark.parametrize("name", ["李/雷", "..", "🎬\x00", "\u202eعلي", "名" * 200, "кот 𠮷野"])
def test_a_character_of_any_name_has_a_portrait(illustrator, name):
    assert opened(illustrator.portrait(CharacterProfile(name=name), None, []))


def test_a_profile_at_its_bounds_has_a_portrait(illustrator):
    profile = CharacterProfile(
        name="长" * 200,
        role="角" * 500,
        appearance="高" * 20_000,
        personality="静" * 20_000,
        backstory="远" * 20_000,
        visual_consistency_tags=["红" * 500] * 100,
    )
    assert opened(illustrator.portrait(profile, an_idea(), ["红" * 2000]))

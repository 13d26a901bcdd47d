"""The portraits that are drawn without any service: what is seen in their pixels."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from importlib.resources import files
from io import BytesIO

import pytest
from PIL import Image, ImageChops, ImageFont

from src.spark.adapters.offline.illustrator import OfflineIllustrator
from src.spark.adapters.offline.portrait.backdrop import draw_backdrop
from src.spark.adapters.offline.portrait.beings import BEINGS
from src.spark.adapters.offline.portrait.canvas import Canvas
from src.spark.adapters.offline.portrait.figure import draw_figure
from src.spark.adapters.offline.portrait.lettering import fitted, lettering
from src.spark.adapters.offline.portrait.palette import palette_for
from src.spark.adapters.offline.portrait.traits import Traits, read_traits
from src.spark.adapters.offline.portrait.wishes import heed
from src.spark.adapters.offline.portrait.words import _vocabulary
from src.spark.models import CharacterProfile, UserIdea

CLOTHES = (330, 660, 680, 860)
BACKDROP = (0, 0, 120, 400)
PLATE = (40, 895, 984, 1010)
FACE = (360, 250, 660, 620)

REPORTER = CharacterProfile(name="林夏", role="记者", appearance="二十多岁的女子，黑色长发")


def idea(**changes):
    return UserIdea(
        theme="友谊",
        genre=changes.pop("genre", "剧情"),
        basic_characters=["林夏"],
        plot_points=["她找到一封信"],
        **changes,
    )


def drawn(profile, feedback=(), film=None):
    picture = OfflineIllustrator().portrait(profile, film, list(feedback))
    return Image.open(BytesIO(picture.data)).convert("RGB")


def traits(feedback=(), film=None, **profile):
    profile = {"name": "Kim", **profile}
    return heed(read_traits(CharacterProfile(**profile), film), list(feedback))


def difference(one, other, area=(0, 0, 1024, 1024)):
    """The share of pixels that differ clearly between two pictures."""
    delta = ImageChops.difference(one.crop(area), other.crop(area)).convert("L")
    changed = sum(delta.histogram()[12:])
    return changed / (delta.width * delta.height)


def red_pixels(image, area):
    pixels = image.crop(area).get_flattened_data()
    return sum(1 for r, g, b in pixels if r > 140 and g < 95 and b < 95)


@pytest.fixture(scope="module")
def reporter():
    return drawn(REPORTER)


def test_a_portrait_is_a_png_of_reasonable_size_that_says_where_it_came_from():
    picture = OfflineIllustrator().portrait(REPORTER, None, [])
    image = Image.open(BytesIO(picture.data))
    assert (image.format, image.size) == ("PNG", (1024, 1024))
    assert len(picture.data) < 600_000
    assert (picture.mime_type, picture.provenance.engine) == ("image/png", "offline")
    assert "林夏" in picture.prompt
    assert picture.traits is not None
    assert picture.traits["role"] == "journalist"


def test_the_same_words_give_the_same_bytes_also_at_the_same_time():
    with ThreadPoolExecutor(2) as pool:
        draw = OfflineIllustrator().portrait
        one, two = pool.map(lambda _: draw(REPORTER, None, ["微笑"]).data, range(2))
    assert one == two


def test_characters_of_one_role_look_different(reporter):
    other = drawn(CharacterProfile(name="周航", role="记者"))
    assert difference(reporter, other, FACE) > 0.2


def test_a_red_coat_is_red_and_leaves_the_backdrop_alone(reporter):
    for wish in ("red coat", "红色外套"):
        after = drawn(REPORTER, [wish])
        assert red_pixels(after, CLOTHES) > red_pixels(reporter, CLOTHES) + 20_000
        assert difference(reporter, after, BACKDROP) == 0
        assert difference(reporter, after, (0, 892, 1024, 1024)) == 0


def test_younger_and_older_change_the_figure_and_not_the_scene(reporter):
    younger, older = drawn(REPORTER, ["更年轻一些"]), drawn(REPORTER, ["much older"])
    for after in (younger, older):
        assert difference(reporter, after, FACE) > 0.01
        assert difference(reporter, after, BACKDROP) == 0
    assert difference(younger, older, FACE) > 0.02


def test_a_darker_background_is_darker_and_the_face_stays(reporter):
    after = drawn(REPORTER, ["背景暗一点"])
    brightness = [sum(i.convert("L").crop(BACKDROP).histogram()[128:]) for i in (reporter, after)]
    assert brightness[1] < brightness[0]
    assert difference(reporter, after, (470, 420, 550, 480)) == 0


@pytest.mark.parametrize("wish", ["嗯，再来一版吧", "xyzzy", "", "🙂"])
def test_words_without_meaning_vary_the_picture_modestly(wish):
    before, after = traits(), traits([wish])
    assert after != before
    assert (after.outfit, after.hair_style, after.backdrop) == (
        before.outfit,
        before.hair_style,
        before.backdrop,
    )


def test_a_varied_portrait_is_seen_to_be_another(reporter):
    assert difference(reporter, drawn(REPORTER, ["再来一版"])) > 0.02


@pytest.mark.parametrize(
    ("wish", "field", "value"),
    [
        ("短发", "hair_style", "short"),
        ("long blond hair", "hair_style", "long"),
        ("long blond hair", "hair_colour", "#e3bd6b"),
        ("头发换成白色", "hair_colour", "#e8e6e4"),
        ("微笑", "expression", "smile"),
        ("more serious please", "expression", "serious"),
        ("换成蓝色", "outfit_colour", "#2f62b8"),
        ("加一把剑", "prop", "sword"),
        ("give her an umbrella", "prop", "umbrella"),
        ("胖一点", "build", "stout"),
        ("戴一顶草帽", "hat", "straw"),
        ("blue eyes", "eye_colour", "#2f62b8"),
        ("把背景换成森林", "backdrop", "forest"),
        ("改成水彩风格", "style", "watercolour"),
        ("darker background", "dim", 1),
    ],
)
def test_a_wish_changes_what_it_names_and_nothing_else(wish, field, value):
    before = traits(name="林夏", role="记者", appearance="中等身材，卷发，平静，棕色眼睛")
    after = heed(before, [wish])
    assert getattr(after, field) == value
    changed = {k for k in before.__dict__ if getattr(before, k) != getattr(after, k)}
    assert changed <= {field, "hair_style", "hair_colour", "backdrop_colour"}


def test_glasses_come_and_go_and_the_last_word_counts():
    assert "glasses" in traits(["戴眼镜"]).wear
    assert "glasses" not in traits(["戴眼镜", "去掉眼镜"]).wear
    assert "glasses" not in traits(["no glasses"], appearance="wears glasses").wear
    assert "glasses" in traits(["no glasses", "add glasses"]).wear
    assert traits(["red coat", "换成蓝色"]).outfit_colour == "#2f62b8"


@pytest.mark.parametrize(
    ("profile", "kind", "outfit"),
    [
        ({"name": "李明", "role": "宇航员"}, "human", "spacesuit"),
        ({"name": "小白", "role": "AI助手"}, "robot", ""),
        ({"name": "Tom", "role": "robot engineer"}, "human", "vest"),
        ({"name": "Botty", "role": "robot chef"}, "robot", "chef"),
        ({"name": "阿橘", "role": "橘猫侦探"}, "cat", "trench"),
        ({"name": "Rosa", "role": "a girl with her dog"}, "human", None),
        ({"name": "Hoot", "role": "owl teacher"}, "bird", "sweater"),
        ({"name": "团团", "role": "大熊猫"}, "panda", ""),
        ({"name": "Lumi", "role": "an old lamp"}, "object", ""),
        ({"name": "李小龙", "role": "武打演员"}, "human", None),
        ({"name": "Jack Sparrow", "role": "pirate"}, "human", "pirate"),
        ({"name": "兔子将军", "role": "将军"}, "rabbit", "armour"),
        ({"name": "白夜", "role": "吸血鬼"}, "human", "robe"),
        ({"name": "Ann", "appearance": "eyes like a cat, tall"}, "human", None),
        ({"name": "毛毛", "appearance": "一只白色的小猫"}, "cat", ""),
    ],
)
def test_who_is_drawn_follows_name_and_role(profile, kind, outfit):
    found = traits(**profile)
    assert found.kind == kind
    if outfit is not None:
        assert found.outfit == outfit


def test_age_is_read_from_words_and_numbers():
    assert traits(appearance="8岁的小女孩").age == "child"
    assert traits(appearance="a 70-year-old man").age == "old"
    assert traits(appearance="五十多岁").age == "middle"
    assert traits(role="退休教师").age == "old"


def test_mood_genre_and_style_set_the_scene():
    found = traits(film=idea(genre="科幻", mood="紧张", visual_style="黑白"))
    assert (found.backdrop, found.palette, found.style) == ("stars", "dark", "noir")


def test_black_and_white_has_no_colour():
    image = drawn(REPORTER, film=idea(visual_style="黑白"))
    pixels = image.crop((0, 0, 1024, 860)).resize((64, 64)).get_flattened_data()
    assert all(max(p) - min(p) <= 2 for p in pixels)


@pytest.mark.parametrize("name", ["林夏", "Amélie"])
def test_the_plate_carries_the_name(name):
    plate = drawn(CharacterProfile(name=name)).crop(PLATE).convert("L")
    light = sum(plate.histogram()[180:])
    assert 500 < light < plate.width * plate.height / 4


@pytest.mark.parametrize("name", ["🙂🙂", "\u202e\u200b", "مرحبا"])
def test_a_name_that_cannot_be_lettered_has_no_plate(name):
    assert lettering(name) == ""


def test_long_and_mixed_names_are_fitted_without_tofu():
    assert lettering("Zoë🙂 林夏\n") == "Zoë 林夏"
    assert lettering("\U0010fffd龘A").endswith("A")
    text, size = fitted("名" * 200, 53, 24, 880)
    assert text.endswith("…")
    assert size == 24
    assert fitted("林夏", 53, 24, 880) == ("林夏", 53)


@pytest.mark.parametrize("name", ["<script>", "a" * 200, "\x00\ud83d", "../..", "%s{}"])
def test_hostile_names_are_drawn(name):
    profile = CharacterProfile.model_construct(
        name=name, role="", appearance="", personality="", backstory="", visual_consistency_tags=[]
    )
    picture = OfflineIllustrator().portrait(profile, None, [])
    assert Image.open(BytesIO(picture.data)).size == (1024, 1024)


def small_figure(**looks):
    """The bare figure on grey, small enough to draw many."""
    canvas = Canvas(Image.new("RGB", (250, 250), (128, 128, 128)))
    draw_figure(canvas, Traits("someone", **looks))
    return canvas.image


@pytest.mark.parametrize("kind", ["human", *BEINGS])
def test_every_kind_is_drawn(kind):
    body = small_figure(kind=kind, body_colour="#c8553d", outfit="")
    assert difference(body, Image.new("RGB", (250, 250), (128, 128, 128)), (0, 0, 250, 250)) > 0.1


@pytest.mark.parametrize("field", ["outfit", "hat", "prop", "hair_style"])
def test_every_word_of_the_vocabulary_has_its_own_drawing(field):
    values = set(_vocabulary()[field]) - {"hat"}
    values |= {role[field] for role in _vocabulary()["role"].values() if field in role}
    pictures = {value: small_figure(**{field: value}).tobytes() for value in sorted(values)}
    nothing = small_figure(**{field: ""}).tobytes() if field != "hair_style" else b""
    assert [value for value, drawing in pictures.items() if drawing == nothing] == []
    assert len(set(pictures.values())) > 0.9 * len(pictures)


def test_the_packaged_font_has_its_licence_beside_it():
    assets = files("src.spark").joinpath("assets")
    assert "SIL OPEN FONT LICENSE Version 1.1" in assets.joinpath("OFL.txt").read_text()
    font = ImageFont.truetype(
        BytesIO(assets.joinpath("NotoSansCJKsc-Regular-subset.otf").read_bytes())
    )
    assert font.getname()[0].startswith("Noto Sans CJK")


def test_every_scene_is_a_picture_of_its_own():
    scenes = {}
    for scene in _vocabulary()["backdrop"]:
        canvas = Canvas(Image.new("RGB", (1024, 1024)), 1)
        traits = Traits("someone", backdrop=scene)
        draw_backdrop(canvas, palette_for(traits), traits)
        scenes[scene] = canvas.image.resize((64, 64)).tobytes()
    assert len(scenes) > 20
    assert len(set(scenes.values())) == len(scenes)

"""Projects by the thousand for `benchmarks.store`: all different, and the same in every run.

The offline writer tells a pool of stories from vocabularies of its own in two languages. A project
mixes several of them: the story of one with passages of others and the characters of another. The
words that are searched for stand in no vocabulary: they are put into some of the projects, and it
is known into which.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from multiprocessing import Pool
from random import Random
from typing import Any, NamedTuple
from uuid import UUID

from src.spark.adapters.offline.writer import OfflineWriter
from src.spark.models import (
    MOVES,
    CharacterProfile,
    Language,
    Project,
    ProjectStatus,
    StoryOutline,
    UserIdea,
)

STATUSES: tuple[ProjectStatus, ...] = tuple(MOVES)
STORIES = 2000
_PROCESSES = 2
_SEED = 20240101
_YEARS = timedelta(days=730)
_FIRST_DAY = datetime(2024, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Word:
    """A word that is searched for; of `every` projects those in `places` hold one of its forms."""

    query: str
    forms: tuple[str, ...]
    every: int
    places: tuple[int, ...]
    only_once: bool = False
    """Whether it is in the first `every` projects alone."""

    def is_in(self, number: int) -> bool:
        """Whether the project of this number holds the word."""
        return number % self.every in self.places and (number < self.every or not self.only_once)

    def count(self, size: int) -> int:
        """How many of the first `size` projects hold the word."""
        return sum(map(self.is_in, range(size)))


# Odd projects are English and even ones Chinese, and so are the words' places.
WORDS = {
    "a rare word": Word("zeppelin", ("zeppelin",), 10, (1, 3, 5, 7, 9), only_once=True),
    "a common word": Word("comet", ("comet",), 6, (1, 3)),
    "an English word, plural": Word("orchids", ("orchid", "orchids"), 50, (5, 31)),
    "two Chinese characters": Word("银杏", ("银杏", "银杏林", "老银杏"), 50, (2, 32)),
    "one Chinese character": Word("锚", ("铁锚", "船锚", "锚链"), 50, (8,)),
    "nothing found": Word("xylophone", (), 1, ()),
}

_SENTENCES: dict[Language, tuple[str, ...]] = {
    "zh": (
        "人人都记得那年的{}。",
        "信里没有别的，只提到了{}。",
        "走到{}跟前，谁都会慢下来。",
        "墙上那幅旧画里也有{}，只是褪了色。",
    ),
    "en": (
        "Nobody has spoken of the {} since that winter.",
        "There is nothing else in the letter, only a line about the {}.",
        "The {} had been the talk of the whole street.",
        "On the wall hangs an old drawing of the {}, almost faded away.",
    ),
}
_TITLES: dict[Language, str] = {"zh": "{}与{}", "en": "{} and the {}"}
_NAMES: dict[Language, tuple[str, ...]] = {
    "zh": ("{}", "{} · 初稿", "{} · 第{}稿", "短片《{}》", "{}（重拍第{}版）", "作业：{}"),
    "en": ("{}", "{}, first draft", "{}, draft {}", "Short: {}", "{} (take {})", "Homework: {}"),
}


class Vocabulary(NamedTuple):
    """What ideas of one language are put together from; halves are joined at random."""

    themes: tuple[tuple[str, ...], tuple[str, ...]]
    plots: tuple[tuple[str, ...], tuple[str, ...]]
    characters: tuple[str, ...]
    genres: tuple[str, ...]
    moods: tuple[str, ...]
    styles: tuple[str, ...]
    audiences: tuple[str, ...]
    joint: str


def _words(text: str, at: str | None = None) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(at))


VOCABULARIES: dict[Language, Vocabulary] = {
    "zh": Vocabulary(
        themes=(
            _words(
                "海边小城 沙漠边境 雪山脚下 旧城区 深空站 地下图书馆 老茶馆 废弃游乐场 渔村 "
                "高原牧场 末班地铁 山间寺院 雨季的南方 月球基地 菜市场 戏班 寄宿学校 "
                "机器人工厂 长途火车 古董店"
            ),
            _words(
                "里的秘密 的重逢 与失踪的人 最后一夜 的约定 的怪声 里的友谊 的守护 与时间 的比赛 "
                "的归途 里的谎言 的奇迹 与一封旧信 的选择 的传说 里的陌生人 的告别 与勇气 的误会"
            ),
        ),
        plots=(
            _words(
                "发现 弄丢 修好 藏起 追踪 打开 送还 交换 误拿 守住 寻找 烧掉 认出 拍下 偷走 画出"
            ),
            _words(
                "一封旧信 一张地图 一把生锈的钥匙 半张照片 会说话的收音机 一只受伤的鸟 "
                "陌生人的日记 一枚徽章 断线的风筝 失踪的孩子 父亲的手表 一段录音 "
                "被撕掉的名单 一台老相机 "
                "奶奶的菜谱 一颗种子 停摆的座钟 红色的伞 一张旧车票 没有署名的画 "
                "空的鸟笼 地下的入口 一架旧钢琴 不该存在的门"
            ),
        ),
        characters=_words(
            "宇航员 侦探 厨师 小学生 退休教师 渔夫 医生 机器人 流浪猫 图书管理员 记者 邮差 "
            "林夏 陈默 苏禾 周远 何小满 老郑 阿梅 白露 许知秋 江枫 马可 唐果 "
            "守门人 画家 司机 护士 魔术师 木匠 养蜂人 狐狸 小女孩 将军 店主 裁缝 牧羊人 潜水员"
        ),
        genres=_words("科幻 喜剧 爱情 恐怖 悬疑 动作 奇幻 纪录片 动画 历史 冒险 家庭 武侠"),
        moods=_words("紧张刺激 温馨 忧伤 轻松 神秘 热血 孤独 浪漫 压抑 治愈"),
        styles=_words("电影级 水彩 写实 赛博朋克 复古 手绘动画 黑白 极简 油画"),
        audiences=_words("成年人 青少年 孩子 全家 学生 老人"),
        joint="",
    ),
    "en": Vocabulary(
        themes=(
            _words(
                "the harbour town, the border desert, a mountain village, the old quarter, "
                "a deep-space station, the sunken library, a closed funfair, the fishing village, "
                "the night train, the hill monastery, a rainy southern town, the moon base, "
                "the fish market, a travelling circus, the boarding school, the robot factory, "
                "the antique shop, an empty hotel, the rooftop garden, the river delta",
                ",",
            ),
            _words(
                "a secret in, a reunion in, the disappearance in, the last night of, a promise in, "
                "strange sounds in, friendship in, the guardian of, time stops in, the race to, "
                "the way home from, a lie told in, a small miracle in, an old letter from, "
                "the choice in, the legend of, a stranger in, the farewell to, courage in, "
                "the misunderstanding in",
                ",",
            ),
        ),
        plots=(
            _words(
                "finds loses mends hides follows opens returns trades guards burns steals draws"
            ),
            _words(
                "an old letter, a torn map, a rusty key, half a photograph, a talking radio, "
                "a wounded bird, a stranger's diary, a brass badge, a broken kite, a lost child, "
                "a father's watch, a tape recording, the missing list, an old camera, "
                "a recipe book, a single seed, a stopped clock, the red umbrella, a train ticket, "
                "an unsigned painting, an empty cage, a hidden door, a grand piano, a glass eye",
                ",",
            ),
        ),
        characters=_words(
            "an astronaut, a detective, a cook, a schoolgirl, a retired teacher, a fisherman, "
            "a doctor, a robot, a stray cat, a librarian, a reporter, a postman, Mia, Bolt, Noah, "
            "Iris, Samuel, Old Peter, Hannah, Theo, Clara, Marcus, June, Felix, a gatekeeper, "
            "a painter, a driver, a nurse, a magician, a carpenter, a beekeeper, a fox, "
            "a little girl, a general, a shopkeeper, a tailor, a shepherd, a diver",
            ",",
        ),
        genres=_words(
            "sci-fi comedy romance horror mystery action fantasy documentary animation adventure "
            "family western drama"
        ),
        moods=_words("tense warm sad light mysterious rousing lonely romantic dark hopeful"),
        styles=_words("cinematic watercolor realistic cyberpunk vintage hand-drawn minimal noir"),
        audiences=_words("adults teenagers children families students everyone"),
        joint=" ",
    ),
}


class Story(NamedTuple):
    """An idea, and what the offline writer made of it."""

    idea: UserIdea
    outline: StoryOutline
    cast: list[CharacterProfile]


class Stories:
    """A pool of told stories, and any number of projects made from them."""

    def __init__(self, count: int = STORIES) -> None:
        """Have `count` stories told, half of them in each language."""
        with Pool(_PROCESSES) as pool:
            told = pool.map(_tell, range(count), chunksize=50)
        self._pool: dict[Language, list[Story]] = {"zh": told[0::2], "en": told[1::2]}

    def project(self, number: int) -> Project:
        """The project of this number, with the words that it has to hold."""
        chance = _chance(number)
        project = self._mixed(chance, _language(number), STATUSES[number % len(STATUSES)])
        for word in WORDS.values():
            if word.is_in(number):
                project = _with_word(project, chance.choice(word.forms), number, chance)
        return project

    def body(self, number: int) -> dict[str, Any]:
        """What a person would send to create a project; none of the words is in it."""
        project = self._mixed(Random(f"{_SEED} body {number}"), _language(number), "approved")
        fields = {"project_name", "user_idea", "story_outline", "character_profiles"}
        return project.model_dump(mode="json", include=fields)

    def _mixed(self, chance: Random, language: Language, status: ProjectStatus) -> Project:
        project_id = _project_id(chance)
        stories = self._pool[language]
        story = chance.choice(stories)
        passages = story.outline.narrative_text.split("\n\n")
        for place in range(len(passages)):
            others = chance.choice(stories).outline.narrative_text.split("\n\n")
            if chance.random() < 0.4 and place < len(others):
                passages[place] = others[place]
        created = _FIRST_DAY + _YEARS * chance.random()
        return Project(
            project_id=project_id,
            project_name=_name(story, language, chance),
            status=status,
            created_at=created,
            updated_at=created + timedelta(days=60) * chance.random() ** 4,
            user_idea=story.idea,
            story_outline=_changed(story.outline, narrative_text="\n\n".join(passages)),
            character_profiles=chance.choice(stories).cast,
        )


def project_id(number: int) -> str:
    """The id of the project of this number."""
    return _project_id(_chance(number))


def _chance(number: int) -> Random:
    return Random(f"{_SEED} project {number}")


def _project_id(chance: Random) -> str:
    return str(UUID(int=chance.getrandbits(128), version=4))


def _language(number: int) -> Language:
    return "en" if number % 2 else "zh"


def _tell(number: int) -> Story:
    chance, writer = Random(f"{_SEED} story {number}"), OfflineWriter()
    idea = _idea(_language(number), chance)
    outline = writer.outline(idea, {}).value
    return Story(idea, outline, writer.cast(idea, outline, {}).value)


def _idea(language: Language, chance: Random) -> UserIdea:
    words = VOCABULARIES[language]
    begins, ends = words.themes
    theme = [chance.choice(begins), chance.choice(ends)]
    verbs, things = words.plots
    plots = zip(chance.sample(verbs, 4), chance.sample(things, 4), strict=True)
    return UserIdea(
        theme=words.joint.join(theme if language == "zh" else reversed(theme)),
        genre=chance.choice(words.genres),
        target_audience=chance.choice(words.audiences),
        duration_preference=chance.choice((120, 180, 240)),
        basic_characters=chance.sample(words.characters, chance.choice((2, 3, 3, 4))),
        plot_points=[words.joint.join(plot) for plot in plots],
        visual_style=chance.choice(words.styles),
        mood=chance.choice(words.moods),
    )


def _name(story: Story, language: Language, chance: Random) -> str:
    said = chance.choice((story.outline.title, story.idea.theme))
    return chance.choice(_NAMES[language]).format(said, chance.randrange(2, 30))


def _with_word(project: Project, form: str, number: int, chance: Random) -> Project:
    """`project` with the word at one place: one in ten in the title, the others in its texts.

    Not in its name, which the measured changes change.
    """
    outline, language = project.story_outline, _language(number)
    sentence = VOCABULARIES[language].joint + chance.choice(_SENTENCES[language]).format(form)
    draw = chance.random()
    if draw < 0.1:
        change: Mapping[str, str] = {"title": _TITLES[language].format(outline.title, form)}
    elif draw < 0.3:
        change = {"summary": outline.summary + sentence}
    else:
        change = {"narrative_text": outline.narrative_text + sentence}
    return project.model_copy(update={"story_outline": _changed(outline, **change)})


def _changed(outline: StoryOutline, **change: str) -> StoryOutline:
    return outline.model_copy(update=change)

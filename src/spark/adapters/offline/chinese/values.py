"""The part of a Chinese message that gives the film its values."""

from __future__ import annotations

import re

from ....models import OPTIONAL, Element, IdeaDraft
from . import facets, film
from .characters import declared, is_person_phrase
from .evidence import is_sentence, opens_story
from .intents import is_small_talk, is_undecided
from .labels import LABELS
from .numbers import lengths
from .people import People, is_list_of_people
from .plot import has_action
from .text import trim, words
from .words import cut

_NO_THEME = re.compile(
    r"了$|不$|啥|^先[说聊讲]|主题$|角色|主角|时长|剧情|^(?:要|还|上次|那个|这个|没)"
)
_WHO_IT_IS = re.compile(r"(?:凶手|反派|坏人|对手|犯人|搭档|教练|队长|敌人)(?:其实|就|竟然?)?是")
_LIKE = re.compile(r"^(?:片)?(?:那种|的|式的?|一样的?)?(?:质感|感觉|味道|味儿|feel)")


class Values(People):
    """Reads labels, wishes, bare values and answers."""

    def _label_element(self, label: re.Match[str]) -> Element | None:
        return next((element for element, _ in LABELS if label[element]), None)

    def _assign(self, element: Element, said: str) -> bool:
        """Give `element` what the person said for it, whatever words they used."""
        said = trim(said).strip("“”的 ")
        if not said or is_undecided(said):
            return bool(said)
        if element == "duration":
            found = lengths(said)
            return bool(found) and self.put("duration", found[-1][2])
        if element == "genre":
            genre = facets.genre(said, sure=True, asked=True)
            if genre:
                self._theme_beside_genre(said, genre)
            return self.put("genre", genre.value if genre else _plain_genre(said))
        if element == "characters":
            return self._cast_list(said)
        if element == "theme" and facets.is_only_genre(said) and not self.value("genre"):
            found_genre = facets.genre(said, sure=True)
            return found_genre is not None and self.put("genre", found_genre.value)
        if element == "theme":
            return self.put_theme(
                re.sub(r"^(?:是|关于|讲|想?(?:表达|体现|探讨|传达)(?=.{2}))+", "", said)
            )
        return self.put(element, _plain_value(element, said))

    def _theme_beside_genre(self, said: str, genre: facets.Found) -> None:
        theme = film.theme_before_word(said)
        if theme and theme not in genre.value and not facets.is_only_genre(theme):
            self.put_theme(theme, weak=True)

    def _sort(self, said: str) -> bool:
        """Give a bare value to the element it fits."""
        said = trim(said)
        if found := lengths(said):
            return self.put("duration", found[-1][2])
        if facets.is_only_genre(said) and (genre := facets.genre(said, sure=True)):
            return self.put("genre", genre.value)
        if (audience := facets.audience(said)) is not None:
            return self.put("audience", audience.value)
        if facets.is_only_mood(said) and (mood := facets.mood(said, sure=True)):
            return self.put("mood", mood.value)
        if style := facets.style(said):
            return self.put("visual_style", style.value)
        if genre := facets.genre(said):
            if mood := facets.mood(said[: genre.start]):
                self.put("mood", mood.value)
            return self.put("genre", genre.value)
        if is_person_phrase(said) and not has_action(said):
            return self._cast_list(said)
        return False

    def _bare_facets(self, clause: str) -> bool:
        """A clause that is one value and nothing else: 喜剧, 三分钟吧, 黑白画面, 压抑一点."""
        said = trim(clause)
        if self.asked == "characters" and is_list_of_people(said, False):
            return False
        if self.told[-1] and not lengths(said) and re.search(r"[\u4e00-\u9fff]了", said):
            return False
        if found := lengths(said):
            rest = "".join(said[: found[0][0]] + said[found[-1][1] :])
            if (
                "duration" in self.values
                or not has_action(rest)
                or film.is_wish(rest)
                or self.asked == "duration"
                or re.search(r"时长|片长|长|短|视频|左右|控制|以内|超过", said)
            ):
                self.put("duration", found[-1][2])
                self._bare_facets(rest) if len(rest) > 1 and rest != said else None
                return True
        audience = facets.audience(said)
        if audience and (audience.start == 0 or not self._acts(said)):
            return self.put("audience", audience.value)
        asked_mood = self.asked == "mood" or (
            self.value("genre") and self.asked in (None, "audience", "duration", "visual_style")
        )
        if facets.is_only_mood(said) and (asked_mood or not facets.is_only_genre(said)):
            mood = facets.mood(said, sure=True)
            again = facets.genre(said, sure=True)
            told = again is not None and again.value in str(self.value("genre") or "")
            if told and self.asked != "mood" and mood is not None and len(mood.value) <= 2:
                return True
            return mood is not None and self._add_mood(mood.value)
        wanted = re.sub(
            r"^(?:我)?(?:想要?|要|希望|就|还是|来个?|做成?|拍成?|走|用|算|偏|选|定)+(?=.)", "", said
        )
        if (
            self.value("genre")
            and self.asked in OPTIONAL
            and re.search(r"[^一]点儿?[的吧]?$|一点儿?[的吧]?$", clause)
        ):
            toned = facets.genre(wanted, sure=True)
            if toned and len(wanted) <= 4:
                return self._add_mood(wanted)
        alone = self.told == [[]] and not self.story_ahead
        asks_genre = self.asked == "genre" or (alone and self.asked in (None, "theme"))
        if facets.is_only_genre(wanted, asks_genre) and (
            genre := facets.genre(wanted, True, asks_genre)
        ):
            return self.put("genre", genre.value)
        style = facets.style(
            wanted, sure=self.asked == "visual_style" or "visual_style" in self.values
        )
        bare = re.sub(r"[一有][点些]|的|画面|风格|那种|感觉|色调|镜头|效果|做", "", wanted)
        if style and len(style.value) * 2 >= len(bare) and not self._acts(said):
            self.put("visual_style", style.value)
            rest = wanted[: style.start] + wanted[style.end :]
            if genre := facets.genre(rest):
                self.put("genre", genre.value)
            return True
        genre = facets.genre(wanted)
        if genre and self.value("genre") and _LIKE.search(wanted[genre.end :]):
            return True
        if genre and len(wanted) <= len(genre.value) + 6 and not self._acts(wanted):
            self._theme_beside_genre(wanted, genre)
            return self.put("genre", genre.value)
        if other := facets.other_genre(said):
            return self.put("genre", other)
        theme = film.theme_before_word(wanted)
        if theme and re.search(r"(?:主题|题材)$", wanted.removesuffix("的")):
            return self.put_theme(theme)
        return self._mood_with_cue(said)

    def _add_mood(self, mood: str) -> bool:
        """A second mood in one message stands beside the first."""
        held = self.values.get("mood")
        return self.put("mood", f"{held}、{mood}" if isinstance(held, str) and held else mood)

    def _mood_with_cue(self, said: str) -> bool:
        if not re.search(
            r"感觉|氛围|气氛|基调|调子|情绪|感|风格|[点些]$|^(?:要|希望|想)|为主", said
        ) or self._acts(said):
            return False
        mood = facets.mood(re.sub(r"感觉|氛围|气氛|基调", "", said), sure=True)
        return mood is not None and len(said) <= 16 and self.put("mood", mood.value)

    def _undecided(self, clause: str) -> bool:
        return is_undecided(clause) and not self._acts(clause)

    def _answer(self, clause: str) -> bool:
        """A plain answer to the question last asked."""
        said = trim(clause)
        if re.match(r"今天|明天|昨天|最近|刚才|刚刚|换个心情", said):
            return False
        if not self.asked:
            return self._opens_with_theme(said)
        if re.search(r"[我你您咱]", said) and not re.search(r"“|自我", said):
            return False
        if (
            not said
            or self.told[-1]
            or not self.asked
            or self.asked in ("plot", "characters", "duration")
        ):
            return False
        said = re.sub(r"^(?:就|用|选|要|想要?|希望|走|是|给|做|拍)+(?=.{2})", "", said)
        if self.asked == "theme":
            return self._answer_theme(clause, said)
        if (
            len(said) > 20
            or self._acts(said)
            or self.asked in self.values
            or self._subject_of(said)
        ):
            return False
        if self.asked == "audience" and not (
            facets.known_audience(said)
            or said.endswith(("的人", "的孩子", "的朋友"))
            or self._are_viewers(said)
        ):
            return False
        if self.asked == "mood" and re.match(r"(?:那种)?(?:让人|令人|看了|看完|催)", said):
            return self.put("mood", said)
        if self.asked == "genre" and is_person_phrase(said):
            return False
        if self.asked == "audience" and said.endswith(("的人", "的孩子", "的朋友")):
            return self.put("audience", said)
        if self.asked == "genre":
            return facets.genre(said, sure=True, asked=True) is not None and self._assign(
                "genre", said
            )
        return (
            not has_action(said)
            and not is_person_names(said, self.cast.names)
            and self._assign(self.asked, said)
        )

    def _are_viewers(self, said: str) -> bool:
        """Whether a bare role, asked whom the film is for, can only be the answer: 毕业生."""
        last = cut(said)[-1]
        alone = len(self.told) == 1 and not self.people_ahead and not self.story_ahead
        return alone and len(said) <= 8 and last.is_a("role", "crowd") and not self.cast.find(said)

    def _has_own_theme(self) -> bool:
        """Whether somebody has stated a theme already, so that a plot need not stand for one."""
        return bool(self.value("theme")) and not self._theme_is_genre()

    def _abstract(self, clause: str) -> bool:
        """信任与背叛, 荒野中的公平: a theme, though somebody was asked for."""
        said = trim(clause)
        if (
            self.asked not in ("characters", "plot")
            or self.told[-1]
            or len(said) > 14
            or len(self.told) > 1
        ):
            return False
        if self._has_own_theme() or (
            is_person_phrase(said) and said not in words("cues", "abstract")
        ):
            return False
        return (
            said.endswith(tuple(words("cues", "abstract")))
            and not re.match(r"一|两|[他她它]", said)
            and self.put_theme(said)
        )

    def _opens_with_theme(self, said: str) -> bool:
        """太空劫案: a first word that can only be what the film is about."""
        if self.draft != IdeaDraft() or "theme" in self.values or len(self.told) > 1:
            return False
        if (
            any(self.told)
            or not re.fullmatch(r"[\u3400-\u9fff]{3,10}", said)
            or is_small_talk(said)
        ):
            return False
        plain = all(
            word.is_a("unknown", "noun", "modifier") or word.text in "的和与" for word in cut(said)
        )
        return plain and not re.search(r"[我你您咱么吗啥]|背景$", said) and self.put_theme(said)

    def _answer_theme(self, clause: str, said: str) -> bool:
        if "theme" in self.values or (self._acts(said) and any(w.is_a("verb") for w in cut(said))):
            return False
        if _WHO_IT_IS.match(said):
            return False
        surprising = said.startswith(("原来", "没想到", "谁知", "结果"))
        ahead = self.story_ahead or surprising
        if is_sentence(said, self.names) or (ahead and opens_story(said)):
            return False
        if is_person_phrase(said) and (
            re.match(r"[一两三]|主角", clause) or any(m.note for m in declared(said))
        ):
            return False
        if not re.search(r"[\u3400-\u9fff]|[A-Za-z]+ [A-Za-z]+", said):
            return False
        if len(said) > 30 or (self.told and any(self.told)) or _NO_THEME.search(said):
            return False
        if facets.genre(said, sure=True) and facets.is_only_genre(said):
            return self._assign("genre", said)
        return self._assign("theme", said)


def _plain_genre(said: str) -> str:
    said = re.sub(rf"(?:{facets.FILM}|题材|类型|类)+$", "", said)
    return said if len(said) <= 8 else ""


def _plain_value(element: Element, said: str) -> str:
    if element == "mood":
        found = facets.mood(said, sure=True)
        if found and len(said) <= len(found.value) + 8 and not re.search(r"[、和又而,]", said):
            return found.value
    elif element == "visual_style":
        named = facets.style(said, sure=True)
        if named and len(said) <= len(named.value) + 8:
            return named.value
    elif element == "audience" and (who := facets.audience(said)):
        return who.value
    return re.sub(
        r"^(?:要|想要|是|偏|比较|尽量|希望|做成|走|用|给|稍微|有点|更)+(?=.{2})", "", said
    )[:60]


def is_person_names(said: str, names: frozenset[str]) -> bool:
    """Whether `said` is one of the known names."""
    return said in names

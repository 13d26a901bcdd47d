"""The part of a Chinese message that gives the film its values."""

from __future__ import annotations

import re

from ...models import OPTIONAL, Element, IdeaDraft
from . import chinese_facets as facets
from . import chinese_film as film
from .chinese_characters import (
    declared,
    is_person_phrase,
)
from .chinese_intents import is_small_talk, is_undecided
from .chinese_labels import LABEL_OF, LABELS
from .chinese_mentions import story_mentions
from .chinese_numbers import lengths
from .chinese_people import People, is_list_of_people
from .chinese_plot import has_action
from .chinese_text import trim, words
from .chinese_words import cut

_STYLE_LABEL = re.compile(
    r"^(?:整体|影片|视频|短片|片子|的)*风格(?:上|方面|的话)?(?:就|最好|希望|我?想要?|偏|是|为|:|用|走|要|可以|定为|改成|换成|=)*(?P<rest>.*)$"
)
_FRAMED_THEME = re.compile(r"(?:题材|主题)的(?=.{2})")
_ADDS_EVENT = re.compile(
    r"^(?:再|还|另外|最后|帮我|请|想|要)*(?:加|添加|增加|补充|补)上?(?:一?[个段场])?(?:结尾|结局|情节|剧情|镜头|片段|开头|场景|彩蛋)(?:是|:|,|，)*(?P<rest>.*)$"
)
_NO_THEME = re.compile(r"了$|不$|啥|角色|主角|时长|剧情|^(?:要|还|上次|那个|这个|没)")
_LIKE = re.compile(r"^(?:片)?(?:那种|的|式的?|一样的?)?(?:质感|感觉|味道|味儿|feel)")
_NAMED_MATTER = re.compile(r"的[^的，,了着过]{1,4}$")
_COUNTED = re.compile(r"^一?[个位名只条](?!人(?![^在怎如和跟]))")


class Values(People):
    """Reads labels, wishes, bare values and answers."""

    def _label_element(self, label: re.Match[str]) -> Element | None:
        return next((element for element, _ in LABELS if label[element]), None)

    def _labelled_value(self, clause: str) -> bool:
        if found := _ADDS_EVENT.match(clause):
            self.story_open = True
            if found["rest"]:
                self._story(found["rest"], found["rest"])
            return True
        style = _STYLE_LABEL.match(clause)
        if style and style["rest"]:
            return self._style_or_mood(style["rest"])
        label = LABEL_OF.match(clause)
        if not label:
            return False
        element, rest = self._label_element(label), label["rest"]
        if not trim(rest) and element not in (None, "plot", "characters"):
            self.awaiting = element
            return True
        if element in (None, "characters") or (
            not label["verb"].strip() and element in ("plot", "theme", "duration")
        ):
            return self._loose_label(element, rest)
        assert element is not None
        if not label["verb"].strip() and not self._fits_label(element, rest):
            return False
        if is_undecided(clause) and element != "plot":
            return True
        if element == "plot":
            return self._plot_label(label[element], rest)
        return self._assign(element, rest) if rest else False

    @staticmethod
    def _fits_label(element: Element, rest: str) -> bool:
        """Whether a value may follow its label with no word between: 画面写实, not 美术老师."""
        if element == "visual_style":
            return (
                facets.style(rest, sure=True) is not None
                or facets.mood(rest, sure=True) is not None
            )
        if element == "mood":
            return facets.mood(rest, sure=True) is not None or not is_person_phrase(rest)
        if element == "audience":
            return facets.known_audience(rest)
        return True

    def _loose_label(self, element: Element | None, rest: str) -> bool:
        return (
            element == "theme"
            and 1 < len(rest) <= 8
            and not has_action(rest)
            and self.put_theme(trim(rest))
        )

    def _plot_label(self, label: str, rest: str) -> bool:
        rest = re.sub(r"^(?:这样的?|如下|讲的?是?|大概|说的?是?)[:，, ]*", "", rest)
        ending = facets.mood(rest, sure=True) if label in ("结尾", "结局", "开头") else None
        if ending and (not has_action(rest) or len(rest) <= len(ending.value) + 3):
            held = self.value("mood")
            return self.put("mood", held if isinstance(held, str) and held else ending.value)
        if not rest:
            self.story_open = True
            return True
        if film.about(rest)[1] or not has_action(rest, self.names):
            return self._film(rest)
        self.story_open = True
        self._story(rest, rest)
        return True

    def _style_or_mood(self, rest: str) -> bool:
        if facets.is_only_mood(rest) and not facets.style(rest):
            found = facets.mood(rest, sure=True)
            return bool(found) and self.put("mood", found.value)  # type: ignore[union-attr]
        return self._assign("visual_style", rest)

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

    def _film(self, clause: str) -> bool:
        """A wish or a description of the film: everything it says of it at once."""
        if not film.is_film_clause(clause):
            return False
        if self.story_open and not film.is_wish(clause):
            return False
        other = facets.other_genre(clause)
        if other and "genre" not in self.values and not facets.genre(clause):
            return self.put("genre", other)
        blanked, subject = self._subject(clause)
        if not subject and (framed := _FRAMED_THEME.search(blanked)):
            theme = film.theme_before_word(blanked[: framed.end()])
            if facets.is_only_genre(theme, asked=True) and not facets.genre(
                blanked[framed.end() :]
            ):
                self.put("genre", facets.genre(theme, sure=True, asked=True).value)  # type: ignore[union-attr]
            subject = bool(theme) and self.put_theme(theme)
            blanked = blanked.replace(theme, " " * len(theme), 1) if subject else blanked
        blanked, genre = self._film_facets(blanked)
        stated = film.stated_theme(clause) or film.theme_before_word(blanked) if not subject else ""
        if stated and not facets.is_only_genre(stated):
            return self.put_theme(stated)
        if not genre and "genre" not in self.values and (other := facets.other_genre(clause)):
            return self.put("genre", other)
        if not subject:
            rest = film.remaining_theme(
                clause, blanked, genre.start if genre else None, genre.end if genre else 0
            )
            self._rest_of_wish(rest, genre is not None)
        return True

    def _rest_of_wish(self, rest: str, has_genre: bool) -> None:
        if not rest or is_undecided(rest) or is_small_talk(rest):
            return
        self.put_theme(rest, weak=True)

    def _subject(self, clause: str) -> tuple[str, bool]:
        """Read what 关于 or 讲 announces, and blank it out."""
        cue, said = film.about(clause)
        if not said:
            return clause, False
        at = clause.index(said) if said in clause else -1
        if at < 0:
            return clause, False
        blanked = clause[:at] + " " * len(said) + clause[at + len(said) :]
        only_genre = facets.is_only_genre(said) and cue != "关于"
        if only_genre:
            return clause, False
        if is_list_of_people(said, False) and (
            re.match(r"[一两三有]|那|这", said) or len(declared(said)) > 1
        ):
            for mention in declared(said):
                self.cast.meet(mention)
            if cue == "关于":
                self.put_theme(said, weak=True)
            return blanked, True
        mentions = story_mentions(said, self.names)
        if mentions and "怎么" not in said and "如何" not in said:
            for mention in mentions:
                self.cast.meet(mention, story=True)
            if any(word.is_a("verb") for word in cut(said)) and not _NAMED_MATTER.search(said):
                self.told[-1].append(_COUNTED.sub("", said))
        if len(said) <= 24 and not (mentions and self._has_own_theme()):
            self.put_theme(_COUNTED.sub("", said))
        return blanked, True

    def _film_facets(self, clause: str) -> tuple[str, facets.Found | None]:
        """Length, audience, style, genre and mood of a film clause, each blanked out when read."""
        for start, end, seconds in lengths(clause):
            self.put("duration", seconds)
            clause = _blank(clause, start, end)
        if audience := facets.audience(clause):
            self.put("audience", audience.value)
            clause = _blank(clause, audience.start, audience.end)
        clause = re.sub(
            r"(?:像|类似)[^，,]{1,12}?(?:那样|那种|一样|似)的", lambda m: " " * len(m[0]), clause
        )
        if style := facets.style(clause):
            self.put("visual_style", style.value)
            clause = _blank(clause, style.start, style.end)
        genre = facets.genre(clause)
        if genre and self.value("genre") and _LIKE.search(clause[genre.end :]):
            self.put("visual_style", trim(clause).strip("的 "))
            genre = None
        if genre:
            self.put("genre", genre.value)
            clause = _blank(clause, genre.start, genre.end)
        if mood := facets.mood(clause):
            self.put("mood", mood.value)
            clause = _blank(clause, mood.start, mood.end)
        return clause, genre

    def _bare_facets(self, clause: str) -> bool:
        """A clause that is one value and nothing else: 喜剧, 三分钟吧, 黑白画面, 压抑一点."""
        said = trim(clause)
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
        if self.value("genre") and self.asked in OPTIONAL and re.search(r"[^一]点儿?[的吧]?$|一点儿?[的吧]?$", clause):
            toned = facets.genre(wanted, sure=True)
            if toned and len(wanted) <= 4:
                return self._add_mood(wanted)
        asks_genre = self.asked == "genre" or bool(self.told == [[]] and self.asked == "theme")
        if facets.is_only_genre(wanted, asks_genre) and (
            genre := facets.genre(wanted, True, asks_genre)
        ):
            return self.put("genre", genre.value)
        style = facets.style(wanted, sure=self.asked == "visual_style")
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
        if not self.asked:
            return self._opens_with_theme(said)
        if re.match(r"今天|明天|昨天|最近|刚才|刚刚|换个心情", said):
            return False
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
            facets.known_audience(said) or said.endswith(("的人", "的孩子", "的朋友"))
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
        if self.draft != IdeaDraft() or "theme" in self.values or any(self.told) or len(self.told) > 1:
            return False
        if not 3 <= len(said) <= 10 or not re.fullmatch(r"[\u3400-\u9fff]+", said) or is_small_talk(said):
            return False
        plain = all(
            word.is_a("unknown", "noun", "modifier") or word.text in "的和与" for word in cut(said)
        )
        return plain and not re.search(r"[我你您咱么吗啥]", said) and self.put_theme(said)

    def _answer_theme(self, clause: str, said: str) -> bool:
        if "theme" in self.values or (self._acts(said) and any(w.is_a("verb") for w in cut(said))):
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


def _blank(text: str, start: int, end: int) -> str:
    return text[:start] + " " * (end - start) + text[end:]


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

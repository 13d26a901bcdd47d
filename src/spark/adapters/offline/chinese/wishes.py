"""The part of a Chinese message that wishes for a film or labels what it says."""

from __future__ import annotations

import re

from ....models import Element
from . import facets, film
from .characters import declared, is_person_phrase
from .evidence import is_sentence
from .intents import is_small_talk, is_undecided
from .labels import LABEL_OF
from .mentions import story_mentions
from .numbers import lengths
from .people import is_list_of_people
from .plot import has_action
from .text import trim
from .values import _LIKE, Values
from .words import cut

_STYLE_LABEL = re.compile(
    r"^(?:整体|影片|视频|短片|片子|的)*风格(?:上|方面|的话)?(?:就|最好|希望|我?想要?|偏|是|为|:"
    r"|用|走|要|可以|定为|改成|换成|=)*(?P<rest>.*)$"
)
_FRAMED_THEME = re.compile(r"(?:题材|主题)的(?=.{2})")
_ADDS_EVENT = re.compile(
    r"^(?:再|还|另外|最后|帮我|请|想|要)*(?:加|添加|增加|补充|补)上?(?:一?[个段场])?(?:结尾|结局"
    r"|情节|剧情|镜头|片段|开头|场景|彩蛋)(?:是|:|,|，)*(?P<rest>.*)$"
)
_MEANS = re.compile(r"^(?:我)?(?:就是)?(?:想|要)?(?:表达|讲|说|传达|探讨)的(?:就|主要)?是$")
_NAMED_MATTER = re.compile(r"的[^的，,了着过]{1,4}$")
_SELLS = re.compile(r"^(?:是|要|用来)?(?:卖|推广|推销|介绍)(?:的是)?(?P<what>[^，,了着过]{2,12})$")
_SELLING = frozenset({"广告", "宣传", "品牌", "公益"})
_COUNTED = re.compile(r"^一?[个位名只条](?!人(?![^在怎如和跟]))")


class Wishes(Values):
    """Reads wishes, subjects and labelled values."""

    def _labelled_value(self, clause: str) -> bool:
        if _MEANS.match(clause):
            self.awaiting = "theme"
            return True
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
            and (not has_action(rest) or len(rest) <= 4)
            and not re.match(r"别|不|的|太|没|[你您]", rest)
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

    def _film(self, clause: str) -> bool:
        """A wish or a description of the film: everything it says of it at once."""
        if (sold := _SELLS.match(clause)) and not any(self.told) and self._sells():
            return self.put_theme(sold["what"], weak=True)
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
            self._rest_of_wish(rest, "的故事" in clause and "我" not in clause)
        return True

    def _sells(self) -> bool:
        """Whether the film is an advertisement, which may sell what a story could not."""
        return any(kind in str(self.value("genre")) for kind in _SELLING)

    def _rest_of_wish(self, rest: str, is_story: bool) -> None:
        if not rest or is_undecided(rest) or is_small_talk(rest):
            return
        if is_story and is_sentence(rest) and (mentions := story_mentions(rest, self.names)):
            for mention in mentions:
                self.cast.meet(mention, story=True)
            self.told[-1].append(rest)
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
        plain = re.sub(r"^一?[个段场部](?=.{2})", "", said)
        only_genre = facets.is_only_genre(plain) and cue != "关于"
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
            summary = cue == "关于" and self.acting > 2
            if (
                any(word.is_a("verb") for word in cut(said))
                and not summary
                and not _NAMED_MATTER.search(said)
            ):
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


def _blank(text: str, start: int, end: int) -> str:
    return text[:start] + " " * (end - start) + text[end:]

"""Short answers, read by their words and by the question they answer."""

from __future__ import annotations

import re

from ....models import Element
from .cast import parse_cast
from .facets import find_facets
from .lexicon import lexicon
from .numbers import bare_minutes, find_lengths
from .people import parse_mention
from .plot import StoryReading
from .shapes import (
    first_segment,
    heads_film,
    heads_style,
    is_gibberish,
    is_property,
    names_viewers,
    own_text,
    tail_start,
    value,
)
from .story import finite_verbs, tells_event, tidy
from .viewers import is_plural_role
from .words import Token, tokenize

_BACK = frozenset(("the", "this", "that", "these", "those", "her", "his"))
"""Words before a length that was spoken of before, and so is none of the film."""


class AnswerReading(StoryReading):
    """Reads fragments: answers that are no sentences."""

    def _fragment(self, text: str, wished: bool = False) -> None:
        """An answer that is no sentence: by its words, else by what was asked."""
        tokens = tokenize(text)
        if tokens and heads_style(first_segment(tokens)) and self.context != "characters":
            head = first_segment(tokens)
            self._take_facet("visual_style", text[: head[-1].end])
            self._content_if_property(tokens[len(head) + 1 :], text)
            return
        if not tokens or is_gibberish(text):
            return
        styled = len(tokens) < 7 and all(
            t.tag in ("ADJ", "N", "VG", "VD", "CC", ".") for t in tokens
        )
        if styled and heads_style(tokens) and self.context in (None, "visual_style", "mood"):
            self._take_facet("visual_style", text)
            return
        late = self.context in (None, "duration", "visual_style", "mood")
        known = bool(self.notebook.draft.basic_characters)
        if late and known and names_viewers(tokens) and not tells_event(tokens):
            self._take_facet("audience", text)
            return
        if is_property(tokens, text) and self.context not in (
            "theme",
            "visual_style",
            "mood",
            "audience",
            "genre",
        ):
            self._film(tokens, text)
            return
        if self._answers(tokens, text, wished):
            return
        if is_property(tokens, text):
            self._film(tokens, text)
            return
        rest = self._without_tail(tokens, text)
        said = text[rest[0].start : rest[-1].end]
        if self._names_people(rest, wished):
            cast = parse_cast(rest, text)
            named = any(one.names for one in cast) or sum(bool(one.kind) for one in cast) > 1
            self._cast(said, declared=named or self.context == "characters")
        elif (
            self.told
            and len(tokens) > 3
            and tokens[0].lower not in lexicon().words("talk.speakers")
        ):
            self._event(tidy(text), wanted=True)
        elif self.context is None and not self.notebook.draft.theme and self._may_be_theme(rest):
            self._set_theme(said)
        else:
            self._property_stretches(tokens, text)

    def _may_be_theme(self, tokens: list[Token]) -> bool:
        words = lexicon()
        while tokens and tokens[-1].tag == ".":
            tokens = tokens[:-1]
        if (
            not tokens
            or len(tokens) > 9
            or (parse_mention(tokens, 0) is None and len(tokens) > 4)
            or any(token.lower in words.words("film.nouns") for token in tokens)
        ):
            return False
        return all(
            token.tag in ("N", "ADJ", "PREP", "DET", "VG", "CC")
            or token.lower in ("being", "having")
            for token in tokens
        ) and tokens[-1].tag in ("N", "VG", "ADJ")

    def _property_stretches(self, tokens: list[Token], text: str) -> None:
        lengths = [length for length in find_lengths(text) if not length.in_story]
        if len(lengths) == 1 and not finite_verbs(tokens) and tokens[0].lower not in _BACK:
            self.understood = True
            self.notebook.set("duration", lengths[0].seconds)
            meant = re.match(r" for (?P<who>[^,;.!]+)", text[lengths[0].end :])
            if meant and self.context == "audience":
                self._take_facet("audience", meant["who"])
        stretch: list[Token] = []
        told = bool(lengths) or "visual_style" in self.said
        for token in [*tokens, None]:
            if token is not None and token.text not in ",;":
                stretch.append(token)
                continue
            if stretch and heads_style(stretch):
                self._take_facet("visual_style", text[stretch[0].start : stretch[-1].end])
            elif stretch and is_property(stretch, own_text(stretch, text)):
                self._film(stretch, text)
            elif told and stretch and len(stretch) < 5 and names_viewers(stretch):
                self._take_facet("audience", text[stretch[0].start : stretch[-1].end])
            stretch = []

    def _answers(self, tokens: list[Token], text: str, wished: bool = False) -> bool:
        """Read a fragment as the answer to the question last asked, where it can be one."""
        element = self.context
        if element is None:
            return False
        if element == "duration":
            return self._answers_length(text)
        if element == "plot":
            return self._answers_plot(tokens, text)
        if element == "characters":
            return self._answers_cast(tokens, text)
        if names_viewers(tokens) and element != "theme":
            self._take_facet("audience", text)
            return True
        others = find_facets(tokens, True, element)
        if (
            element != "theme"
            and not others.values(element)
            and self._is_other(tokens, text, element)
        ):
            return False
        if element == "theme":
            return self._answers_theme(tokens, text)
        if element == "audience" and any(token.tag == "NAME" for token in tokens):
            return False
        one = len(tokens) == 1 and tokens[0].tag in ("N", "VG") and not is_plural_role(text)
        if element == "audience" and one and self._theme_is_provisional():
            return self._answers_theme(tokens, text)
        if element == "audience" and wished and not names_viewers(tokens):
            return False
        if element == "genre" and not others.values("genre") and len(tokens) > 1:
            return False
        self.take(element, text)
        return True

    def _answers_cast(self, tokens: list[Token], text: str) -> bool:
        mentions = parse_cast(tokens, text)
        if names_viewers(tokens) and self.notebook.draft.plot_points and len(tokens) < 4:
            self._take_facet("audience", text)
            return True
        word = text.strip(" .!").lower()
        strange = word.isalpha() and word not in lexicon().words("names.given")
        if strange and not lexicon().kind(word) and self._theme_is_provisional():
            self._take_theme(word)
            return True
        alone = len(mentions) == 1 and not mentions[0].names and not mentions[0].kind
        alone = alone and not (tokens[0].is_capital and len(tokens) < 3)
        if alone and not mentions[0].determiner:
            if self._theme_is_provisional() and len(tokens) < 6:
                self._take_theme(text)
            return True
        return bool(self._cast(text, declared=True))

    def _theme_is_provisional(self) -> bool:
        """Whether the theme is no more than the genre."""
        draft = self.notebook.draft
        if not draft.theme or not draft.genre:
            return False
        return draft.genre.split()[-1] in draft.theme.split() or is_property(
            tokenize(draft.theme), draft.theme
        )

    def _answers_length(self, text: str) -> bool:
        seconds = bare_minutes(text)
        if find_lengths(text) or not seconds:
            return False
        self.notebook.set("duration", seconds)
        return True

    def _answers_plot(self, tokens: list[Token], text: str) -> bool:
        if is_property(tokens, text) or heads_film(tokens):
            return False
        acting = any(token.tag in ("VG", "VB") for token in tokens)
        people = any(
            one.names or one.kind or self.notebook.find(one) for one in parse_cast(tokens, text)
        )
        if len(tokens) < 3 or (people and not acting):
            return False
        self._story(text, wanted=True)
        return True

    def _answers_theme(self, tokens: list[Token], text: str) -> bool:
        if self._names_people(tokens, False) and len(parse_cast(tokens, text)) > 1:
            return False
        if tokens[0].lower in ("something", "anything") and "about" not in text:
            self._film(tokens, text)
            return True
        facets = find_facets(tokens, False, "theme")
        lengths = find_lengths(text)
        if lengths or (
            is_property(tokens, text)
            and (facets.values("visual_style") or find_facets(tokens, True, None).values("mood"))
        ):
            return False
        all_facets = find_facets(tokens, True, None)
        if (
            is_property(tokens, text)
            and all_facets.values("genre")
            and not self.notebook.draft.genre
        ):
            self._film(tokens, text)
            return True
        if names_viewers(tokens) and is_property(tokens, text):
            self._film(tokens, text)
            self.said.setdefault("audience", [value(text, tokens)])
            return True
        self._keep(facets, skip=("visual_style", "mood", "audience"))
        self._note_genre(tokens, facets)
        self._take_theme(text)
        return True

    def _is_other(self, tokens: list[Token], text: str, element: Element) -> bool:
        """Whether a fragment plainly speaks of something else than was asked."""
        facets = find_facets(tokens, True, None)
        if find_lengths(text):
            return True
        if (
            facets.spans
            and is_property(tokens, text)
            and any(s.element != element for s in facets.spans)
        ):
            return not any(span.element == element for span in facets.spans)
        mention = parse_mention(tokens, 0)
        if mention is None:
            return False
        lone = mention.determiner in ("a", "an") and mention.kind
        return bool(lone or (mention.names and element not in ("visual_style",) and mention.words))

    def _names_people(self, tokens: list[Token], wished: bool) -> bool:
        mention = parse_mention(tokens, 0)
        if mention is None:
            return False
        if mention.names or self.context == "characters":
            return True
        return bool(mention.kind) and (bool(mention.determiner) or wished)

    def _without_tail(self, story: list[Token], text: str) -> list[Token]:
        """The story without what its end says of the film: `…, bleak`, `… for kids`."""
        while story:
            cut = tail_start(story, text)
            if cut is None or cut == 0:
                return story
            self._film(story[cut:], text)
            story = story[:cut]
            while story and story[-1].tag in (".", "CC"):
                story = story[:-1]
        return story

# NOTE FROM THE LEAD (remove when read): en.jsonl now holds 250 interviews (en3-* are new, natural ones). Generalise: an
# unknown "<X> film/movie/story/short" as answer or opener is genre X (gothic, samurai, dance film, biopic, travelogue, parable);
# durations ("three mins", "quarter of an hour", "a minute and three quarters", "no longer than two minutes", "make that nine");
# audiences ("readers of old novels", "ages nine to twelve"); fix the people errors; no invented characters. Finish by 21:50.
"""What a message says of the film itself."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ...models import Element, IdeaDraft
from .english_facets import Facets
from .english_lexicon import lexicon
from .english_notebook import Notebook
from .english_numbers import bare_minutes, find_lengths
from .english_shapes import AGES, value
from .english_words import Token, tokenize
from .reading import Intent

_FACETS: tuple[Element, ...] = ("genre", "visual_style", "mood", "audience")


class FilmReading:
    """Collects the genre, style, mood, audience, length and theme that a message gives."""

    def __init__(
        self, draft: IdeaDraft, asked: Element | None, told: Mapping[str, str] | None = None
    ) -> None:
        self.notebook = Notebook(draft, told)
        self.asked = asked
        self.context = asked
        """The element being spoken of: the one asked about, or the last one named."""
        self.said: dict[Element, list[str]] = {}
        self.subject = ""
        """What the film is about as far as its genre phrase tells: `space adventure`."""
        self.intents: set[Intent] = set()
        self.understood = False
        self.introducing = self.introduced = False
        """Whether a short answer presents the cast, and whether somebody was presented in it."""
        self.told = False
        """Whether this message has told an event."""
        self.first_theme = draft.theme
        self.first_genre = draft.genre

    def _keep(self, facets: Facets, skip: tuple[str, ...] = ()) -> None:
        for element in _FACETS:
            values = facets.values(element)
            if values and element not in skip:
                self.understood = True
                held = self.said.setdefault(element, [])
                held += [value for value in values if value not in held]

    def _ages(self, said: str) -> None:
        match = AGES.search(said)
        if (
            match
            and "audience" not in self.said
            and not re.match(r"\d+\+? (?:sec|min)", match.group())
        ):
            self.said["audience"] = [match.group()]
            self.understood = True

    def _note_genre(self, tokens: list[Token], facets: Facets) -> None:
        """Remember the genre with the nouns before it: `space adventure`."""
        genres = [span for span in facets.spans if span.element == "genre"]
        if not genres or self.subject:
            return
        start, end = genres[0].start, genres[-1].end
        covered = facets.covered()
        while start and start - 1 not in covered and tokens[start - 1].tag in ("N", "NAME"):
            if (
                tokens[start - 1].lower
                in lexicon().words("film.nouns") | lexicon().words("talk.glue")
                or tokens[start - 1].text[0].isdigit()
            ):
                break
            start -= 1
        joined = all(place in covered or place < genres[0].start for place in range(start, end))
        words = " ".join(token.text for token in tokens[start:end])
        said = " ".join(token.lower for token in tokens[genres[0].start : genres[0].end])
        if (
            len(genres) == 1
            and start == genres[0].start
            and said in lexicon().words("genre_words.topics")
        ):
            self.subject = words
            return
        nouns = start < genres[0].start
        named = " ".join(span.value for span in genres)
        self.subject = (
            words if joined and (nouns or len(genres) > 1) and words.lower() != named else ""
        )

    def _set_theme(self, text: str) -> None:
        theme = value(text, tokenize(text))
        if theme:
            self.understood = True
            self.notebook.set("theme", theme)

    def _take_length(self, text: str) -> None:
        lengths = find_lengths(text)
        seconds = lengths[-1].seconds if lengths else bare_minutes(text)
        if seconds:
            self.notebook.set("duration", seconds)

    def _settle_facets(self) -> None:
        for element, values in self.said.items():
            joined = (" " if element == "genre" else ", ").join(dict.fromkeys(values))
            self.notebook.set(element, joined)

    def _settle_theme(self) -> None:
        """Where only the genre is known the theme is that, and follows it."""
        draft, genre = self.notebook.draft, self.notebook.draft.genre
        if not genre:
            return
        if not draft.theme:
            self.notebook.set("theme", self.subject or genre)
        elif draft.theme == self.first_theme and genre != self.first_genre and self.first_genre:
            merely = draft.theme.casefold() == self.first_genre.casefold()
            if merely or self.first_genre.casefold() in draft.theme.casefold().split():
                self.notebook.set("theme", self.subject or genre)

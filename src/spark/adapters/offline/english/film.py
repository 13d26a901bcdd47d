"""What a message says of the film itself."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ....models import Element, IdeaDraft
from ..reading import Intent
from .facets import Facets
from .lexicon import lexicon
from .notebook import Notebook
from .numbers import bare_minutes, find_lengths
from .people import is_name
from .shapes import AGES, value
from .words import Token, tokenize

_FACETS: tuple[Element, ...] = ("genre", "visual_style", "mood", "audience")

_PARTIES = {"two": 2, "three": 3, "four": 4, "five": 5}


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
        self.introducing = self.introduced = self.long = False
        """Whether a short answer presents the cast, and whether somebody was presented in it."""
        self.told = False
        """Whether this message has told an event."""
        self.viewing = False
        """Whether this message answers who watches."""
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
        if match and re.match(r"\s*(?:min|sec|hour)", said[match.end() :], re.IGNORECASE):
            return
        single = match and re.fullmatch(r"age[sd]? \d{1,2}", match.group(), re.IGNORECASE)
        if single and self.context != "audience":
            return
        if (
            match
            and "audience" not in self.said
            and not re.match(r"\d+\+? (?:sec|min)", match.group())
        ):
            self.said["audience"] = [match.group()]
            self.understood = True

    def _settle_party(self) -> None:
        """Where all of `three grandmothers` have got their names, forget the nameless party."""
        named = [
            str(change.value)
            for change in self.notebook.changes
            if change.element == "characters"
            and change.action == "add"
            and is_name(str(change.value))
        ]
        for label in list(self.notebook.draft.basic_characters):
            count = _PARTIES.get(label.split()[0].lower(), 0)
            if count and count == len(named):
                self.notebook.remove("characters", label)

    def _settle_lead(self) -> None:
        """Where `a swimmer` of the theme is never told of, take the first one named for them."""
        draft, roles = self.notebook.draft, self.notebook.roles
        told = " ".join(draft.plot_points).casefold()
        lead = next(iter(draft.basic_characters), "")
        head = lead.split()[-1].casefold() if lead else ""
        if not told or is_name(lead) or not head or head in told:
            return
        if lead.casefold() not in (draft.theme or "").casefold() or lead.split()[0].isdigit():
            return
        single = lexicon().singular(head) == head and " of " not in f" {lead} "
        after = draft.basic_characters[1:2]
        named = bool(after) and is_name(after[0]) and after[0].split()[0].casefold() in told
        known = named and any(lexicon().is_listed(role) for role in roles.get(after[0], ()))
        if single and named and not known:
            self.notebook.remove("characters", after[0])
            self.notebook.note(lead, lead)
            self.notebook.replace("characters", lead, after[0])

    def _note_kind(self, tokens: list[Token], facets: Facets) -> None:
        """Take `samurai` of `a samurai film` for the genre where none is named."""
        if facets.values("genre") or self.notebook.draft.genre or "genre" in self.said:
            return
        end = next(
            (i for i, token in enumerate(tokens) if token.lower in ("film", "movie", "flick")), 0
        )
        start, covered = end, facets.covered()
        while start and start - 1 not in covered and _kinds_film(tokens[start - 1]):
            start -= 1
        if start < end <= start + 3:
            kind = " ".join(token.text for token in tokens[start:end])
            self.understood = True
            self.said["genre"] = [kind.lower()]
            self.subject = kind

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


def _kinds_film(token: Token) -> bool:
    """Whether a word before `film` can say what kind of film it is."""
    words = lexicon()
    plain = words.words("film.plain") | words.words("film.nouns") | words.words("talk.glue")
    known = words.words("mood.words") | words.words("grammar.fillers")
    doing = token.tag == "ADJ" and token.lower.endswith("ing")
    kind = doing or token.tag in ("N", "NAME")
    return kind and token.lower not in plain | known and token.text.isalpha()

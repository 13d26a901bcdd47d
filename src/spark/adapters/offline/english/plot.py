"""What a message tells of the story: its subject, its people, what happens."""

from __future__ import annotations

import re

from ....models import Element
from . import frames, intents
from .actors import Actor, find_actors, parse_subject, takes_part
from .cast import parse_cast
from .elements import ELEMENTS
from .facets import Facets, find_facets
from .film import FilmReading
from .lexicon import lexicon
from .numbers import find_lengths
from .people import Mention, is_name, parse_mention
from .sentences import split_sentences
from .shapes import (
    identifies,
    is_gibberish,
    is_property,
    is_run,
    is_somebody,
    names_viewers,
    own_text,
    predicate_start,
    sets_scene,
    shortened,
    speaks_of_length,
    talks_to_us,
    value,
    without_denials,
)
from .story import finite_verbs, is_description, is_stative, split_events, tells_event
from .words import Token, tokenize

_NAMED_AFTER = re.compile(
    r",? (?:and )?(?:(?:his|her|its) name(?:'s| is)|(?:he|she|it)(?:'s| is) (?:called|named)) "
    r"(?P<name>[A-Z][\w'-]*(?: [A-Z][\w'-]*)?)$"
)


class StoryReading(FilmReading):
    """Reads the theme, the characters and the events a message tells."""

    _has_stated_theme = False
    """Whether the message said what the film is about, apart from whom it is about."""

    def _about(self, tokens: list[Token], text: str, plain_theme: bool = False) -> None:
        """The theme, and where somebody does something their part and the plot."""
        if tokens[0].lower == "with" and len(tokens) > 1:  # it deals with …
            tokens = tokens[1:]
        tokens = self._theme_before_cast(tokens, text)
        said = text[tokens[0].start : tokens[-1].end]
        if tokens[0].lower in ("how", "what", "why", "when", "whether", "that"):
            self._about_question(tokens, said)
            return
        mention = parse_mention(tokens, 0)
        predicate = predicate_start(tokens)
        people = mention is not None and is_somebody(tokens, mention, predicate)
        if not people or mention is None:
            self._set_theme(shortened(said))
            self._has_stated_theme = True
            self._people_of_theme(tokens)
            return
        if (
            plain_theme
            and predicate is None
            and not mention.names
            and mention.determiner not in ("a", "an", "two", "three")
        ):
            self._set_theme(said)
            return
        bare = not mention.determiner and not mention.names and len(parse_cast(tokens, text)) == 1
        if predicate is None and (bare or (mention.is_plural and not mention.determiner)):
            self._set_theme(said)
            return
        if not self._has_stated_theme:
            self._set_theme(shortened(said))
        self._somebody(tokens, said, predicate, text)

    def _theme_before_cast(self, tokens: list[Token], text: str) -> list[Token]:
        """The theme without who tells or plays it: `divorce, told by the dog, Rufus`."""
        for place, token in enumerate(tokens[:-1]):
            told = token.lower in ("told", "narrated") and tokens[place + 1].lower == "by"
            with_one = token.lower in ("with", "starring", "featuring")
            if not place or not (told or with_one):
                continue
            start = place + (2 if told else 1)
            lead, somebody = parse_mention(tokens, 0), parse_mention(tokens, start)
            person = somebody is not None and somebody.kind and somebody.determiner
            if not person or (lead is not None and (lead.kind or lead.names)):
                continue
            self._cast(text[tokens[start].start : tokens[-1].end], declared=True)
            while place and tokens[place - 1].tag in (".", "CC"):
                place -= 1
            return tokens[:place]
        return tokens

    def _about_question(self, tokens: list[Token], said: str) -> None:
        self._set_theme(shortened(said))
        mention = parse_mention(tokens, 1) if len(tokens) > 1 else None
        singular = mention is not None and (
            mention.names or (mention.determiner in ("a", "an") and mention.kind)
        )
        if tokens[0].lower in ("how", "what") and singular and tells_event(tokens[1:]):
            self._story(said[tokens[1].start - tokens[0].start :], wanted=True)

    def _people_of_theme(self, tokens: list[Token]) -> None:
        """`friendship between a boy and a crow`, `a day in the life of a nurse`."""
        inside = False
        for actor in find_actors(tokens):
            mention = actor.mention
            inside = inside or actor.verb in ("between", "of")
            single = (
                mention.determiner in ("a", "an")
                and mention.kind
                and mention.head not in lexicon().words("talk.anyone")
            )
            if (
                mention.start
                and inside
                and actor.verb in ("between", "of")
                and (single or (mention.names and actor.verb == "between"))
            ):
                self.notebook.add_character(mention)

    def _somebody(self, tokens: list[Token], said: str, predicate: int | None, text: str) -> None:
        if predicate is None:
            self._cast(said, declared=True)
            return
        subject = tokens[:predicate]
        labels = self._cast(text[subject[0].start : subject[-1].end], declared=True)
        rest = tokens[predicate:]
        if rest[0].tag == "REL" or rest[0].lower in ("who's", "that's"):
            rest = rest[1:] if rest[0].tag == "REL" else rest
        elif rest[0].lower in ("as", "that"):
            rest = rest[2:] if rest[0].lower == "as" else rest[1:]
        if not rest:
            return
        told = text[rest[0].start : rest[-1].end]
        lead = text[subject[0].start : subject[-1].end]
        lead = re.sub(r"^(?:an?|the) ", "", lead, flags=re.I)
        clause = tokenize(f"{lead} {told}")
        unable = re.match(r"(?:can't|cannot|couldn't|could not|can not)\b", told, re.IGNORECASE)
        if (
            (unable or is_stative(tokenize("he " + told)))
            and finite_verbs(tokenize("he " + told))
            and "," not in told
        ):
            if labels:
                self.notebook.note(labels[0], told)
            self._actors(tokenize(told))
            return
        for event in split_events(f"{lead} {told}"):
            self.notebook.add_event(event)
        self._actors(clause)

    def _cast(self, text: str, declared: bool = False, role: str = "") -> list[str]:
        """Enter the characters of a list; their labels."""
        text = re.sub(
            r"^(?:(?:there's|there is|there are|it's|is|just|only|called|named|with|be) )+",
            "",
            text,
            flags=re.I,
        )
        text = re.sub(r"(?<=[,\s])(?:there's|there is|there are|we have|also) ", " ", text)
        text = re.sub(
            r",? (?:as|for|are|is) (?:the|my|our) (?:main |two |lead )*(?:leads?|heroe?s?|"
            r"characters?|protagonists?|stars?)\b",
            "",
            text,
        )
        tokens = list(tokenize(text))
        labels = []
        others = bool(self.notebook.draft.basic_characters)
        for mention in parse_cast(tokens, text, after_others=others):
            if not self._fits(mention, declared):
                continue
            label = self.notebook.add_character(mention)
            labels.append(label)
            if role and role.rstrip("s") not in ("character", "main character", "cast", "lead"):
                self.notebook.note(label, role)
        self.understood = self.understood or bool(labels)
        return labels

    def _fits(self, mention: Mention, declared: bool) -> bool:
        if mention.names:
            return True
        head = mention.words[-1].lower()
        if head in ELEMENTS and not mention.kind:
            return False
        if (
            head in lexicon().words("film.nouns")
            or head in lexicon().words("talk.glue")
            or not head[0].isalpha()
        ):
            return False
        if mention.determiner.split()[:1] in (["no"], ["any"]) or is_gibberish(head):
            return False
        return declared or bool(mention.kind)

    def _actors(self, tokens: list[Token]) -> None:
        verb = next((verb.place for verb in finite_verbs(tokens) if verb.clause == "main"), 0)
        subject = tokens[:verb]
        listed = any(token.text == "," for token in subject) and any(
            token.tag == "NAME" for token in subject
        )
        if listed and tokens[0].tag not in ("PREP", "SUB", "ADV"):
            text = " ".join(token.text for token in subject)
            self._cast(text)
            tokens = tokens[verb:]
        for actor in find_actors(tokens):
            mention = actor.mention
            known = self.notebook.find(mention)
            if known is not None:
                if mention.names or actor.part == "subject":
                    self.notebook.recent = known
                    self.notebook.add_character(mention)
            elif takes_part(actor) and not self._means_somebody(actor):
                self._name_lead(tokens, mention)
                self.notebook.add_character(mention)

    def _name_lead(self, tokens: list[Token], mention: Mention) -> None:
        """Take `On her last day Ms. Ferreira …` for the name of the one lead known by role."""
        known = self.notebook.draft.basic_characters
        foretold = {token.lower for token in tokens[: mention.start]} & {"his", "her", "he", "she"}
        if mention.names and not mention.words and foretold and len(known) == 1:
            lead = known[0]
            if not is_name(lead) and " of " not in lead:
                self.notebook.note(lead, lead)
                self.notebook.replace("characters", lead, mention.label)

    def _means_somebody(self, actor: Actor) -> bool:
        """Whether `her brother` is most likely one of the several people already named."""
        named = [label for label in self.notebook.draft.basic_characters if is_name(label)]
        return actor.part == "object" and actor.mention.kind == "kin" and len(named) > 2

    def _story(self, text: str, wanted: bool = False) -> None:
        text = re.sub(
            r"^(?:and |so |then )*(?:i think|i guess|maybe|basically|i want|i'd like) ",
            "",
            text,
            flags=re.I,
        )
        text = frames.without_chatter(text)
        for event in split_events(text):
            self._event(event, wanted)

    def _event(self, text: str, wanted: bool) -> None:
        named = _NAMED_AFTER.search(text)
        if named and not named.group().startswith('"'):
            self._event(text[: named.start()], wanted)
            lead = self.notebook.recent
            if lead in self.notebook.draft.basic_characters and not is_name(lead):
                self.notebook.note(lead, lead)
                self.notebook.replace("characters", lead, named["name"])
                self.notebook.recent = named["name"]
            return
        tokens = tokenize(text)
        if not tokens or tokens[0].lower in lexicon().words("talk.speakers"):
            return
        if talks_to_us(tokens):
            self._keep(find_facets(tokens, False))
            return
        self.understood = True
        if is_description(tokens) and finite_verbs(tokens):
            told = wanted or self.context == "plot" or self.told
            if not told or identifies(tokens):
                self._describe(tokens, text)
                return
        if tokens[0].tag == "PRON" and len(tokens) > 1 and tokens[1].lower == "should":
            self._describe(tokens, text)
            return
        if self.long and not self.told and sets_scene(tokens):
            self._actors(tokens)
            self._describe(tokens, text)
            return
        self.told = True
        self._actors(tokens)
        stative = is_stative(tokens) and self.context == "characters" and not wanted
        stative = stative or (self.introducing and self.introduced)
        if stative or (not finite_verbs(tokens) and not wanted and self.context != "plot"):
            self._describe(tokens, text)
            return
        self.notebook.add_event(text)

    def _describe(self, tokens: list[Token], text: str) -> None:
        """`Mia is a retired astronaut`: a note about somebody, no event."""
        mention = parse_subject(tokens)
        verbs = finite_verbs(tokens)
        label = self.notebook.find(mention) if mention else None
        owns = tokens[verbs[0].place].lower if verbs else ""
        got = (
            [token.lower for token in tokens[verbs[0].place + 1 :][:1]] == ["got"]
            if verbs
            else False
        )
        if owns in ("has", "have", "had", "they've") or (owns in ("he's", "she's") and got):
            rest = [token for token in tokens[verbs[0].place + 1 :] if token.lower != "got"]
            owned = parse_mention(rest, 0) if rest else None
            if owned is not None and owned.kind and owned.determiner in ("a", "an", "two", "three"):
                self._cast(text[rest[0].start :])
        if (
            mention is not None
            and (label is None or mention.names)
            and (mention.names or (mention.kind and mention.determiner))
        ):
            pronoun_like = mention.is_plural and not mention.names
            label = None if pronoun_like else self.notebook.add_character(mention)
        identity = self._identity(tokens, verbs[0].place + 1) if verbs else None
        if identity is not None and label is not None and not is_name(label):
            self.notebook.note(label, label)
            self.notebook.replace("characters", label, identity.label)
            self.notebook.note(identity.label, identity.described)
            label = identity.label
        elif identity is not None and label is None:
            label = self.notebook.add_character(identity)
        if label is None and tokens[0].tag in ("PRON", "PRONAUX"):
            label = self.notebook.recent or next(iter(self.notebook.draft.basic_characters), None)
        if label and verbs and identity is None:
            start = min(verbs[0].place + 1, len(tokens) - 1)
            self.notebook.note(label, text[tokens[start].start :])

    def _identity(self, tokens: list[Token], place: int) -> Mention | None:
        """Who somebody is by name: `He is Anton, a conductor`, `… is a woman, Lady Brass`."""
        being = tokens[place - 1].lower in ("is", "he's", "she's", "was", "it's")
        rest = tokens[place:]
        identity = parse_subject(rest) if being and rest else None
        return identity if identity is not None and identity.names else None

    def _film(self, tokens: list[Token], text: str) -> None:
        tokens = without_denials(tokens)
        if not tokens:
            return
        said = text[tokens[0].start : tokens[-1].end]
        for length in find_lengths(re.sub(r'"[^"]*"', "", said)):
            if not length.in_story or speaks_of_length(said):
                self.notebook.set("duration", length.seconds)
                self.understood = True
        facets = find_facets(tokens, True, self.context)
        if any(token.lower in ("title", "titled") for token in tokens):
            return
        self._note_genre(tokens, facets)
        self._note_kind(tokens, facets)
        self._keep(facets)
        self._ages(said)
        self._film_with(tokens, text, facets)

    def _film_with(self, tokens: list[Token], text: str, facets: Facets) -> None:
        """`a comedy with a cat and a dog`, `an ad for my bakery`, `something with mirrors`."""
        covered = facets.covered()
        for place, token in enumerate(tokens[:-1]):
            if place + 1 in covered or place in covered:
                continue
            rest = [t for i, t in enumerate(tokens) if i > place and i not in covered]
            said = text[tokens[place + 1].start : tokens[-1].end]
            mention = parse_mention(tokens, place + 1)
            if token.lower in ("with", "starring", "between") and mention is not None and rest:
                if mention.kind and (mention.determiner or mention.names):
                    self._cast(said, declared=True)
                elif place and tokens[place - 1].lower in ("something", "anything"):
                    self._set_theme(said)
                return
            sells = {"trailer", "teaser", "promo", "spot"} & {one.lower for one in tokens[:place]}
            advertises = bool(sells) or "advertisement" in facets.values("genre")
            if (
                token.lower in ("for", "on")
                and mention is not None
                and advertises
                and not self.notebook.draft.theme
            ):
                self._set_theme(mention.role or mention.label)
                return

    def _take_facet(self, element: Element, text: str) -> None:
        tokens = tokenize(text)
        facets = find_facets(tokens, True, element)
        if element == "genre" and facets.values("genre"):
            self._note_genre(tokens, facets)
            self._keep(facets, skip=() if is_property(tokens, text) else ("mood",))
            return
        if (
            element == "visual_style"
            and not lexicon().words("talk.visual_moods").isdisjoint(facets.values("mood"))
        ) or (element == "audience" and names_viewers(tokens)):
            self._keep(facets, skip=("genre", element, "mood"))
        else:
            self._keep(facets, skip=("genre", element))
        for length in find_lengths(text):
            self.notebook.set("duration", length.seconds)
        others = {
            place
            for span in facets.spans
            for place in range(span.start, span.end)
            if span.element != element
            and not (span.element == "mood" and element in ("visual_style", "audience"))
            and span.element != "genre"
        }
        lengths = find_lengths(text) if element != "duration" else []
        kept = [
            token
            for place, token in enumerate(tokens)
            if place not in others
            and not any(one.start <= token.start < one.end for one in lengths)
        ]
        said = value(text, kept)
        broken = bool(kept) and not is_run(kept, text) and element == "audience"
        if broken and facets.values(element):
            self.said[element] = facets.values(element)
        elif said and len(said.split()) <= 14:
            self.said[element] = [said]
        elif facets.values(element):
            self.said[element] = facets.values(element)

    def _take_theme(self, text: str) -> None:
        text = re.sub(
            r"^(?:(?:about|that|something about|it's about|it is about|how about|around)\s+)+",
            "",
            text,
            flags=re.I,
        )
        tokens = self._theme_alone(tokenize(text), text)
        if tokens:
            self._about(tokens, text, plain_theme=True)

    def _theme_alone(self, tokens: list[Token], text: str) -> list[Token]:
        """The theme without what follows its comma of the film: `letting go, family film`."""
        comma = next((i for i, token in enumerate(tokens) if token.text in ",;"), len(tokens))
        rest = tokens[comma + 1 :]
        if not comma or not rest or not is_property(rest, own_text(rest, text)):
            return tokens
        self._film(rest, text)
        return tokens[:comma]

    def take(self, element: Element, text: str) -> None:
        """Read a text as the value of one element."""
        self.understood = True
        text = frames.without_chatter(text).strip(" .!?,;:\"'")
        if not text or (intents.leaves_open(text) and len(text.split()) < 7):
            self.intents.add("undecided")
            return
        if element == "characters":
            self._cast(text, declared=True)
        elif element == "plot":
            for sentence in split_sentences(text):
                self._story(sentence, wanted=True)
        elif element == "duration":
            self._take_length(text)
        elif element == "theme":
            self._take_theme(text)
        else:
            self._take_facet(element, text)

    def _wants_cast(self, tokens: list[Token]) -> bool:
        return self.context == "characters" and not any(
            span.element == "genre" for span in find_facets(tokens, False).spans
        )

    def _content_if_property(self, tokens: list[Token], text: str) -> None:
        if tokens and is_property(tokens, own_text(tokens, text)):
            self._film(tokens, text)

"""One English message, read sentence by sentence into changes of the idea."""

from __future__ import annotations

import re

from ...models import Element, IdeaDraft
from . import english_frames as frames
from . import english_intents as intents
from .english_corrections import ELEMENTS, Corrector, without_interjections
from .english_facets import GLUE, Facets, find_facets
from .english_notebook import Notebook
from .english_numbers import bare_minutes, find_lengths
from .english_people import Mention, parse_cast, parse_mention
from .english_story import (
    FIRST_PERSON,
    clean,
    find_actors,
    finite_verbs,
    is_description,
    is_stative,
    split_events,
    split_sentences,
    takes_part,
    tells_event,
    tidy,
)
from .english_words import Token, lexicon, tokenize
from .reading import Intent, Reading

_LONGEST = 4000
_ORDER: tuple[Intent, ...] = ("orders", "question", "undecided", "confirm", "thanks", "greeting")
_FACETS: tuple[Element, ...] = ("genre", "visual_style", "mood", "audience")
_AGES = re.compile(
    r"\b(?:over|under|ages?|aged) (?:the age of )?\d{1,2}s?(?: ?(?:-|to|and) ?(?:\d{1,2}|up|over|above|older))?"
    r"|\b\d{1,2} ?(?:-|–|to) ?\d{1,2}[- ]year[- ]olds?|\b\d{1,2}\+|\b\d{1,2} and (?:up|over|above|older)|\b\d{1,2}[- ]year[- ]olds",
    re.IGNORECASE,
)
_VISUAL = frozenset("bright dark warm cold soft light gritty dreamy surreal moody raw brighter darker gothic psychedelic".split())
_TURNS = re.compile(
    r",? (?:no,? wait|wait,? no|scratch that|or rather|actually no|no,? actually),? "
    rf"|, (?=(?:the |and the )?(?:{'|'.join(sorted((n for n in ELEMENTS if n not in ('time', 'lead', 'leads')), key=len, reverse=True))})"
    r"(?: is| are| should| would|:| will) )|, (?=(?:and )?(?:mood|tone|genre|style|audience|length|duration|target)\b)",
    re.IGNORECASE,
)
_UNFIT = frozenset("people person women men others everyone anyone someone nobody one ones thing things life humans humanity folks".split())


class MessageReading:
    """The reading of one message: what it changes, and why it was sent."""

    def __init__(self, draft: IdeaDraft, asked: Element | None) -> None:
        self.notebook = Notebook(draft)
        self.asked = asked
        self.context = asked
        """The element being spoken of: the one asked about, or the last one named."""
        self.said: dict[Element, list[str]] = {}
        self.subject = ""
        """What the film is about as far as its genre phrase tells: `space adventure`."""
        self.intents: set[Intent] = set()
        self.understood = False
        self.told = False
        """Whether this message has told an event."""
        self.corrector = Corrector(self.notebook, self.take)
        self.first_theme = draft.theme
        self.first_genre = draft.genre

    def read(self, text: str) -> Reading:
        """The whole message as one reading."""
        for sentence in split_sentences(clean(text[:_LONGEST])):
            self._sentence(sentence)
        self._settle_facets()
        self._settle_theme()
        return Reading(self._intent(), tuple(self.notebook.changes), dict(self.notebook.notes))

    def _intent(self) -> Intent:
        if self.notebook.changes or self.understood:
            return "idea"
        return next((intent for intent in _ORDER if intent in self.intents), "noise")

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

    # one sentence

    def _sentence(self, sentence: str) -> None:
        parts = [part for part in _TURNS.split(sentence) if part and part.strip()]
        if len(parts) > 1:
            for part in parts:
                self._sentence(part)
            return
        if intents.gives_orders(sentence):
            self.intents.add("orders")
            return
        if sentence.lower().startswith(("thank you", "thanks ")) and not find_lengths(sentence):
            self.intents.add("thanks")
            return
        if courtesy := intents.courtesy(sentence):
            self.intents.add(courtesy)
            return
        if intents.asks(sentence):
            self.intents.add("question")
            return
        plain = frames.without_chatter(intents.without_doubt(sentence))
        if not plain:
            self.intents.add("confirm")
            return
        if self._leaves_open(plain):
            self.intents.add("undecided")
            return
        if self._labelled(plain):
            return
        rest = self.corrector.apply(sentence)
        if rest is not None:
            self.understood = True
            if rest.strip():
                self._sentence(rest)
            return
        self._content(frames.without_chatter(without_interjections(plain)))

    def _leaves_open(self, text: str) -> bool:
        if not intents.leaves_open(text):
            return False
        first = tokenize(text)[0]
        others = first.lower in ("he", "she", "they", "it") or first.tag in ("NAME", "DET", "POSS")
        others = others and first.lower not in ("no", "any", "either", "my", "your") and tells_event(tokenize(text))
        return not others and len(text.split()) <= 14 and not find_facets(tokenize(text), False).spans

    def _labelled(self, text: str) -> bool:
        """`Genre: comedy`, `the mood should be dark`."""
        match = frames.LABEL.match(text)
        if match and match["mark"] in ":=-–—":
            element = ELEMENTS.get(match["name"].lower())
            if element:
                if match["name"].lower() in ("idea", "concept") and len(match["value"].split()) > 5:
                    self._content(match["value"])
                    return True
                self.context = element
                self.take(element, match["value"])
                return True
        match = frames.LABELLED.match(text)
        if match and not finite_verbs(tokenize(match["value"])):
            self.take(ELEMENTS[match["name"].lower()], match["value"])
            return True
        match = frames.STATES.match(text)
        element = ELEMENTS.get(match["name"].lower()) if match else None
        if match is None or element in (None, "characters", "plot") or text.lower().startswith(("it ", "time ")):
            return False
        value = match["value"]
        if match["name"].lower() in ("idea", "concept") and (":" in value or tells_event(tokenize(value))):
            return False
        denied = re.match(r"not (.+?)(?:,| but) (?:but )?(.+)", value)
        self.take(element, denied[2] if denied else value)  # type: ignore[arg-type]
        return True

    def take(self, element: Element, text: str) -> None:
        """Read a text as the value of one element."""
        self.understood = True
        text = frames.without_chatter(text).strip(" .!?,;:\"'")
        if not text or intents.leaves_open(text) and len(text.split()) < 7:
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

    def _take_length(self, text: str) -> None:
        lengths = find_lengths(text)
        seconds = lengths[-1].seconds if lengths else bare_minutes(text)
        if seconds:
            self.notebook.set("duration", seconds)

    def _take_theme(self, text: str) -> None:
        text = re.sub(r"^(?:(?:about|that|something about|it's about|it is about|how about|around)\s+)+", "", text, flags=re.I)
        tokens = tokenize(text)
        if tokens:
            self._about(tokens, text, plain_theme=True)

    def _take_facet(self, element: Element, text: str) -> None:
        tokens = tokenize(text)
        facets = find_facets(tokens, True, element)
        if element == "genre" and facets.values("genre"):
            self._note_genre(tokens, facets)
            self._keep(facets, skip=() if _is_property(tokens, text) else ("mood",))
            return
        if element == "visual_style" and not _VISUAL.isdisjoint(facets.values("mood")):
            self._keep(facets, skip=("genre", element, "mood"))
        elif element == "audience" and _names_viewers(tokens):
            self._keep(facets, skip=("genre", element, "mood"))
        else:
            self._keep(facets, skip=("genre", element))
        for length in find_lengths(text):
            self.notebook.set("duration", length.seconds)
        others = {place for span in facets.spans for place in range(span.start, span.end) if span.element != element
                  and not (span.element == "mood" and element in ("visual_style", "audience"))
                  and not (span.element == "genre")}
        kept = [token for place, token in enumerate(tokens) if place not in others]
        value = _value(text, kept)
        if value and len(value.split()) <= 14:
            self.said[element] = [value]
        elif facets.values(element):
            self.said[element] = facets.values(element)

    # what a sentence says when it corrects nothing

    def _content(self, text: str) -> None:
        if not text or _is_gibberish(text):
            return
        text = _without_asides(text)
        if self._led_by_property(text):
            return
        watched = frames.WATCHES.match(text)
        if watched and not find_lengths(text) and not text.lower().startswith(("it ", "i ", "my ")):
            self._take_facet("audience", watched["who"])
            return
        if self._declares(text):
            return
        rest, wished = frames.without_wish(text)
        if wished and self._declares(rest):
            return
        if self._split_off(rest if wished else text):
            return
        tokens = tokenize(text)
        marker = frames.find_marker(tokens)
        if marker is not None:
            self._framed(tokens, marker, text)
            return
        if wished:
            self._wished(rest, text)
        elif _is_property(tokens, text):
            self._fragment(text)
        elif self.context == "audience" and _names_viewers(tokens):
            self.take("audience", text)
        elif text.split()[0].lower() in FIRST_PERSON:
            self._film(tokens, text)
        elif self._is_film_only(tokens, text):
            self._film(tokens, text)
        elif self._is_command(tokens):
            self._film(tokens, text)
        elif tells_event(tokens):
            self._story(text)
        else:
            self._fragment(text)

    def _is_command(self, tokens: list[Token]) -> bool:
        """Whether a sentence has no subject and so no one in the story: `thank you`, `got it`."""
        if tokens[0].lower in ("got", "had", "thought", "wanted", "been", "thank", "thanks", "surprise", "see"):
            return True
        return tokens[0].tag == "VB" and self.context != "plot" and not self.told

    def _led_by_property(self, text: str) -> bool:
        """Read `30 secs, and make it glossy`, `4 minutes, if that works` stretch by stretch."""
        tokens = tokenize(text)
        head = _first_segment(tokens)
        if len(head) == len(tokens) or not _is_property(head, text):
            return False
        rest = tokens[len(head) + 1 :]
        while rest and rest[0].tag == "CC":
            rest = rest[1:]
        if not rest or _is_property(tokens, text) or not (tells_event(rest) or rest[0].lower in ("make", "keep")):
            return False
        self._fragment(text[: head[-1].end])
        if rest[0].tag != "SUB" and rest[0].lower not in FIRST_PERSON | {"if", "so", "that's", "cheers", "wow"}:
            self._sentence(text[rest[0].start :])
        return True

    def _split_off(self, text: str) -> bool:
        """Read `A fantasy about courage: a small dragon …` as two sentences."""
        match = re.match(r"^([^:\"]{2,300}?)(?::| -| –| —)\s+(.{3,})$", text, re.DOTALL)
        if not match:
            return False
        left = tokenize(match[1])
        talk = left[0].lower in FIRST_PERSON or {"idea", "plot", "story", "concept", "me", "this"} & {token.lower for token in left}
        if talk and frames.find_marker(left) is None and not _heads_film(left):
            self._content(frames.without_chatter(match[2]))
            return True
        if frames.find_marker(left) is None and not _heads_film(left):
            return False
        self._content(match[1])
        self._content(frames.without_chatter(match[2]))
        return True

    def _declares(self, text: str) -> bool:
        """`The hero is …`, `starring …`, `there's …`, `… as the lead`."""
        for pattern in (frames.TWO_ARE, frames.DECLARES, frames.PRESENTS, frames.PLAYED):
            match = pattern.match(text)
            if not match or pattern is frames.PLAYED and _is_wordy(match["who"]):
                continue
            role = (match.groupdict().get("role") or "").lower()
            if pattern is frames.PRESENTS and not self._presents_people(match["who"]):
                continue
            if pattern is frames.TWO_ARE or ELEMENTS.get(role) == "characters" or pattern is frames.PRESENTS:
                self.context = "characters" if pattern is not frames.PRESENTS else self.context
            self.understood = True
            if pattern is frames.PRESENTS and _predicate_start(tokenize(match["who"])) is not None:
                told = tokenize(match["who"])
                self._somebody(told, match["who"], _predicate_start(told), match["who"])
                return True
            who, _ = frames.without_wish(match["who"]) if pattern is frames.PLAYED else (match["who"], False)
            self._cast(who, declared=True, role=role)
            return True
        return False

    def _presents_people(self, who: str) -> bool:
        tokens = tokenize(who)
        mention = parse_mention(tokens, 0)
        return mention is not None and _is_somebody(tokens, mention, _predicate_start(tokens))

    def _framed(self, tokens: list[Token], marker: frames.Marker, text: str) -> None:
        story = _without_speaker(tokens[marker.end :])
        story = self._without_tail(story, text)
        self._film(tokens[: marker.start], text)
        if not story:
            return
        self.understood = True
        said = text[story[0].start : story[-1].end]
        if marker.kind == "cast":
            self._cast(said, declared=True)
        elif marker.kind == "story" and tells_event(story):
            self._story(said, wanted=True)
        elif marker.kind == "story":
            self._somebody(story, said, _predicate_start(story), text)
        else:
            self._about(story, text)

    def _without_tail(self, story: list[Token], text: str) -> list[Token]:
        """The story without what its end says of the film: `…, bleak`, `… for kids`."""
        while story:
            cut = _tail_start(story, text)
            if cut is None or cut == 0:
                return story
            self._film(story[cut:], text)
            story = story[:cut]
            while story and story[-1].tag in (".", "CC"):
                story = story[:-1]
        return story

    def _is_film_only(self, tokens: list[Token], text: str) -> bool:
        words = lexicon()
        if tokens[0].lower in ("it", "this", "it's", "that's") and not tells_event(tokens[1:]):
            return True
        subject = [token.lower for token in tokens[:3]]
        if subject[0] in ELEMENTS and subject[0] not in ("hero", "heroine", "villain", "time") and not tokens[0].tag == "NAME":
            return True
        spoken = any(word in words.words("film.aspects") for word in subject) and subject[0] in ("the", "my", "this", "our")
        if spoken and finite_verbs(tokens) and not lexicon().kind(subject[1]):
            return True
        return not tells_event(tokens) and _heads_film(tokens) and not self._wants_cast(tokens)

    def _wants_cast(self, tokens: list[Token]) -> bool:
        return self.context == "characters" and not any(
            span.element == "genre" for span in find_facets(tokens, False).spans
        )

    def _wished(self, rest: str, text: str) -> None:
        tokens = tokenize(rest)
        first = text.split()[0].lower()
        head = _first_segment(tokens)
        if len(head) < len(tokens) and _is_property(head, rest) and not _is_property(tokens, rest):
            self._film(head, rest)
            self._content_if_property(tokens[len(head) + 1 :], rest)
        elif _heads_film(tokens) or _is_property(tokens, rest):
            self._film(tokens, rest)
        elif first in ("it", "this", "that", "it's") and self.context == "plot" and tells_event(tokenize(text)):
            self._story(text)
        elif tells_event(tokens) and tokens[0].lower not in FIRST_PERSON:
            self._story(rest)
        else:
            self._fragment(rest, wished=True)

    def _content_if_property(self, tokens: list[Token], text: str) -> None:
        if tokens and _is_property(tokens, _own_text(tokens, text)):
            self._film(tokens, text)

    # the film itself

    def _film(self, tokens: list[Token], text: str) -> None:
        tokens = _without_denials(tokens)
        if not tokens:
            return
        said = text[tokens[0].start : tokens[-1].end]
        for length in find_lengths(said):
            if not length.in_story or _speaks_of_length(said):
                self.notebook.set("duration", length.seconds)
                self.understood = True
        facets = find_facets(tokens, True, self.context)
        if any(token.lower in ("title", "titled") for token in tokens):
            return
        self._note_genre(tokens, facets)
        self._keep(facets)
        self._ages(said)
        self._film_with(tokens, text, facets)

    def _ages(self, said: str) -> None:
        match = _AGES.search(said)
        if match and "audience" not in self.said and not re.match(r"\d+\+? (?:sec|min)", match.group()):
            self.said["audience"] = [match.group()]
            self.understood = True

    def _keep(self, facets: Facets, skip: tuple[str, ...] = ()) -> None:
        for element in _FACETS:
            values = facets.values(element)
            if values and element not in skip:
                self.understood = True
                held = self.said.setdefault(element, [])
                held += [value for value in values if value not in held]

    def _note_genre(self, tokens: list[Token], facets: Facets) -> None:
        """Remember the genre with the nouns before it: `space adventure`."""
        genres = [span for span in facets.spans if span.element == "genre"]
        if not genres or self.subject:
            return
        start, end = genres[0].start, genres[-1].end
        covered = facets.covered()
        while start and start - 1 not in covered and tokens[start - 1].tag in ("N", "NAME"):
            if tokens[start - 1].lower in lexicon().words("film.nouns") | GLUE or tokens[start - 1].text[0].isdigit():
                break
            start -= 1
        joined = all(place in covered or place < genres[0].start for place in range(start, end))
        words = " ".join(token.text for token in tokens[start:end])
        said = " ".join(token.lower for token in tokens[genres[0].start : genres[0].end])
        if len(genres) == 1 and start == genres[0].start and said in lexicon().words("genre_words.topics"):
            self.subject = words
            return
        nouns = start < genres[0].start
        named = " ".join(span.value for span in genres)
        self.subject = words if joined and (nouns or len(genres) > 1) and words.lower() != named else ""

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
            advertises = "advertisement" in facets.values("genre")
            if token.lower in ("for", "on") and mention is not None and advertises and not self.notebook.draft.theme:
                self._set_theme(mention.role or mention.label)
                return

    def _set_theme(self, text: str) -> None:
        theme = _value(text, tokenize(text))
        if theme:
            self.understood = True
            self.notebook.set("theme", theme)

    # what it is about

    def _about(self, tokens: list[Token], text: str, plain_theme: bool = False) -> None:
        """The theme, and where somebody does something their part and the plot."""
        said = text[tokens[0].start : tokens[-1].end]
        if tokens[0].lower in ("how", "what", "why", "when", "whether", "that"):
            self._about_question(tokens, said)
            return
        mention = parse_mention(tokens, 0)
        predicate = _predicate_start(tokens)
        people = mention is not None and _is_somebody(tokens, mention, predicate)
        if not people or mention is None:
            self._set_theme(_shortened(said))
            self._people_of_theme(tokens)
            return
        if plain_theme and predicate is None and not mention.names and mention.determiner not in ("a", "an", "two", "three"):
            self._set_theme(said)
            return
        if mention.is_plural and predicate is None and not mention.determiner:
            self._set_theme(said)
            return
        self._set_theme(_shortened(said))
        self._somebody(tokens, said, predicate, text)

    def _about_question(self, tokens: list[Token], said: str) -> None:
        self._set_theme(_shortened(said))
        mention = parse_mention(tokens, 1) if len(tokens) > 1 else None
        singular = mention is not None and (mention.names or mention.determiner in ("a", "an") and mention.kind)
        if tokens[0].lower in ("how", "what") and singular and tells_event(tokens[1:]):
            self._story(said[tokens[1].start - tokens[0].start :], wanted=True)

    def _people_of_theme(self, tokens: list[Token]) -> None:
        """`friendship between a boy and a crow`, `a day in the life of a nurse`."""
        inside = False
        for actor in find_actors(tokens):
            mention = actor.mention
            inside = inside or actor.verb in ("between", "of")
            single = mention.determiner in ("a", "an") and mention.kind and mention.head not in _UNFIT
            if mention.start and inside and actor.verb in ("between", "of") and (single or mention.names and actor.verb == "between"):
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
        if is_stative(tokenize("he " + told)) and finite_verbs(tokenize("he " + told)) and "," not in told:
            if labels:
                self.notebook.note(labels[0], told)
            self._actors(tokenize(told))
            return
        for event in split_events(f"{lead} {told}"):
            self.notebook.add_event(event)
        self._actors(clause)

    # who is in it

    def _cast(self, text: str, declared: bool = False, role: str = "") -> list[str]:
        """Enter the characters of a list; their labels."""
        text = re.sub(r"^(?:(?:there's|there is|there are|it's|is|just|only|called|named|with|be) )+", "", text, flags=re.I)
        text = re.sub(r"(?<=[,\s])(?:there's|there is|there are|we have|also) ", " ", text)
        text = re.sub(r",? (?:as|for|are|is) (?:the|my|our) (?:main |two |lead )*(?:leads?|heroe?s?|characters?|protagonists?|stars?)\b", "", text)
        tokens = [token for token in tokenize(text)]
        labels = []
        for mention in parse_cast(tokens, text):
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
        if head in lexicon().words("film.nouns") or head in GLUE or not head[0].isalpha():
            return False
        if mention.determiner.split()[:1] in (["no"], ["any"]) or _is_gibberish(head):
            return False
        return declared or bool(mention.kind)

    def _actors(self, tokens: list[Token]) -> None:
        verb = next((verb.place for verb in finite_verbs(tokens) if verb.clause == "main"), 0)
        subject = tokens[:verb]
        listed = any(token.text == "," for token in subject) and any(token.tag == "NAME" for token in subject)
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
            elif takes_part(actor):
                self.notebook.add_character(mention)

    # what happens

    def _story(self, text: str, wanted: bool = False) -> None:
        text = re.sub(r"^(?:and |so |then )*(?:i think|i guess|maybe|basically|i want|i'd like) ", "", text, flags=re.I)
        text = frames.without_chatter(text)
        for event in split_events(text):
            self._event(event, wanted)

    def _event(self, text: str, wanted: bool) -> None:
        tokens = tokenize(text)
        if not tokens or tokens[0].lower in FIRST_PERSON:
            return
        self.understood = True
        if is_description(tokens) and finite_verbs(tokens):
            told = wanted or self.context == "plot" or self.told
            if not told or _identifies(tokens):
                self._describe(tokens, text)
                return
        if tokens[0].tag == "PRON" and len(tokens) > 1 and tokens[1].lower == "should":
            self._describe(tokens, text)
            return
        self.told = True
        self._actors(tokens)
        stative = is_stative(tokens) and self.context == "characters" and not wanted
        if stative or not finite_verbs(tokens) and not wanted and self.context != "plot":
            self._describe(tokens, text)
            return
        self.notebook.add_event(text)

    def _describe(self, tokens: list[Token], text: str) -> None:
        """`Mia is a retired astronaut`: a note about somebody, no event."""
        mention = parse_mention(tokens, 0)
        verbs = finite_verbs(tokens)
        label = self.notebook.find(mention) if mention else None
        if verbs and tokens[verbs[0].place].lower in ("has", "have", "had", "he's", "she's", "they've"):
            rest = [token for token in tokens[verbs[0].place + 1 :] if token.lower != "got"]
            owned = parse_mention(rest, 0) if rest else None
            if owned is not None and owned.kind and owned.determiner in ("a", "an", "two", "three"):
                self._cast(text[rest[0].start :])
        if mention is not None and label is None and (mention.names or mention.kind and mention.determiner):
            pronoun_like = mention.is_plural and not mention.names
            label = None if pronoun_like else self.notebook.add_character(mention)
        if label is None and tokens[0].tag in ("PRON", "PRONAUX"):
            label = self.notebook.recent or next(iter(self.notebook.draft.basic_characters), None)
        if label and verbs:
            start = min(verbs[0].place + 1, len(tokens) - 1)
            self.notebook.note(label, text[tokens[start].start :])

    # answers

    def _fragment(self, text: str, wished: bool = False) -> None:
        """An answer that is no sentence: by its words, else by what was asked."""
        tokens = tokenize(text)
        if not tokens or _is_gibberish(text):
            return
        if self.context in (None, "duration", "visual_style", "mood") and _names_viewers(tokens):
            if self.notebook.draft.basic_characters and not tells_event(tokens):
                self._take_facet("audience", text)
                return
        if _is_property(tokens, text) and self.context not in ("theme", "visual_style", "mood", "audience", "genre"):
            self._film(tokens, text)
            return
        if self._answers(tokens, text):
            return
        if _is_property(tokens, text):
            self._film(tokens, text)
            return
        rest = self._without_tail(tokens, text)
        said = text[rest[0].start : rest[-1].end]
        if self._names_people(rest, wished):
            named = any(one.names for one in parse_cast(rest, text))
            self._cast(said, declared=named or self.context == "characters")
        elif self.context is None and not self.notebook.draft.theme and self._may_be_theme(rest):
            self._set_theme(said)
        else:
            self._property_stretches(tokens, text)

    def _may_be_theme(self, tokens: list[Token]) -> bool:
        words = lexicon()
        if len(tokens) > 4 or any(token.lower in words.words("film.nouns") for token in tokens):
            return False
        return all(token.tag in ("N", "ADJ", "PREP", "DET", "VG", "CC") for token in tokens) and tokens[-1].tag in ("N", "VG")

    def _property_stretches(self, tokens: list[Token], text: str) -> None:
        stretch: list[Token] = []
        for token in [*tokens, None]:
            if token is not None and token.text not in ",;":
                stretch.append(token)
                continue
            if stretch and _is_property(stretch, _own_text(stretch, text)):
                self._film(stretch, text)
            stretch = []

    def _answers(self, tokens: list[Token], text: str) -> bool:
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
        if _names_viewers(tokens) and element != "theme":
            self._take_facet("audience", text)
            return True
        others = find_facets(tokens, True, element)
        if element != "theme" and not others.values(element) and self._is_other(tokens, text, element):
            return False
        if element == "theme":
            return self._answers_theme(tokens, text)
        if element == "audience" and any(token.tag == "NAME" for token in tokens):
            return False
        if element == "genre" and not others.values("genre") and len(tokens) > 1:
            return False
        self.take(element, text)
        return True

    def _answers_cast(self, tokens: list[Token], text: str) -> bool:
        mentions = parse_cast(tokens, text)
        alone = len(mentions) == 1 and not mentions[0].names and not mentions[0].kind
        if alone and not mentions[0].determiner:
            draft = self.notebook.draft
            provisional = draft.theme and draft.genre and draft.genre.split()[-1] in draft.theme.split()
            if provisional and len(tokens) < 6:
                self._take_theme(text)
            return bool(provisional)
        return bool(self._cast(text, declared=True))

    def _answers_length(self, text: str) -> bool:
        seconds = bare_minutes(text)
        if find_lengths(text) or not seconds:
            return False
        self.notebook.set("duration", seconds)
        return True

    def _answers_plot(self, tokens: list[Token], text: str) -> bool:
        if _is_property(tokens, text) or _heads_film(tokens):
            return False
        acting = any(token.tag in ("VG", "VB") for token in tokens)
        people = any(one.names or one.kind or self.notebook.find(one) for one in parse_cast(tokens, text))
        if len(tokens) < 3 or people and not acting:
            return False
        self._story(text, wanted=True)
        return True

    def _answers_theme(self, tokens: list[Token], text: str) -> bool:
        if self._names_people(tokens, False) and len(parse_cast(tokens, text)) > 1:
            return False
        facets = find_facets(tokens, False, "theme")
        lengths = find_lengths(text)
        if lengths or _is_property(tokens, text) and (facets.values("visual_style") or find_facets(tokens, True, None).values("mood")):
            return False
        all_facets = find_facets(tokens, True, None)
        if _is_property(tokens, text) and all_facets.values("genre") and not self.notebook.draft.genre:
            self._film(tokens, text)
            return True
        if _names_viewers(tokens) and _is_property(tokens, text):
            self._film(tokens, text)
            self.said.setdefault("audience", [_value(text, tokens)])
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
        if facets.spans and _is_property(tokens, text) and any(s.element != element for s in facets.spans):
            return not any(span.element == element for span in facets.spans)
        mention = parse_mention(tokens, 0)
        if mention is None:
            return False
        lone = mention.determiner in ("a", "an") and mention.kind
        return bool(lone or mention.names and element not in ("visual_style",) and mention.words)

    def _names_people(self, tokens: list[Token], wished: bool) -> bool:
        mention = parse_mention(tokens, 0)
        if mention is None:
            return False
        if mention.names or self.context == "characters":
            return True
        return bool(mention.kind) and (bool(mention.determiner) or wished)


def _without_asides(text: str) -> str:
    """The text without a last stretch that only talks to us: `…, hope that works for you`."""
    parts = text.split(", ")
    while len(parts) > 1 and _ASIDE.match(parts[-1]) and text.count('"') < 2:
        parts.pop()
    return ", ".join(parts)


_ASIDE = re.compile(
    r"(?:and |but |so )?(?:hope|wow|cheers|thanks|thank you|bye|mind you|mate|if (?:that|you|the|it|possible)|my boss|my wife|my kids will|"
    r"you (?:ask|are|know|guys|can|see)|you've|i (?:hope|think|guess|know|love that|mean|promise|swear|really|just)|lol|haha|see you|to be honest|if you)\b(?!.*\babout\b)",
    re.IGNORECASE,
)


def _first_segment(tokens: list[Token]) -> list[Token]:
    end = next((place for place, token in enumerate(tokens) if token.text in ",;—–"), len(tokens))
    return tokens[:end]


def _names_viewers(tokens: list[Token]) -> bool:
    """Whether a phrase says who watches: `whoever likes cozy mysteries`, `kids from six up`."""
    first = tokens[0].lower
    if first in ("whoever", "anyone", "anybody", "people", "those", "everyone", "everybody", "folks"):
        return True
    mention = parse_mention(tokens, 0)
    return mention is not None and bool(mention.words) and mention.words[-1].lower() in lexicon().words("audience.nouns") and (
        not mention.determiner and not mention.names
    )


def _identifies(tokens: list[Token]) -> bool:
    """`Mia is a retired astronaut`: says who somebody is."""
    verbs = finite_verbs(tokens)
    if not verbs or tokens[verbs[0].place].lower in ("has", "have", "had"):
        return False
    after = verbs[0].place + 1
    return after < len(tokens) and tokens[after].lower in ("a", "an", "both", "old", "young")


def _is_wordy(text: str) -> bool:
    return bool(re.match(r"(?:it|this|the (?:film|movie|story|video))\b", text, re.I))


def _value(text: str, tokens: list[Token]) -> str:
    """The words of a value without articles, fillers and marks at its ends."""
    words = lexicon()
    fillers = words.words("grammar.fillers") | {"a", "an", "the", "some", "in", "for", "kinda", "sorta", "of", "kind", "sort", "or", "very", "more", "should", "be", "feel"}
    start, end = 0, len(tokens)
    while start < end and (tokens[start].tag == "." and tokens[start].text not in '"(' or tokens[start].lower in fillers):
        start += 1
    while end > start and (tokens[end - 1].tag == "." or tokens[end - 1].lower in fillers - {"it"}):
        end -= 1
    if start >= end:
        return ""
    text = text[tokens[start].start : tokens[end - 1].end] if _is_run(tokens[start:end], text) else " ".join(
        token.text for token in tokens[start:end]
    )
    return text.strip(" ,;:.\"'")


def _is_run(tokens: list[Token], text: str) -> bool:
    """Whether no word was taken out between the tokens."""
    return all(
        not text[one.end : two.start].strip() for one, two in zip(tokens, tokens[1:], strict=False)
    )


def _shortened(text: str) -> str:
    """The first clause of a long phrase."""
    if len(text) <= 90:
        return text
    head = re.split(r"[,;]| and (?:then )?", text[:200])[0]
    return head if 30 <= len(head) <= 120 else text[:120].rsplit(" ", 1)[0].rstrip(" ,;")


def _is_gibberish(text: str) -> bool:
    words = re.findall(r"[^\W\d_]+", text.lower())
    return not re.search(r"\d", text) and bool(words) and all(_is_mash(word) for word in words)


def _is_mash(word: str) -> bool:
    if len(word) < 4:
        return word not in ("ai", "cat", "dog") and not re.search(r"[aeiouy]", word)
    vowels = len(re.findall(r"[aeiouy]", word))
    runs = re.search(r"[bcdfghjklmnpqrstvwxz]{6}", word) or re.search(r"(.)\1\1", word)
    return vowels == 0 or bool(runs) or any(run in word for run in ("asdf", "qwer", "zxcv", "hjkl", "sdfg", "fdsa"))


def _heads_film(tokens: list[Token]) -> bool:
    """Whether the phrase names a film or a genre: `a dark comedy for kids`."""
    words = lexicon()
    facets = find_facets(tokens, True, None)
    genre_ends = {span.end - 1 for span in facets.spans if span.element == "genre"}
    mention_end = next(
        (i for i, token in enumerate(tokens) if token.tag in ("PREP", "REL", "SUB") or token.text in ":;"), len(tokens)
    )
    for place in range(min(mention_end, len(tokens))):
        token = tokens[place]
        last = place + 1 >= len(tokens) or tokens[place + 1].tag not in ("N", "NAME", "ADJ", "VG") or place + 1 in facets.covered()
        if last and token.tag != "ADJ" and (words.singular(token.lower) in words.words("film.nouns") or place in genre_ends):
            return True
        if place in genre_ends and last:
            return True
    return False


def _is_property(tokens: list[Token], text: str) -> bool:
    """Whether every word tells of the film: a genre, a mood, a style, an audience, a length."""
    facets = find_facets(tokens, True, None)
    lengths = [length for length in find_lengths(text) if not length.in_story]
    spoken = facets.covered()
    heads = lexicon().words("audience.nouns")
    ages = [match.span() for match in _AGES.finditer(text)]
    for place, token in enumerate(tokens):
        inside = any(length.start <= token.start < length.end for length in lengths)
        aged = any(start <= token.start < end for start, end in ages)
        if inside or aged or token.lower in heads and "audience" in facets.values("audience"):
            spoken.add(place)
    if not spoken:
        return False
    film = lexicon().words("film.nouns") | GLUE | lexicon().words("grammar.fillers")
    return all(
        place in spoken or token.tag == "." or token.lower in film for place, token in enumerate(tokens)
    )


def _tail_start(story: list[Token], text: str) -> int | None:
    """Where the last stretch that only speaks of the film begins."""
    marks = [place for place, token in enumerate(story) if token.tag == "." and token.text in ",;–—-."]
    for mark in reversed(marks[-3:]):
        tail = story[mark + 1 :]
        if tail and _is_property(tail, _own_text(tail, text)):
            return mark
        if tail:
            break
    for place in range(len(story) - 1, max(0, len(story) - 9), -1):
        if story[place].lower not in ("for", "in", "with", "aimed", "targeted", "that's", "that"):
            continue
        tail = story[place:]
        facets = find_facets(tail, True, None)
        spoken = {"audience", "visual_style"} & {span.element for span in facets.spans}
        if spoken and _is_property(tail, _own_text(tail, text)):
            return place
    return None


def _own_text(tokens: list[Token], text: str) -> str:
    """The text up to the end of `tokens`, blank before them, so that places still hold."""
    start, end = tokens[0].start, tokens[-1].end
    return " " * start + text[start:end]


def _without_speaker(tokens: list[Token]) -> list[Token]:
    """The tokens up to where the person speaks of themselves: `…, so that's what I want`."""
    for place, token in enumerate(tokens):
        if not place or token.text not in (",", "because", "so", "but", "since", ";"):
            continue
        ahead = [later.lower for later in tokens[place + 1 : place + 5]]
        if {"i", "i'm", "i'd", "we", "i've", "that's"} & set(ahead[:3]):
            return tokens[:place]
    return tokens


def _without_denials(tokens: list[Token]) -> list[Token]:
    """The tokens without what a negation turns away: `without any police and no guns`."""
    kept: list[Token] = []
    denied = False
    for place, token in enumerate(tokens):
        if token.lower in ("without", "no", "not", "nothing", "never", "don't", "isn't", "shouldn't", "doesn't", "less"):
            after = tokens[place + 1].lower if place + 1 < len(tokens) else ""
            denied = not (token.lower == "not" and after in ("only", "just"))
            if kept and kept[-1].lower in ("but", "and", ","):
                kept.pop()
            continue
        if denied and (token.text in (",", ";") or token.lower == "but"):
            denied = False
        if not denied:
            kept.append(token)
    return kept


def _speaks_of_length(text: str) -> bool:
    return bool(re.search(r"\b(?:long|length|runtime|duration|should|run|runs|last|lasts|make it|film|video|movie|short|it's|total)\b", text, re.I))


def _predicate_start(tokens: list[Token]) -> int | None:
    """Where the phrase about somebody turns to what they do."""
    for place, token in enumerate(tokens):
        if not place:
            continue
        before = tokens[place - 1]
        if token.tag == "REL" or token.lower in ("who's", "that's"):
            return place
        if token.tag == "SUB" and token.lower == "that":
            return place
        if token.tag in ("VS", "VD", "AUX", "MOD") or token.tag == "VB" and before.tag != "TO":
            return place
        if token.tag == "VG" and before.tag not in ("DET", "POSS", "ADJ"):
            return place
        if token.tag == "TO" and place > 1:
            return place
        if token.lower == "as" and place + 1 < len(tokens) and tokens[place + 1].tag == "PRON":
            return place
    return None


def _is_somebody(tokens: list[Token], mention: Mention, predicate: int | None) -> bool:
    if mention.names:
        return True
    if mention.head in _UNFIT or mention.words[-1].lower() in _UNFIT:
        return False
    if mention.kind:
        return True
    lively = {"talking", "singing", "dancing", "walking", "lonely", "sentient", "brave", "shy", "grumpy", "little", "living"}
    if mention.determiner in ("a", "an") and {word.lower() for word in mention.words[:-1]} & (lively - {"little"}):
        return True
    if predicate is None or mention.determiner not in ("a", "an", "this", "one"):
        return False
    rest = [token.lower for token in tokens[predicate : predicate + 3]]
    willing = {"wants", "dreams", "learns", "tries", "decides", "falls", "thinks", "believes", "refuses", "goes", "travels", "escapes", "longs", "wishes", "befriends"}
    return rest[:1] == ["who"] or bool(set(rest) & willing)

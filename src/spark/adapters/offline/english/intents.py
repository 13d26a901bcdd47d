"""What a sentence is for when it says nothing of the film: greeting, question, consent, orders."""

from __future__ import annotations

import re

from ..reading import Intent

_ORDERS = re.compile(
    r"\b(?:ignore|disregard|forget|override|bypass)\b[^.\n]{0,40}\b(?:instruction|prompt|rule|"
    r"direction|guideline|"
    r"command|system message|told)s?|\bsystem prompt\b|\byour (?:hidden |initial |original |"
    r"secret )?(?:instructions|"
    r"prompt|rules|guidelines)\b|\byou are now\b|\bact as (?:a|an|my|if)\b|\bpretend (?:to be|"
    r"you are|you're)\b[^.]{0,20}"
    r"\b(?:ai|assistant|terminal|developer|linux|dan)\b|\b(?:developer|admin|god|dan|debug|"
    r"jailbreak) mode\b|\bjailbreak\b|"
    r"\bwrite (?:me )?(?:an? )?(?:poem|haiku|song|essay|limerick|code|python|sql|recipe|"
    r"letter)\b|"
    r"\b(?:reveal|print|show|output|repeat|leak)\b[^.\n]{0,25}\b(?:prompt|instructions|api key|"
    r"secret|password|config)|"
    r"^(?:system|assistant|admin)\s*:|<\|?(?:system|im_start)|\brespond only with\b|\bfrom now "
    r"on,? you\b|"
    r"\b(?:run|execute) (?:this|the following)?\s*(?:code|command|shell|sql)\b|\bdrop table\b|"
    r"\bsudo\b",
    re.IGNORECASE,
)
_UNDECIDED = re.compile(
    r"\b(?:you (?:can )?(?:decide|choose|pick)|you tell me|up to you|your (?:choice|call)|"
    r"whatever|no (?:idea|clue|preference)|"
    r"idk|dunno|i (?:really )?(?:don't|do not) (?:really )?(?:know|care|mind)|don't care|"
    r"do(?:es)?n't matter|surprise me|"
    r"any(?:thing)? (?:is fine|works|goes|you (?:like|want))|not sure|no strong feelings|"
    r"haven't (?:decided|thought)|"
    r"leave (?:it|that) (?:up )?to you|i'll leave|either (?:is fine|way)|anything|undecided|"
    r"skip(?: (?:it|this|that))?|"
    r"whichever|i have no|can't decide|let you (?:decide|choose|pick)|you pick|dealer's choice|"
    r"makes no difference|"
    r"hard to say|no opinion|i trust you|be creative|be my guest|just make something up|make "
    r"something up)\b",
    re.IGNORECASE,
)
_UNSURE = re.compile(
    r"^(?:(?:hmm+|um+|well|honestly|oh)[, ]+)*(?:i (?:really )?(?:don't|do not) (?:really "
    r")?know|i'm not (?:really )?sure|not (?:really )?sure|"
    r"idk|dunno|no idea|i haven't (?:decided|thought about it)(?: yet)?)(?:,|\s*-|;| but| "
    r"though|\.\.\.)+\s*(?=\S)",
    re.IGNORECASE,
)
_CONFIRM = re.compile(
    r"(?:(?:haha+|hehe|lol|tomorrow|soon|yes|yep|yeah|yup|ok|okay|alright|right|great|cool|sure|fine|nice|no|nope|nah|"
    r"perfect|good|done|exactly|correct|"
    r"awesome|brilliant|super|neat|lovely|excellent|amazing|wonderful|fantastic|absolutely|"
    r"definitely|agreed|ready|"
    r"that'?s (?:it|all|everything|right|good|perfect|great|fine|enough|correct|about it|all i "
    r"(?:have|need|want))|that is (?:it|all|everything)|this is (?:it|good|great|perfect|fine)|"
    r"(?:it |that |this |all |everything )?(?:looks|sounds|seems|is) (?:good|great|perfect|"
    r"right|fine|amazing|awesome|nice|lovely|cool)(?: (?:to|for) me)?|"
    r"i(?:'m| am) (?:happy|done|good|fine|satisfied|ready)(?: with (?:it|that|this))?|i (?:like|"
    r"love) (?:it|that|this)|(?:nothing|no) (?:else|more)|nothing to add|"
    r"go (?:ahead|for it|with (?:it|that))|let'?s (?:go|do it|start|begin)(?: with (?:it|"
    r"that))?|do it|make it|all good|all set|"
    r"we'?re (?:good|done|set)|you (?:can )?(?:start|begin|go ahead)|start|proceed|continue|"
    r"generate(?: it)?|works for me|that works|"
    r"for now|so far|bye|goodbye|good ?night|see you|later|from me|take care|i think|i guess|"
    r"now|then|please|thanks|thank you|thank you so much|thanks a lot|and|with (?:it|that|"
    r"this))[\s,.!?]*)+",
    re.IGNORECASE,
)
_GREETING = re.compile(
    r"(?=h|y|sup|gree|good|what|nice|how|evening|morning)(?:(?:evening|morning|h+i+|hello+|"
    r"he+y+|howdy|yo|hiya|sup|greetings|good (?:morning|afternoon|evening|day)|what'?s up|hey+a|"
    r"nice to meet you|"
    r"there|spark|everyone|again|all|folks|friend|mate|how are you(?: doing)?(?: today)?|how'?s "
    r"it going)[\s,.!?]*)+",
    re.IGNORECASE,
)
_THANKS = re.compile(
    r"(?:(?:ok(?:ay)?|great|cool|oh|wow|perfect|nice|awesome)[\s,.!]*)*(?:thanks|thank you|thx|"
    r"ty|cheers|much appreciated|"
    r"i appreciate it)[\w\s,.!']{0,30}",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"^(?:(?:ok|okay|so|and|but|hey|hi|um|hmm|wait|sorry|cool|great|well|oh|haha|lol|just "
    r"curious|quick question|first)[,! ]+)*"
    r"(?:(?:what|how|who|why|when|which|where)(?:'s|'re|\b)(?! (?:if|about)\b)|"
    r"(?:can|could|do|does|did|are|is|will|would|should|may|am|have) (?:you|i|it cost|there|"
    r"this|your|the|they|my|we done|we finished|we good|we there)\b)",
    re.IGNORECASE,
)
_REQUESTS = re.compile(
    r"^(?:[a-z]+[,!]? ){0,3}?can i (?:make|do|have|create|get) (?:an? |something)|"
    r"^(?:[a-z]+[,!]? ){0,3}?(?:can|could|should) (?:the|my) \w+ (?:be|have)\b|^(?:[a-z]+[,!]? "
    r"){0,3}?(?:can|could|would|will) (?:you|we|i) (?:please |also |maybe |instead |just "
    r")*(?:make (?:it|the|him|her|them|a|an|me)|"
    r"change|add|drop|remove|set|call|rename|use|replace|give|do (?:a|an|\d+)\b|"
    r"have (?:a|an|the|two|"
    r"three)|include|put|turn|swap|cut|keep|"
    r"create|write|film|go with|get|help me)\b",
    re.IGNORECASE,
)


def gives_orders(sentence: str) -> bool:
    """Whether it tries to command us instead of telling of a film."""
    return bool(_ORDERS.search(sentence))


def asks(sentence: str) -> bool:
    """Whether it is a question to us and no wish in the form of one."""
    question = sentence.rstrip().endswith("?")
    opens = bool(_ASKS.match(sentence)) and not _REQUESTS.match(sentence)
    told = re.match(
        r"(?:when|where|who|which)\b|(?:what|how|why) (?!is\b|are\b|can\b|do\b|does\b|should\b|"
        r"would\b|many\b|long\b|much\b|will\b)\w",
        sentence,
        re.IGNORECASE,
    )
    return opens and (question or (not told and len(sentence.split()) <= 12))


def leaves_open(sentence: str) -> bool:
    """Whether it leaves the choice to us."""
    return bool(_UNDECIDED.search(sentence))


def without_doubt(sentence: str) -> str:
    """The sentence without `I don't know, maybe` before its answer."""
    return _UNSURE.sub("", sentence, count=1)


def courtesy(sentence: str) -> Intent | None:
    """Greeting, thanks or consent, where the whole sentence is one."""
    plain = sentence.strip()
    if len(plain) > 100:
        return None
    if _GREETING.fullmatch(plain):
        return "greeting"
    if _CONFIRM.fullmatch(plain):
        return "thanks" if plain.lower().startswith("thank") else "confirm"
    if _THANKS.fullmatch(plain):
        return "thanks"
    return None

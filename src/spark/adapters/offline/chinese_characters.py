"""Who acts in the film: characters as a Chinese message declares them, and as its story shows."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .chinese_names import is_full_name, is_titled, looks_like_name, name_at, named_after_cue
from .chinese_text import NUMERAL, Word, cut, letters, trim, without_chatter, words

_CLASSIFIERS = "".join(sorted(letters("words", "people_classifiers")))
_COUNT = rf"(?:第?[{NUMERAL}]{{1,4}}|这|那|某|另一?|每|有|几|同一)"
_OPENING = re.compile(
    rf"(?:{_COUNT}(?:个|位|名|[{_CLASSIFIERS}])(?!月|年|人(?=的)|性|案|子)|(?:一|某)(?=名))"
)
_OWNER = re.compile(
    r"^(?:和|与|跟)?(?:他|她|它|TA|ta|主角|男主|女主)(?:们)?(?:自己)?(?:养)?的?(?=.)"
)
_CALLED = re.compile(
    r"(?:(?:的)?(?:名字|名)(?:叫做?|是|为|就叫|:)|名叫|名为|叫做|叫作|取名(?:叫|为)?|起名(?:叫|为)?|外号(?:叫|是)?|绰号(?:叫|是)?"
    r"|人称|代号(?:叫|是|为)?|(?<![喊大呼尖惨哭嚎吼鸣嗷])叫(?!声|醒|来(?:$|了|人|一|几|警|救|医)|上(?!官)|住|做|作|卖|喊|人|车|醒|出|到|起|他|她|它|我|你|什么|回|停|板|座|好|救护))"
)
LABEL = (
    r"(?:第?[一二三]?(?:位|个)?(?:主角|主人公|主要人物|主要角色|核心人物|出场人物|登场人物|登场角色|人物|角色|主演)"
    r"|男女?主(?:角|人公)?|女主(?:角|人公)?|男主(?:角|人公)?|[男女][一二三]号?|(?:大|幕后)?反派(?:角色)?|配角|主角团"
    r"|对手|敌人|死对头|搭档|助手)(?:们)?"
)
_LABELLED = re.compile(
    rf"^(?:(?:故事|影片|短片|片子|视频|里面|里|其中|本片|这个|那个|我们?|我)*的?)?(?:的)?(?P<label>{LABEL})"
    r"(?:名字|名|设定|人设|姓名|方面|的话)?"
    r"(?:就|可以|应该|要|分别|我?想|打算|一共|总共|都|主要|能不能|大概)*"
    r"(?P<verb>是个|是|为|:|叫做|叫|用|换成|设定为|定为|有|包括|选|写|让|就|来|演|=|-|——)*(?P<rest>.*)$"
)
_BRACKET = re.compile(r"^(.{1,20}?)\s*[(（]([^()（）]{1,40})[)）]\s*(.{0,20})$")
_PAIR = re.compile(r"^([^:：—\-]{1,8}?)\s*(?:[:：]|——?|\s-\s|-)\s*(.{1,40})$")
_PRONOUN = re.compile(r"^(?:他|她|它|他们|她们|它们|自己|大家|谁|某人|有人|这个|那个|人)$")
_BE = re.compile(
    r"^(.{1,12}?)(?:其实|也|就|只|都|原本|原来|曾经|曾|还)?(?:是|当|作为)(?:了)?(?:一?[个位名只条头]|个)(.{1,40})$"
)
_MAX_PHRASE = 14


@dataclass(frozen=True)
class Mention:
    """Somebody as one stretch of text speaks of them.

    `name` is how the cast would list them, `head` the bare role (宇航员), `note` what is said of
    them. `new` tells that the text introduces them (一个, 有), `pointed` that it points back (那个).
    """

    name: str
    head: str = ""
    note: str = ""
    new: bool = False
    pointed: bool = False
    start: int = 0


def labelled(clause: str) -> tuple[str, str] | None:
    """The label (主角, 反派) and the rest of a clause such as 主角是李明."""
    found = _LABELLED.match(clause)
    if (
        found
        and not found["verb"]
        and is_person_phrase(found["rest"].split("和")[0])
        and found["rest"]
    ):
        return found["label"], found["rest"]
    if not found or not (found["verb"] or found["rest"].startswith(("“", "一", "两"))):
        return None
    return found["label"], (
        "叫" if found["verb"] and "叫" in found[0][: found.start("rest")] else ""
    ) + found["rest"]


def declared(text: str) -> list[Mention]:
    """Everybody a list such as 宇航员李明和他的AI助手 declares."""
    found: list[Mention] = []
    text = re.sub(
        rf"^(?:(?:就|一共|总共|有|分别是)*[{NUMERAL}]{{1,2}}[个位名只条](?:人|角色|主角|人物|[^:，,、和的]{{0,5}})?|{LABEL}(?:有|是|分别是)?)[:，,]+(?=.)",
        "",
        text,
    )
    for item in split_list(text):
        mention = _declared_item(item)
        if mention and not any(mention.name == other.name for other in found):
            found.append(mention)
    return _without_groups(found, text)


def _without_groups(found: list[Mention], text: str) -> list[Mention]:
    """Drop 两个骗子 where the two are listed by name after it."""
    first = found[0] if found else None
    count = re.match(rf"(?:就|只有|一共|总共|有)*([{NUMERAL}]{{1,2}})[个位名只条]", text)
    if (
        first
        and count
        and len(found) > 1
        and count[1] not in "一1"
        and not looks_like_name(first.name)
    ):
        return found[1:]
    return found


_LINK = frozenset({"和", "与", "跟", "及", "以及", "还有", "同", "加上", "并"})


def split_list(text: str) -> list[str]:
    """The members of an enumeration; a 和 inside somebody's description does not part it."""
    parts: list[str] = []
    text = re.sub(r"\([^()]{1,60}\)", lambda m: re.sub(r"[、,，;；和与]", " ", m[0]), text)
    for piece in re.split(r"[、,，;；/&+\n]|以及|还有|加上|外加|再加|另外", text):
        parts += _split_at_and(piece)
    return [part.strip() for part in parts if part.strip()]


def _split_at_and(piece: str) -> list[str]:
    parts, start = [], 0
    pieces = cut(piece)
    for at, word in enumerate(pieces):
        if word.text in _LINK and at and _closes(piece[start : word.start], pieces[at - 1]):
            parts.append(piece[start : word.start])
            start = word.end
    return [*parts, piece[start:]]


def _closes(left: str, last: Word) -> bool:
    """Whether the text left of a 和 is a member by itself."""
    bare = _OPENING.sub("", left.strip(), count=1)
    if not bare or last.text in ("的", "个", "位", "名", "只"):
        return False
    if len(bare) == 1 and not (last.is_somebody or last.is_a("name") or bare in "我零"):
        return False
    tail = bare.rsplit("的", 1)[-1]
    if _CALLED.search(tail):
        return True
    inner = cut(tail)
    if inner and (inner[-1].is_somebody or looks_like_name(tail) or inner[-1].is_a("name")):
        return not any(word.is_a("verb") for word in inner) or inner[0].is_somebody
    return not any(word.is_a("verb", "function") for word in inner)


def _declared_item(item: str) -> Mention | None:
    item = trim(without_chatter(item.strip()))
    item = re.sub(
        r"^(?:就|只|只有|有|是|和|与|跟|以及|还有|另外|再?加上?|用|一共|分别是|分别|包括|:|让|由|请|添加|增加|来)+(?=.)",
        "",
        item,
    )
    item = re.sub(r"^一堆.*|^一群.*", "", item)
    new = _OPENING.match(item) is not None
    item = _OPENING.sub("", item, count=1) if new else item
    item = _OWNER.sub("", item).strip()
    if re.search(r".的[他她]?自己$", item):
        return Mention(item, "自己", new=True)
    if not item or _PRONOUN.match(item) or _is_crowd(item):
        return None
    return _bracketed(item) or _called(item) or _quoted(item) or _paired(item) or _phrase(item, new)


def _is_crowd(item: str) -> bool:
    return item.rsplit("的", 1)[-1] in words("people", "crowds") or item.endswith(("们", "人群"))


def _bracketed(item: str) -> Mention | None:
    found = _BRACKET.match(item)
    if not found:
        return None
    inner = _phrase(found[1] + found[3], True)
    return Mention(inner.name, found[2], found[2], True) if inner else None


def _called(item: str) -> Mention | None:
    found = _CALLED.search(item)
    if not found:
        return None
    name = named_after_cue(item[found.end() :])
    if not name:
        return None
    before = trim(item[: found.start()]).strip("，, ")
    after = re.sub(r"^[”的吧，,]+", "", item[found.end() :].lstrip("“").removeprefix(name))
    note = _OPENING.sub("", (before or trim(after)), count=1)
    if before and after and not re.match(r"[吧呢啊]", after):
        note = f"{note}，{trim(after)}"
    note = re.sub(rf"^{LABEL}$", "", note.removesuffix("的"))
    return Mention(name, head_of(before or after), note, True)


def _quoted(item: str) -> Mention | None:
    found = re.search(r"“([^”]{1,8})”", item)
    if not found:
        return None
    around = (item[: found.start()] + item[found.end() :]).strip("的， ")
    return Mention(found[1], head_of(around), around, True)


def _paired(item: str) -> Mention | None:
    found = _PAIR.match(item)
    if not found:
        return None
    if looks_like_name(found[1]) or not cut(found[1])[-1].is_somebody:
        return Mention(found[1], head_of(found[2]), trim(found[2]), True)
    inner = _phrase(found[2], True)
    return Mention(inner.name, found[1], found[1], True) if inner else None


def head_of(phrase: str) -> str:
    """The role a phrase ends in: 退休警察 for 一个退休警察."""
    pieces = cut(phrase)
    somebody = [at for at, word in enumerate(pieces) if word.is_somebody]
    if not somebody:
        return phrase.rsplit("的", 1)[-1][-4:]
    head = pieces[somebody[-1]].text
    if len(head) == 1 and somebody[-1] and pieces[somebody[-1] - 1].is_a("unknown"):
        head = pieces[somebody[-1] - 1].text + head
    return head


def _phrase(item: str, new: bool) -> Mention | None:
    """A name with its role, a role with its modifiers, or whatever thing is declared to act."""
    item = re.sub(rf"^.*的(?=[{NUMERAL}][{_CLASSIFIERS}])", "", item.strip("“” 的"))
    item = _OPENING.sub("", item, count=1)
    if not item or len(item) > 60 or re.fullmatch(r"[\d\W]+", item):
        return None
    if looks_like_name(item):
        return Mention(item, new=new)
    pieces = cut(item)
    somebody = [at for at, word in enumerate(pieces) if word.is_somebody]
    for at in somebody[:-1]:
        role = pieces[at]
        if looks_like_name(item[role.end :]) and not is_titled(item[role.start :]):
            return Mention(item[role.end :], role.text, item[: role.end], True)
    if somebody:
        last = pieces[somebody[-1]]
        tail = item[last.end :]
        if tail and len(tail) <= 6 and not tail.startswith(("的", "们")):
            return Mention(tail, last.text, item[: last.end], True)
        titled = item[max(0, last.start - 1) :]
        alone = somebody[-1] and len(pieces[somebody[-1] - 1].text) == 1
        if not tail and alone and is_titled(titled):
            role = item[: last.start - 1]
            return Mention(titled, head_of(role) if role else "", role.strip("的"), True)
    for length in (3, 2):
        if (
            len(item) >= length + 2
            and "的" not in item
            and is_full_name(item[-length:], plain=True)
            and len(item) <= 8
        ):
            return Mention(item[-length:], item[:-length][-2:], item[:-length], True)
    return _last_part(item, new)


def _last_part(item: str, new: bool) -> Mention:
    before, _, after = item.rpartition("的")
    if before and looks_like_name(after):
        return Mention(after, "", before, new)
    short = item if len(item) <= _MAX_PHRASE else after or item[-_MAX_PHRASE:]
    return Mention(short, head_of(after or item), "" if short == item else item, new)


# --- people in a story -----------------------------------------------------------------------

_DENIED_BEFORE = frozenset(
    [
        "成为",
        "成了",
        "成",
        "当上",
        "变成",
        "变为",
        "变作",
        "化作",
        "化为",
        "当成",
        "当作",
        "扮演",
        "扮成",
        "假扮",
        "假装",
        "冒充",
        "像",
        "如",
        "好像",
        "仿佛",
        "如同",
        "是",
        "做",
        "当",
        "没有",
        "没",
        "沦为",
        "作为",
        "属于",
        "就是",
        "不是",
        "骑",
        "骑着",
        "吃",
        "吃掉",
        "换",
        "换回",
        "换来",
        "买",
        "买回",
        "钓",
        "捕",
        "结为",
        "做了",
        "当了",
        "像是",
        "称为",
        "誉为",
        "视为",
        "误认为",
        "伪装成",
        "变身",
        "演",
        "不再是",
        "想当",
        "打扮成",
        "误当成",
        "结成",
        "画",
        "画出",
        "梦想",
        "每个",
        "所有",
        "任何",
        "乔装成",
        "交",
        "是否",
    ]
)
_OBJECT_COMPOUND = re.compile(
    r"(?:证|院|馆|店|室|局|司|厂|园|所|博物馆|医院|办公室|军团|大军|世家|公司|大赛|集团|学院|协会|王国|联盟|帝国|世界|工厂|病毒|基地|部落|学校|家族|题材|比赛|故事|形象|身份|生涯|行业|职业|服|装|节|群|毛|肉|粮|窝|蛋|皮|牌|部队|文明|社会|时代|入侵战)"
)
_AGE = re.compile(rf"[{NUMERAL}]{{1,3}}(?:来|多|几)?岁的?$")


def story_mentions(clause: str, names: frozenset[str]) -> list[Mention]:
    """Everybody who acts in one clause of a story; `names` are the names known already."""
    pieces = cut(clause, names)
    found: list[Mention] = []
    at = 0
    while at < len(pieces):
        mention, at = _mention_at(clause, pieces, at, found)
        if mention:
            found.append(mention)
    return found


def _mention_at(
    clause: str, pieces: list[Word], at: int, found: list[Mention]
) -> tuple[Mention | None, int]:
    word = pieces[at]
    if word.is_a("name"):
        owned = word.is_somebody and at + 1 < len(pieces) and pieces[at + 1].is_a("kin")
        return Mention(word.text, start=word.start), at + (2 if owned else 1)
    if called := _called_in_story(clause, pieces, at):
        return called
    if word.is_somebody:
        return _role_at(clause, pieces, at)
    if _subject_place(pieces, at):
        name, after = name_at(pieces, at, introduced=False)
        if name and _acts(pieces, after):
            return Mention(name, start=word.start), after
    elif at and pieces[at - 1].is_a("verb") and len(pieces[at - 1].text) > 1:
        name, after = name_at(pieces, at, introduced=False)
        if name and (is_titled(name) or len(name) == 3) and _acts(pieces, after):
            return Mention(name, start=word.start), after
    if thing := _thing_at(clause, pieces, at):
        return thing
    return None, at + 1


def _called_in_story(clause: str, pieces: list[Word], at: int) -> tuple[Mention | None, int] | None:
    """叫小明的男孩, 名叫艾拉的机器人; a boy 叫小明."""
    cue = _CALLED.match(clause, pieces[at].start)
    if not cue:
        return None
    name = named_after_cue(clause[cue.end() :])
    if not name:
        return None
    end = cue.end() + clause[cue.end() :].index(name) + len(name)
    after = clause[end:].lstrip("”")
    head = ""
    if after.startswith("的"):
        for word in cut(after[1:16]):
            if word.is_somebody:
                head = word.text
                end = len(clause) - len(after) + 1 + word.end
                break
            if word.is_a("verb"):
                break
    step = next((i for i, word in enumerate(pieces) if word.start >= end), len(pieces))
    return Mention(name, head, head, True, start=cue.end()), max(step, at + 1)


def _role_at(clause: str, pieces: list[Word], at: int) -> tuple[Mention | None, int]:
    last = at
    while (
        last + 1 < len(pieces)
        and pieces[last + 1].is_somebody
        and not (pieces[last].is_a("kin") and pieces[last + 1].is_a("kin"))
    ):
        last += 1
    role = clause[pieces[at].start : pieces[last].end]
    start, opening, pointed = _left_edge(clause, pieces, at)
    phrase = clause[start : pieces[last].end]
    if last + 1 < len(pieces) and (called := _called_in_story(clause, pieces, last + 1)):
        mention, after = called
        if mention:
            return Mention(mention.name, pieces[last].text, phrase, True, start=start), after
    name, after = name_at(pieces, last + 1, introduced=True)
    if not name and last + 1 < len(pieces) and pieces[last + 1].is_a("name"):
        return Mention(pieces[last + 1].text, pieces[last].text, phrase, start=start), last + 2
    if name:
        return Mention(name, pieces[last].text, phrase, True, start=start), after
    owner = at and clause[:start].endswith(("他的", "她的", "它的", "他", "她"))
    if _is_background(clause, pieces, at, last, start, bool(opening or owner)):
        return None, last + 1
    new = bool(opening) and not pointed
    return Mention(phrase or role, pieces[last].text, "", new, pointed, start), last + 1


def _left_edge(clause: str, pieces: list[Word], at: int) -> tuple[int, str, bool]:
    """Where the phrase around a role starts, and the 一个 or 那个 that opens it."""
    role = pieces[at]
    opening = None
    for found in _OPENING.finditer(clause, 0, role.start):
        opening = found
    if opening and role.start - opening.end() <= _MAX_PHRASE:
        between = cut(clause[opening.end() : role.start])
        if not any(
            word.is_somebody or word.text in "，,和在把被了" for word in between
        ) and _describes(between):
            return opening.end(), opening[0], opening[0][0] in "这那"
    start = role.start
    for word in reversed(pieces[:at]):
        joins = word.is_a("modifier") and not word.is_a("short", "function")
        if word.end != start or not (joins or word.text.endswith(_WORKPLACES)):
            break
        start = word.start
    return start, "", clause[:start].endswith(("这", "那", "该"))


_WORKPLACES = (
    "店",
    "馆",
    "医院",
    "学校",
    "厂",
    "局",
    "队",
    "公司",
    "银行",
    "剧团",
    "餐厅",
    "酒吧",
    "乐队",
    "旅馆",
    "客栈",
    "村",
)


def _describes(between: list[Word]) -> bool:
    """Whether the words between 一个 and a role describe it: 年轻, 会说话的, 机械."""
    if not between or between[-1].text == "的":
        return True
    return not any(word.is_a("verb", "function") for word in between)


def _is_background(
    clause: str, pieces: list[Word], at: int, last: int, start: int, introduced: bool
) -> bool:
    """Whether a role only colours the story: part of a word, a figure of speech, an owner."""
    rest = clause[pieces[last].end :]
    head = pieces[last]
    if rest.startswith("们") or _OBJECT_COMPOUND.match(rest):
        return True
    if head.is_a("crowd") and not introduced:
        return True
    before = [w for w in pieces if w.end <= start]
    while before and before[-1].text == "的" and len(before) > 1 and before[-2].is_a("modifier"):
        before = before[:-2]
    while before and (
        before[-1].text in "了过着一的两几" + _CLASSIFIERS or _OPENING.fullmatch(before[-1].text)
    ):
        before.pop()
    if before and (
        before[-1].text in _DENIED_BEFORE
        or clause[:start].endswith(("成了", "成为", "当了", "变成了", "作为", "像"))
    ):
        return True
    if re.search(
        r"是(?:了)?(?:[他她它我]|自己)?们?的?(?:一?[个位名])?[^，,]{0,3}$", clause[:start]
    ):
        return True
    if introduced:
        return False
    following = pieces[last + 1 : last + 3]
    if following and following[0].text == "的":
        return True
    if len(following) > 1 and following[1].text == "的" and following[0].is_a("verb", "short"):
        return True
    leading = start == 0 or clause[:start].endswith(_CONNECTORS)
    acting = bool(following) and following[0].is_a("verb", "function", "short")
    return head.is_a("weak", "crowd") and not (leading and acting)


_CONNECTORS = (
    "，",
    "的",
    "突然",
    "然后",
    "后来",
    "最后",
    "结果",
    "但",
    "但是",
    "可",
    "可是",
    "而",
    "时",
    "当",
    "原来",
    "这时",
    "里",
    "上",
    "却",
    "发现",
    "后",
    "只有",
    "连",
)


def _subject_place(pieces: list[Word], at: int) -> bool:
    """Whether a name may stand at word `at`: the head of a clause, or after 和, 被, 和 and so on."""
    if at == 0:
        return True
    before = pieces[at - 1]
    return (
        before.text in _NAME_BEFORE
        or before.text in ("，", ",", ":", "“", "、")
        or before.is_a("time")
    )


_NAME_BEFORE = frozenset(
    [
        "和",
        "与",
        "跟",
        "同",
        "被",
        "把",
        "给",
        "让",
        "对",
        "向",
        "救",
        "找",
        "帮",
        "帮助",
        "遇到",
        "遇见",
        "爱上",
        "认识",
        "发现",
        "寻找",
        "救出",
        "救下",
        "救了",
        "找到",
        "陪",
        "教",
        "带",
        "带着",
        "拯救",
        "结识",
        "邂逅",
        "保护",
        "背叛",
        "安慰",
        "告诉",
        "说服",
        "打败",
        "杀",
        "嫁给",
        "原谅",
        "然后",
        "最后",
        "后来",
        "于是",
        "但是",
        "但",
        "而",
        "当",
        "结果",
        "终于",
        "有一天",
        "一天",
        "这天",
        "第二天",
        "接着",
        "同时",
        "此时",
        "这时",
        "突然",
        "忽然",
        "其实",
        "原来",
        "因为",
        "为了",
        "所以",
        "随后",
        "之后",
        "却",
        "时",
        "后",
        "着",
    ]
)
_ANIMATE = frozenset(
    [
        "爱上",
        "喜欢上",
        "暗恋",
        "认识",
        "结识",
        "遇到",
        "遇见",
        "决定",
        "打算",
        "梦想",
        "渴望",
        "想要",
        "想",
        "希望",
        "离家出走",
        "寻找",
        "出发",
        "踏上",
        "努力",
        "学会",
        "帮助",
        "拯救",
        "陪伴",
        "守护",
        "醒来",
        "苏醒",
        "逃跑",
        "逃出",
        "逃离",
        "逃走",
        "走进",
        "走出",
        "闯进",
        "闯入",
        "加入",
        "发现",
        "找到",
        "以为",
        "害怕",
        "告诉",
        "说",
        "哭",
        "笑",
        "旅行",
        "冒险",
        "流浪",
        "坐着",
        "看见",
        "看到",
        "听见",
        "听到",
        "每天",
        "独自",
        "偷偷",
        "收到",
        "想家",
        "回家",
        "变成",
        "成为",
        "救",
        "爱",
    ]
)


def _acts(pieces: list[Word], at: int) -> bool:
    """Whether what follows a supposed name is what follows a subject."""
    if at >= len(pieces):
        return True
    return pieces[at].is_a("verb", "function", "short") or pieces[at].text in "，,、"


def _thing_at(clause: str, pieces: list[Word], at: int) -> tuple[Mention | None, int] | None:
    """一块石头爱上了云: an introduced thing is somebody where it wants, learns, meets or loves."""
    start = pieces[at].start
    opening = _OPENING.match(clause, start)
    if not opening or (
        at
        and pieces[at - 1].text
        not in ("有", "和", "与", "跟", "，", ",", "遇到", "遇见", "讲", "关于", "从前", "的")
    ):
        return None
    inside: list[Word] = []
    for index, word in enumerate(pieces):
        if word.start < opening.end():
            continue
        if word.is_a("name") or word.is_somebody:
            return None
        if word.text in _ANIMATE and inside and word.text != "成为":
            break
        if word.is_a("verb") and not any(w.text == "的" for w in pieces[index : index + 5]):
            return None
        inside.append(word)
    else:
        return None
    phrase = clause[opening.end() : inside[-1].end]
    while inside and inside[-1].is_a("function") and inside[-1].text != "的":
        inside.pop()
    if not inside:
        return None
    phrase = clause[opening.end() : inside[-1].end].strip("的")
    if not phrase or len(phrase) > _MAX_PHRASE:
        return None
    return Mention(phrase, head_of(phrase), "", True, start=opening.end()), index


def is_person_phrase(text: str) -> bool:
    """Whether `text` is nothing but somebody: 一个失明的钢琴家, 女侦探零."""
    text = _OPENING.sub("", trim(text), count=1)
    pieces = cut(text)
    somebody = [at for at, word in enumerate(pieces) if word.is_somebody]
    if not somebody:
        return looks_like_name(text.rsplit("的", 1)[-1]) and not _has_clause(
            pieces, len(pieces) - 1
        )
    tail = text[pieces[somebody[-1]].end :]
    if any(word.is_a("verb", "function", "short") for word in cut(tail)) or len(tail) > 3:
        return looks_like_name(tail)
    if _PLACE.search(tail):
        return False
    return not _has_clause(pieces, somebody[-1])


def _has_clause(pieces: list[Word], head: int) -> bool:
    """Whether the words before a head tell something of their own instead of describing it."""
    before = pieces[:head]
    doing = [
        at
        for at, word in enumerate(before)
        if (word.is_a("verb") and not word.is_a("modifier", "noun"))
        or word.is_a("short")
        or (word.is_a("function") and word.text not in _QUIET)
    ]
    if not doing:
        return False
    if any(word.text in ("是", "就是", "其实", "居然", "竟然", "却", "发现") for word in before):
        return True
    if not any(word.text == "的" for word in before[doing[-1] + 1 :]):
        return True
    opening = _OPENING.search("".join(word.text for word in before[doing[0] :]))
    if opening and "的" not in "".join(word.text for word in before[doing[0] :])[: opening.start()]:
        return True
    first = before[0]
    return (first.is_somebody or first.is_a("name")) and doing[0] <= 2 and pieces[head].is_somebody


_PLACE = re.compile(r"[院馆店室局司厂城园楼所校国界镇会赛车船证病药品费]$")
_QUIET = frozenset(
    [
        "的",
        "之",
        "最后",
        "和",
        "与",
        "跟",
        "这个",
        "那个",
        "某",
        "某个",
        "另",
        "另一",
        "一个",
        "他",
        "她",
        "它",
        "其他",
        "里",
        "上",
        "下",
        "中",
        "内",
        "外",
        "前",
        "后",
        "旁",
        "边",
        "间",
        "时",
        "现在",
        "当年",
        "多年",
        "多年前",
        "今天",
        "昨天",
        "全",
        "各",
        "身边",
        "家里",
        "小时候",
        "从小",
        "唯一",
    ]
)

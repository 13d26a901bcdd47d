"""Genre, mood, picture style and audience, found in a Chinese clause by their words and cues."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from .text import trim, vocabulary, words
from .words import cut

FILM = (
    r"(?:微电影|短视频|宣传片|广告片|动画片|动画短片|短片|影片|电影|视频|片子|大片|短剧|剧集"
    r"|连续剧|电视剧|剧本"
    r"|广告|动画|动漫|作品|故事|小品|影像|番剧|MV|mv|vlog|Vlog|VLOG|番|片|剧|戏)"
)
_GENRE_AFTER = re.compile(
    rf"的?(?:{FILM}|题材|类型|类的?|风格|风|向的?|方向|元素|广告|色彩|主题|大作|小|轻|微|系列"
    rf"|的感觉|感|\s|$)"
)
_JOINT = re.compile(r"[\s、和与加+＋&/兼又带的,，]{0,2}(?:一点|有点|还要?|而且)?")


@dataclass(frozen=True)
class Found:
    """A stretch of a clause that says something of the film."""

    start: int
    end: int
    value: str


def _alternation(found: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(found, key=len, reverse=True))), re.I)


@cache
def _genre_names() -> dict[str, str]:
    table = vocabulary()["genres"]
    return {word.lower(): name for name, said in table.items() for word in said.split()}


@cache
def _genre_words() -> re.Pattern[str]:
    return _alternation(list(_genre_names()))


@cache
def _list_pattern(name: str) -> re.Pattern[str]:
    return _alternation(list(words("facets", name)))


def _groups(pattern: re.Pattern[str], text: str) -> list[list[re.Match[str]]]:
    """Matches that stand side by side, or joined by 和, 、 and the like, belong together."""
    found: list[list[re.Match[str]]] = []
    for match in pattern.finditer(text):
        if found and _JOINT.fullmatch(text[found[-1][-1].end() : match.start()]):
            found[-1].append(match)
        else:
            found.append([match])
    return found


def genre(text: str, sure: bool = False, asked: bool = False) -> Found | None:
    """The genre `text` names.

    Everyday words count only where `sure` or before 片, 题材 and so on; a mere time or place (古代)
    standing alone counts only as the answer to the question for it.
    """
    for group in _groups(_genre_words(), text):
        shy = all(match[0] in words("facets", "shy_genres") for match in group)
        after = _GENRE_AFTER.match(text, group[-1].end())
        if shy and not sure and not after:
            continue
        if (
            len(group) == 1
            and not asked
            and not (after and after[0])
            and group[0][0] in words("facets", "settings")
        ):
            continue
        named = list(dict.fromkeys(_genre_names()[match[0].lower()] for match in group))
        if len(named) > 1 and "纪录片" in named:
            named = [name for name in named if name != "纪录片"] + ["纪录片"]
        return Found(group[0].start(), group[-1].end(), "".join(named))
    return None


_OTHER_GENRE = re.compile(
    r"^(?:就|还是|来|拍|做|算|是|要|那|选|一个|一部|个|部|想要?"
    r"|归到)*(?P<named>[\u3400-\u9fff]{2,4})(?:片|剧)(?:的)?$"
)


def other_genre(text: str) -> str:
    """A kind of film no list holds, out of a clause that is nothing else: 法庭片."""
    found = _OTHER_GENRE.match(trim(text))
    if (
        not found
        or style(found["named"], sure=True)
        or re.search(r"[个部这那什么短影大动芯弹]", found["named"])
    ):
        return ""
    return found["named"]


def is_only_genre(text: str, asked: bool = False) -> bool:
    """Whether `text` is nothing but genre words: 科幻, 爱情喜剧片."""
    found = genre(text, sure=True, asked=asked)
    rest = text if found is None else text[: found.start] + text[found.end :]
    return found is not None and not re.sub(rf"{FILM}|题材|类型?|风格?|向|的|系", "", trim(rest))


def mood(text: str, sure: bool = False) -> Found | None:
    """The mood `text` names as a quality of the film, in the person's words."""
    for group in _groups(_list_pattern("moods"), text):
        start, end = group[0].start(), group[-1].end()
        after = re.match(
            rf"(?:一?[点些]儿?)?(?:的|系|向|感|风)?(?:\s|{FILM}|感觉|氛围|气氛|调子|基调|那种"
            rf"|情绪|风格|结局|结尾|$|家庭|爱情|故事)",
            text[end:],
        )
        if sure or after:
            return Found(start, end, text[start:end].strip("的 、"))
    return None


def is_only_mood(text: str) -> bool:
    """Whether `text` is nothing but words of mood and of degree: 轻松点, 要有点压抑."""
    rest = re.sub(
        r"最好|希望|整体|稍微|尽量|一定|比较|有一?[点些]|要|偏|很|非常|特别|更|带|又|但|也"
        r"|[一有]?[点些]儿?"
        r"|就[行好]|的|感觉?|那种|吧|系|风格?|气氛|氛围|基调|调子|为主|并且|而且|同时|可以|能"
        r"|让人|觉得|和|、|\s|,|，|给|走|路线|向",
        "",
        _list_pattern("moods").sub("", text),
    )
    return not rest and mood(text, sure=True) is not None


_STYLE_CUE = re.compile(
    r"效果|画面|画风|视觉|画质|质感|色调|镜头|美术|画成|绘制|拍摄|拍法|影调|风格|美学|滤镜|色彩"
    r"|光线|渲染|制作方式|画法"
)
_NAMED_STYLE = re.compile(
    r"(?:(?:像|类似|参考|模仿|仿照|仿|按照?|走|用|要|有|偏|采用|是|来)(?:着|于)?)?"
    r"([\u3400-\u9fffA-Za-z0-9·]{1,12}?)(?:那样|那种|这样|式|一样|似)?的?(风格|画风|质感|美学|风"
    r"|色调)"
)
_WINDS = "台大顺狂威作通屏中刮旋微暖寒春东西北南吹海听山清晚凉防伤抽兜临秋迎乘追冷热"
_STYLE_TAIL = re.compile(r"(?:风格|画风|画面|质感|色调|画质|风|感|系|画|式|动画|短片|片)+")


def style(text: str, sure: bool = False) -> Found | None:
    """The picture style `text` names; everyday words count only beside a word of the picture."""
    cue = sure or _STYLE_CUE.search(text) is not None
    best: Found | None = None
    for group in _groups(_list_pattern("styles"), text):
        shy = all(match[0] in words("facets", "shy_styles") for match in group)
        end = group[-1].end()
        tail = _STYLE_TAIL.match(text, end)
        if shy and not cue and not (tail and tail[0][0] in "风画质"):
            continue
        if group[0][0] in ("动画", "动画片", "动漫", "卡通片") and best:
            continue
        if tail and tail[0] not in ("片", "短片"):
            end = tail.end()
        value = text[group[0].start() : end].strip("的 、")
        if best is None or len(value) > len(best.value):
            best = Found(group[0].start(), end, _named(value))
    return best or _named_style(text)


def _named(value: str) -> str:
    value = re.sub(r"(?:画面|片)$", "", value) or value
    if value in (
        "宫崎骏",
        "新海诚",
        "王家卫",
        "皮克斯",
        "迪士尼",
        "吉卜力",
        "诺兰",
        "昆汀",
        "今敏",
    ):
        return value + "风格"
    return value.replace("的", "") if len(value) < 8 else value


def _named_style(text: str) -> Found | None:
    found = _NAMED_STYLE.search(text)
    if not found:
        return None
    said = found[1].strip("的")
    plain = re.sub(
        r"整体|影片|视频|画面|视觉|视频|短片|我|想|要|的|什么|这种|一个|一种|某种|那个|换|改成?|个",
        "",
        said,
    )
    if not plain or is_only_genre(plain) or is_only_mood(plain):
        return None
    said = re.sub(
        r"^(?:我?(?:想|要|希望|喜欢|用|做|换成|改成|改为)+|(?:整体|影片|画面|视觉|最好)+(?:是|要"
        r"|用)?|一种|一个|那种)+",
        "",
        said,
    )
    if not said or len(said) > 10:
        return None
    said = re.sub(r"^(?:像|类似|参考)(?:着|于)?", "", said)
    if found[2] == "风" and (
        said[-1:] in _WINDS
        or len(said) > 5
        or text[found.end() : found.end() + 1] not in ("", "的", "，", "吧")
    ):
        return None
    return Found(found.start(), found.end(), said + found[2]) if said else None


_AUDIENCES = (
    re.compile(r"^(?P<who>[^，,。给]{2,10}?)看的(?=$|.{2})"),
    re.compile(
        r"^(?=我|.{1,8}[的们级岁后])我?们?(?P<who>[^，,。给把就里]{2,16}?)(?:们)?(?:要|来|想)?看$"
    ),
    re.compile(r"(?:片子?|视频|动画|短片|故事|广告|电影)给(?P<who>[^，,。]{2,16})$"),
    re.compile(
        r"(?:给|为)(?P<who>(?!我|你|[他她它]|自己|公司|产品|品牌"
        r"|一)[^，,。的做拍给]{1,8}?)(?:们)?(?:做|拍|制作)(?=[一个部条点支]|成)"
    ),
    re.compile(
        r"^我?(?:想|要|打算|准备)*(?:给|为)我们?(?P<who>[^，,。的做拍给]{1,8}?)(?:做|拍|制作|弄)"
        r"(?=[一个部条点支]|成)"
    ),
    re.compile(
        r"(?:主要)?(?:是|想|要|打算)?(?:(?:拍|做|放|写|讲)?给)(?!我们?做|我们?拍|我们?来|我们?弄"
        r"|我做|[他她它]|你|结尾|点|个|一[个点])"
        r"(?P<who>[^，,。]{1,24}?)(?:们)?(?:来?(?:观看|看|欣赏|听|们看)|的(?=短片|视频|电影|动画"
        r"|故事|片|广告|$))的?"
    ),
    re.compile(
        r"(?:主要|应该|是)?(?:面向|针对|瞄准|定位(?:是|为|给|于|在)?|投放给|服务于"
        r"|献给)(?:的?(?:是|人群是?|观众是?|对象是?))?"
        r"(?P<who>[^，,。]{1,24}?)(?:这类|这个|这些)?(?:群体|人群)?(?:看|观看|欣赏)?(?=的(?:短片"
        r"|视频|电影|动画|故事|片|广告|.{0,6}片)|的?$|，)"
    ),
    re.compile(
        r"(?:比较|最|很|更|要)?(?:适合|适宜)(?P<who>[^，,。]{1,20}?)(?:(?:一起|共同)?(?:来?观看"
        r"|看|欣赏|收看|观赏))?"
        r"(?=的(?:短片|视频|电影|动画|故事|片|.{0,6}片)|的?$|，)"
    ),
    re.compile(
        r"(?:目标)?(?:观众|受众|目标人群|目标群体|目标用户|观看对象|观看人群|看的人|用户)(?:群体"
        r"|人群|群)?"
        r"(?:主要)?(?:是|为|定位?为?|就?是|设定为|选|:|定成|就|想定|应该是"
        r"|大概是)*(?P<who>[^，,。]{1,24})$"
    ),
    re.compile(r"^(?P<who>[^，,。]{1,16}?)(?:都|也)(?:能|可以|适合|爱|会)(?:观?看|欣赏)的?$"),
    re.compile(r"(?P<who>老少皆宜|合家欢|全年龄段?向?|全家一起看|全家老小)"),
)


def audience(text: str) -> Found | None:
    """Whom `text` says the film is for."""
    for at, pattern in enumerate(_AUDIENCES):
        found = pattern.search(text)
        if found and (who := _who(found["who"])):
            if at < 5 and not is_company(who):
                continue
            return Found(found.start(), found.end(), who)
    return None


def _who(said: str) -> str:
    said = re.sub(
        r"^(?:一下|一些|那些|这些|所有的(?=人)|主要(?:是|给)?|给|是|为|:|向)+", "", said.strip()
    )
    said = re.sub(r"(?:一起|共同|来|去|的)$", "", trim(said))
    if re.fullmatch(
        r"我|我们|你|你们|大家看|什么人?|谁|哪些人|结果|[那这][条只艘座棵块].*|", said
    ) or re.search(r"拍|做一|关于", said):
        return ""
    return said


def is_company(who: str) -> bool:
    """Whether `who` are people one can show a film to, not a product or a firm."""
    last = cut(who)[-1] if who else None
    return last is not None and (
        last.is_somebody
        or last.is_a("crowd")
        or who.endswith(
            ("们", "人", "者", "迷", "族", "党", "群体", "爱好者", "生", "友", "年级", "后")
        )
        or known_audience(who)
    )


def known_audience(text: str) -> bool:
    """Whether `text` opens or closes with a usual word for an audience."""
    text = trim(text)
    if re.search(
        r"(?:观众|受众|群体)$|小学|初中|高中|大学|年级|幼儿园"
        r"|岁以[上下]|岁$|[0-9零一二三四五六七八九]0?后$",
        text,
    ):
        return True
    return any(
        text.endswith(word) or text.startswith(word) for word in words("facets", "audiences")
    )

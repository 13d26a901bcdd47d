"""Clauses that speak of the film itself: the wish to make one, and what it is about."""

from __future__ import annotations

import re

from .facets import FILM
from .mentions import story_mentions
from .text import NUMERAL, trim
from .words import cut

_WISH = re.compile(
    r"^(?:我们?|咱们?|大家|本人)?(?:家)?(?:奶奶|爷爷|外婆|外公|妈妈?|爸爸?|孩子|儿子|女儿|闺女"
    r"|老师|公司|社团|学校|老板|店里?|单位|老婆|老公|班)?(?:就|还|也|现在|这次|今天|最近|真的"
    r"|特别|很|一直|其实|正)*"
    r"(?:想要?|要|打算|准备|希望(?:能)?|需要|计划|能不能|能否|可不可以|可以|能|请|来|想着"
    r"|有个想法|帮忙|帮我们?|帮|给我们?|为我们?|我|你|试着|尝试|考虑)*"
    r"(?:(?:给|为|帮)[^，,]{1,10}?)?"
    r"(?:记录|纪录|说|聊|制作|创作|设计|生成|构思|策划|做|拍|弄|整|搞|来|写|讲|要|想|出|录|看|编"
    r"|打造|产出|记录)"
    r"(?:成|出|讲|点|一下)?"
)
_STRONG_WISH = re.compile(
    r"^(?:我们?|咱们?)?(?:就|还|也|现在|这次|今天|最近|一直)*(?:想要?|打算|准备|希望|计划"
    r"|请?帮我们?|给我|请|来)(?:尝试|试着)?"
    r"(?:做|拍|弄|搞|整|制作|创作|写|讲|说|聊|拍摄|记录|纪录)(?!完|到|好|起|错)"
)
_COUNT = re.compile(
    rf"^(?:这是|是|有)?(?:[{NUMERAL}这那]{{0,3}}(?:部|个|条|支|段|则|集|些|篇|种|出|场|份|只|期)"
    rf"|一点|点)(?!人)(?:关于)?"
)
_THIRD_PERSON = re.compile(r"^(?!.{0,3}(?:我|你)).{0,8}(?:他|她|它|导演|决定)")
_FILM_END = re.compile(
    rf"(?<![弹芯照卡名影碎刀药瓦纸叶图唱刨底切麦薯鳞玻碟胶相肉鱼作话京戏闹歌游马把唱演看嬉儿])"
    rf"{FILM}$"
)
_WHAT_FOR = re.compile(r"要放|放的|用的|要用")
_ABOUT = re.compile(
    r"(?P<cue>关于|有关|围绕着?|探讨|主题(?:是|为)|主要讲的?是?|内容(?:就)?是|讲述(?:的是|了"
    r"|的)?|讲讲|说说|聊聊|讨论|讲的(?:就)?是|讲了|讲|描述(?:的是|了)?|描写|说的是|聚焦"
    r"|记录(?=.{3})|呼吁|歌颂|宣传(?!片|广告|视频|短片|册|$)|反映|表达|表现|体现|展现|传递|传达"
    r"|想说|致敬)(?:的是|一下|了|着|一种)?(?P<about>.+)$"
)
_ABOUT_END = re.compile(
    rf"(?:(?:之间)?的)(?:[^的，,]{{0,10}}?){FILM}.*$|(?:为)?(?:主题|题材|主线)的?.*$"
    rf"|(?:的)?(?:那种|这种|(?<!故)事情?|主题|题材|话题|方面的?|类的?|一类)$|展开.*$"
)
_WITH_THEME = re.compile(
    r"以(?P<about>[^，,]{1,20}?)(?:为|作为|做)(?:主题|题材|核心|主线|中心|话题)"
)
_OF_THEME = re.compile(
    r"^(?P<about>[^，,:]{1,16}?)(?:这个|这一|的|为)?(?:主题|题材|话题)(?:的|吧|怎么样|如何)?"
)
_THEME_IS = re.compile(
    r"(?:中心思想|核心思想|主题思想|核心主题|主题|题材|中心|立意|主旨|话题|核心)(?:就|可以|应该"
    r"|还是|想|要|暂时|先|最好)*(?:是|为|用|选|写|定为|定成|设定为|定|换成|改成|改为|:|叫|关于"
    r"|要|想|围绕|放在|做|讲|算)*(?P<about>[^，,]{1,40})$"
)


_BARE_WISH = re.compile(
    r"^(?:就)?(?:(?:做|弄|整|搞|写|说|讲|聊|来)(?:一?个|一?部|一?条)|拍(?!照|打|卖|手|下|了|掉"
    r"|案|摄|着|拍|到))(?=.{2})"
)


def is_film_clause(clause: str) -> bool:
    """Whether the clause speaks of the film to be made, not of anybody in it."""
    said = trim(clause)
    if _THIRD_PERSON.match(said) and not _WISH.match(said):
        return False
    if not _STRONG_WISH.match(said) and not _ABOUT.match(said) and _has_actor(said):
        return False
    if _ABOUT.match(said) or _WITH_THEME.search(said):
        return True
    if (re.search(FILM, said) and _WISH.match(said)) or _STRONG_WISH.match(said):
        return True
    if _BARE_WISH.match(said) and not re.search(r"[了着]|把|被", said):
        return True
    return bool(_FILM_END.search(said)) and len(said) <= 40


def _has_actor(said: str) -> bool:
    """Whether somebody stands at the head of a clause and does something."""
    mentions = story_mentions(said, frozenset())
    first = cut(said or "?")[0]
    return (
        bool(mentions)
        and mentions[0].start == 0
        and (first.is_somebody or first.is_a("unknown"))
        and not re.search(rf"的{FILM}$|的.{{0,8}}(?:短片|电影|故事|片)$", said)
        and any(word.is_a("verb", "short") for word in cut(said))
    )


def is_wish(clause: str) -> bool:
    """Whether the clause begins as a wish of the person: 我想要, 帮我做."""
    return _WISH.match(clause) is not None


def stated_theme(clause: str) -> str:
    """The theme a clause states outright: 主题是环保, 以成长为主题, 校园题材."""
    found = _WITH_THEME.search(clause) or _THEME_IS.search(clause)
    return _about_text(found["about"]) if found else ""


def theme_before_word(clause: str) -> str:
    """The theme of 时间旅行主题 or 民间怪谈题材."""
    found = _OF_THEME.match(_strip_wish(clause))
    if found and re.match(r"先|说|要|换|定|想|这|那|什么|没", found["about"]):
        return ""
    return _about_text(found["about"]) if found else ""


_FILM_TELLS = re.compile(r"(?:这个?|这部|整个|我的)?(?:短片|影片|片子|电影|视频|动画|故事)")


def about(clause: str) -> tuple[str, str]:
    """The word that announces a subject (关于, 讲), and the subject itself."""
    found = _ABOUT.search(clause)
    if not found:
        return "", ""
    said = found["about"]
    if (
        found["cue"] != "关于"
        and found.start()
        and not _FILM_TELLS.fullmatch(clause[: found.start()])
        and not _WISH.match(clause)
        and not _COUNT.match(clause)
    ):
        return "", ""
    return found["cue"], _about_text(_ABOUT_END.sub("", trim(said)))


def _about_text(said: str) -> str:
    said = re.sub(
        r"^(?:一[个段场种件]关于|一下|关于|有关|的是|是|为|:|了|到|讲|围绕|的|想?(?:表达|体现"
        r"|探讨|传达)(?=.{2}))+",
        "",
        trim(said),
    )
    return (
        trim(said).strip("“”《》的 ")
        if not re.fullmatch(r"什么|啥|还没想好|不知道|待定|不确定|随便", said)
        else ""
    )


def _strip_wish(clause: str) -> str:
    clause = _WISH.sub("", clause, count=1)
    return _COUNT.sub("", clause, count=1)


_FOR_PRODUCT = re.compile(
    r"(?:给|为|帮)(?:我们?|咱们?|我们公司|公司)?的?(?P<what>[^，,]{1,14}?)(?:做|拍|制作|弄|来|设计)"
)
_LEFT_OVER = re.compile(
    rf"(?:{FILM}|题材|类型|风格|左右|长度|时长|时长为|大概|大约|长的|这种|那种|一点|有点|一些"
    rf"|视频|类的?|向的?|系的?|方面|适合|观看|画面|基调|氛围|气氛|感觉|背景|东西|又|带|不长|简短"
    rf"|小|短|系列)+"
)


def remaining_theme(clause: str, blanked: str, genre_at: int | None, genre_end: int) -> str:
    """What is left of a wish once its known parts are blanked out: 太空冒险短片, 恐龙的视频.

    A rest that leads straight into an everyday genre word keeps it: 太空冒险.
    """
    product = _FOR_PRODUCT.search(clause)
    if (
        product
        and not re.match(r"[他她它你我]|大家|孩子", product["what"])
        and "想" not in product["what"]
    ):
        return re.sub(r"^(?:自家|自己|我们?|咱们?)(?:的)?", "", product["what"])
    rest = _strip_wish(blanked.strip())
    rest = re.sub(r"[ \t]+", " ", rest).strip()
    parts = [_LEFT_OVER.sub("", part).strip("的个部一、和与是:“” ") for part in rest.split(" ")]
    said = max(parts, key=len, default="")
    if _WHAT_FOR.search(said):
        return ""
    said = re.sub(r"^(?:自家|自己)(?:的)?", "", said)
    said = re.sub(r"^(?:一下|下)?(?:我们?|咱们?)(?:的)?", "", said)
    if len(said) < 2 or not re.search(r"[\u3400-\u9fffA-Za-z]", said) or len(said) > 20:
        return ""
    if genre_at is not None and clause[:genre_at].endswith(said):
        return said + clause[genre_at:genre_end]
    return said

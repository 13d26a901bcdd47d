"""Corrections in Chinese: what a clause takes back, and what it puts in its place."""

from __future__ import annotations

import re

from .text import trim

_DENY = re.compile(
    r"^(?:我|咱们?|我们|千万|一定|最好|还是|先|也|这次|里面|片子里|故事里|其中|绝对|请)*"
    r"(?P<cue>不要再?|别要|别(?![的人处家墅])|不想要?|不用|不需要|不必|去掉|去除|删掉|删除|删去"
    r"|拿掉|取消|移除|剔除|不喜欢|避免|不希望|无需|拒绝|禁止|不能太?|不太想要?|不做|不拍|不讲"
    r"|不走)"
    r"(?:有|是|用|出现|太|搞|弄|做|拍|写(?=.{2})|那么|这么|加|什么|再|让|成|过于|走|叫)*(?P<what>.*)$"
)
_DROP = re.compile(
    r"^(?:把|将)?(?P<what>.{1,24}?)(?:这个|那个)?(?P<kind>角色|人物|情节|部分|那段|这段"
    r"|剧情)?(?:先|都|也|就|直接|可以|还是|给我?)*"
    r"(?:去掉|删掉|删了|删除|删去|拿掉|取消|移除|不要了?|不用管了?|不用了|就算了|砍掉|剔除"
    r"|撤掉)(?:吧|了|算了|好了)*$"
)
_REWRITE = re.compile(
    r"^(?:把|将)?(?P<what>.{0,30}?)(?:就|都|还是|要|可以|直接|想|给我?|再|也|应该|需要)*"
    r"(?P<cue>改名叫?做?为?|改名成|更名为|改叫做?|重命名为|改成|改为|改作|换成|换为|换做|替换成"
    r"|替换为|变更为|调整为|调整成|调成|改用|改拍|改做|改到|改回|换回|换个"
    r"|改(?=[一两三四五六七八九十半\d])|改(?=[^了过一变造编天建头过写口良善正装进革动])"
    r"|换(?=[一]))"
    r"(?P<new>.+)$"
)
_NOT_BUT = re.compile(
    r"^(?P<what>.{0,12}?)(?:并)?不(?:是|叫|应该是|做)(?P<old>[^，,]{1,20})[，,\s]*(?:而是|改叫"
    r"|应该是|是|叫|要|才是|换成)(?P<new>[^，,]{1,30})$"
)
_INSTEAD = re.compile(r"^别(?P<old>[^，,]{1,16})[，,]\s*(?P<new>[^，,]{1,20})$")
_RETELL = re.compile(
    r"(?:(?:剧情|情节|故事|内容|故事线|剧本)(?:整个|全部|全|都|要|想|我|再|重新)*(?:改成|改为"
    r"|换成|改一下|改一改|重新来|重来|重写|换一个|推翻|变成|改))|重新(?:讲|说|来)(?:一遍|一下"
    r"|个)?(?:故事|剧情|情节)"
)
_ENDING = re.compile(
    r"^(?:把|将)?(?:最后的?|故事的?)?(?:结局|结尾|最后一段|最后一个情节|ending)(?:的话)?(?:我?想"
    r"|要|就|也|再|能不能|可以|还是)*(?P<how>改成|改为|换成|变成|改一下|改改|改|换一下|换|:"
    r"|应该是|是|就?是)(?P<new>.*)$"
)

_ENDING_CHANGES = re.compile(
    r"^(?:我?想|帮我|请|再|还是|把)*(?:改|换)(?:一下|一改|改|一个|个|掉)?(?:结局|结尾)$"
)
_LAST_PART = re.compile(r"^(?:故事的?)?(?:最后(?:面)?(?:那|这)?一?[句段幕]|结局|结尾)(?:话)?$")


def is_last_part(what: str) -> bool:
    """Whether `what` is the end of the story, told by its place: 最后一句."""
    return _LAST_PART.match(what) is not None


def denial(clause: str) -> str | None:
    """What a clause refuses or takes out: 不要爱情线, 把警察去掉."""
    said = trim_soft(clause)
    if found := _DENY.match(said):
        what = trim_soft(found["what"])
        cue = found["cue"]
        if cue == "别" and not what:
            return None
        return re.sub(r"^(?:了|那个|这个|那位|这位|那只|那些)+", "", what)
    if found := _DROP.match(said) or (_DROP.match(clause) if clause.endswith("删了") else None):
        what = re.sub(r"^(?:那个|这个|那位|这位|那只|那些)+", "", found["what"])
        kind = found["kind"] if found["kind"] in ("那段", "这段", "情节", "剧情", "部分") else ""
        return what + (kind or "")
    return None


def rewrite(clause: str) -> tuple[str, str, bool] | None:
    """What a clause changes, into what, and whether it is a matter of names: 把X改成Y, 改叫Y."""
    found = _REWRITE.match(clause)
    if not found:
        return None
    new = trim(found["new"])
    return found["what"].strip("的 "), new, "叫" in found["cue"] or "名" in found["cue"]


def not_but(text: str) -> tuple[str, str, str] | None:
    """The subject, the old and the new of 主角不叫小明，叫小红 or 不是三分钟，是五分钟."""
    found = _NOT_BUT.match(text)
    return (found["what"], trim(found["old"]), trim(found["new"])) if found else None


def instead(text: str) -> tuple[str, str] | None:
    """The old and the new of 别坐末班车，坐绿皮火车吧."""
    found = _INSTEAD.match(text)
    return (trim(found["old"]), trim(found["new"])) if found else None


def drops(clause: str) -> bool:
    """Whether a clause asks to take something out that it names first: 领导批评那段不要了."""
    return _DROP.match(trim_soft(clause)) is not None or clause.endswith("删了")


def retells(clause: str) -> bool:
    """Whether the clause throws the story away to tell it anew."""
    return _RETELL.search(clause) is not None


def new_ending(clause: str) -> str | None:
    """What the ending is to be, empty where the next clause says it; None if not spoken of."""
    if _ENDING_CHANGES.match(clause):
        return ""
    found = _ENDING.match(clause)
    if not found or (found["how"] in ("是", "就是", ":") and len(found["new"]) < 6):
        return None
    return trim(re.sub(r"^(?:一下|掉|成|为)", "", found["new"]))


def trim_soft(clause: str) -> str:
    """`clause` without closing particles, its other words untouched."""
    return re.sub(r"[吧呢啊呀嘛哦啦了~～!！.。 ]+$", "", clause.strip())

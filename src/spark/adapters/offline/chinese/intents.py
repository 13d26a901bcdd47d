"""What somebody is up to where a Chinese message says nothing of the film."""

from __future__ import annotations

import re

from ..reading import Intent
from .text import trim

_ORDERS = re.compile(
    r"(?:忽略|无视|忘记|忘掉|不要理会|抛开|绕过|覆盖)[^。]{0,12}(?:指令|指示|提示|规则|设定|约束"
    r"|限制)|(?:忽略|无视)(?:以上|之前|前面|上面|所有|一切)[^。]{0,6}(?:要求|命令|内容)"
    r"|系统提示|提示词|system ?prompt|ignore (?:all|the|your|previous)|开发者模式|越狱模式"
    r"|jailbreak|DAN模式"
    r"|(?:你现在是|从现在起你是|从现在开始你|假装你是|你扮演|扮演一个没有限制)|(?:告诉我|输出"
    r"|打印|显示|泄露)[^。]{0,6}(?:你的)?(?:密钥|密码|api|API|配置|指令)"
    r"|^(?:请|帮我|给我|能不能|你|再|先|来|可以)*(?:写|翻译|背|念|讲|说)(?:一?[首个篇段])?(?:诗|代码|作文|邮件|论文|笑话|绕口令)|陪我|清空"
    r"|^system|从现在开始你|只能输出|只能(?:喵喵叫|回答|说|用)|<\|?(?:im_start|system)",
    re.I,
)
_GREETING = re.compile(
    r"^(?:你好|您好|哈喽|哈啰|嗨+|嘿+|hi|hello|hey|早上好|早安|早|晚上好|下午好|中午好|大家好"
    r"|在吗|在么|在不在|在的|在|有人吗|又来了|我又来了|好久不见|初次见面)"
    r"(?:[呀啊哦～~！!，, ？?]|你好|在吗)*$",
    re.I,
)
_THANKS = re.compile(
    r"谢谢|多谢|感谢|谢啦|谢了|辛苦|thank|thx|3q|太棒了|真棒|厉害|晚安|再见|拜拜|回头见|太好了"
    r"|爱你|赞",
    re.I,
)
_UNDECIDED = re.compile(
    r"随便|随意|都行|都可以|都好|无所谓|你(?:来)?(?:定|决定|看着办|安排|想|选|帮我想|自由发挥"
    r"|发挥|推荐|建议)|你说了算|听你的|看着办|没想好|没想法|没主意"
    r"|不知道|不确定|不清楚|没有?要求|没什么要求|没有?(?:特别|具体|特殊)?的?(?:要求|想法)"
    r"|还没(?:想|定)|不太清楚|待定|不限|默认|任意|空着|还没(?:编|写|想|定|开始)|要不得|没反应"
    r"|没有主题|没主题|帮我想|看情况|晚点再说|以后再说|再说吧|不用管|跳过|不重要"
)
_CONFIRM = re.compile(
    r"^(?:就(?:先)?(?:这样|这些|这么|按这个|用这个)|先这样|可以|没问题|没错|对的?|是的|好的?|行"
    r"|确认|确定|同意|不错|很好|完美|满意|ok|okay|嗯+|没了|没有了|完了|够了|结束|开始吧|生成吧"
    r"|挺好|就这个|收到|明白|好嘞|好滴|没有别的|没有其他|就它了|继续|下一步|冲)"
    r"[^？?]{0,16}$",
    re.I,
)
_CONFIRM_ONLY = re.compile(
    r"^(?:再想想|想想|凑合|就(?:先)?(?:这样|这些|这么办?|按这个来?|用这个)|先这样|可以|没问题"
    r"|没错|对的?|是的|好的?|行|确认|确定|同意|不错|很好|完美|满意|ok|okay|嗯|没了|没有了|完了"
    r"|够了|结束"
    r"|开始|生成|挺好|就这个|收到|明白|好[嘞滴]|没有?(?:别的|其他)(?:的|角色|人物|要求)?|就它"
    r"|继续|下一步|冲|吧|了|的|啊|呀|哦|嗯|呢|啦|哈|那|你|我|先|就|再|回头|回来|来|说|下次|改天"
    r"|[，,。！!~～ ]"
    r"|谢谢|辛苦|麻烦|补充|好久不见|又|要)+$",
    re.I,
)
_QUESTION = re.compile(
    r"[？?]|(?:吗|么|怎么样|如何)$|^(?:你(?:能|会|可以|是谁|叫什么|是什么)|怎么|如何|什么是"
    r"|为什么|为啥|能不能告诉|请问|有没有|多少钱|多久)"
)
_TO_US = re.compile(r"你|怎么|如何|什么|多少|多久|吗|么|哪|谁|能不能|可以|有没有|为啥|几|是不是")
_SOUND = re.compile(r"[\u3400-\u9fff]")
_FILLERS = re.compile(
    r"^(?:[哈呵嘿嘻啊哦嗯呃额唔喔噢呜啦哎唉诶嗷喵汪]|h{2,}|emm+|hmm+|lol|[^\w])+$", re.I
)


_BREAK = re.compile(
    r"^(?:先|就|今天)*(?:说|聊|写|讲|到)(?:到)?(?:这儿?|这里|此)(?:为止)?$|手滑|打错|按错|发错"
    r"|^(?:你|您)(?:们)?(?:觉得|认为|看|说)(?:这|我)"
    r"|^(?:要|得|该)先[说聊讲](?:一下)?(?:主题|题材|类型)$|^换个(?:心情|话题)$|^谢谢你"
    r"|^先(?:说明|声明|解释|说一?下)(?:一下|一点)?$"
)
_NO_CHANGE = re.compile(
    r"^名字?(?:还|仍然?|依然)是?叫.{1,6}$|(?:不变|不动|照旧|一样就行|保持原样|不用改|别改)$"
)


def is_order(clause: str) -> bool:
    """Whether a clause tries to instruct us rather than to tell of a film."""
    return _ORDERS.search(clause) is not None


def begins_order(clause: str) -> bool:
    """Whether a clause opens a string of instructions that belong together."""
    return re.match(r"system|忽略|无视|从现在|你现在是|假装", clause.strip(), re.I) is not None


_ASIDE = re.compile(
    r"戏份|出场|(?:当|是|做)背景|做背景|客串|不算(?:角色|人物)|算(?:一个|个)?角色|配乐|用(?:真"
    r"|本|原)名|[个位]人?就够了?$|旁白|字幕|片名|标题|版权|商用|《[^》]{1,20}》(?:那种|那样|一样"
    r"|似的)$"
)


def is_aside(clause: str) -> bool:
    """Whether a clause speaks of the making or of who counts, not of what happens."""
    return _ASIDE.search(clause) is not None


_PROPOSAL = re.compile(
    r"(?:(?:可以|行|好|够|成)(?:吗|么|不)|行不行|(?:怎么样|如何|咋样)(?=？))？?$"
)


def as_statement(clause: str) -> str:
    """A proposal put as a question, as the statement it makes: 七十五秒可以吗."""
    return _PROPOSAL.sub("", clause)


def is_question(clause: str) -> bool:
    """Whether a clause asks us something."""
    return bool(_QUESTION.search(clause)) and bool(_TO_US.search(clause))


def is_undecided(clause: str) -> bool:
    """Whether a clause leaves a choice open or to us."""
    return _UNDECIDED.search(clause) is not None


def is_small_talk(clause: str) -> bool:
    """Whether a clause is courtesy or filler only."""
    said = trim(clause)
    if _CONFIRM_ONLY.match(clause) and len(clause) <= 12 and not re.search(r"拍|做|加|讲", clause):
        return True
    if _BREAK.search(said) and len(said) <= 16:
        return True
    if _NO_CHANGE.search(said) and len(said) <= 10:
        return True
    return (
        bool(_GREETING.match(said))
        or bool(_FILLERS.match(said))
        or (len(said) <= 10 and bool(_THANKS.search(said)))
        or bool(_CONFIRM_ONLY.match(said))
    )


def intent_of(text: str) -> Intent:
    """The intent of a message that changes nothing."""
    said = text.strip()
    if is_order(said):
        return "orders"
    plain = trim(said)
    if not _SOUND.search(plain) and not _GREETING.match(plain) and not _THANKS.search(plain):
        return "confirm" if _CONFIRM.match(plain) else "noise"
    if _GREETING.match(said) or _GREETING.match(plain):
        return "greeting"
    if _UNDECIDED.search(said):
        return "undecided"
    if is_question(said):
        return "question"
    if _THANKS.search(said):
        return "thanks"
    if _CONFIRM.match(plain):
        return "confirm"
    if re.match(r"你好|您好|嗨|哈喽|hi|hello", said, re.I):
        return "greeting"
    return "noise" if _FILLERS.match(said) or len(set(plain)) == 1 else "idea"

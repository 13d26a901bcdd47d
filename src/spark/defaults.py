"""What the optional parts of an idea are where nobody said."""

from __future__ import annotations

from .models import Language

DEFAULTS: dict[Language, dict[str, str | int]] = {
    "zh": {
        "target_audience": "大众",
        "duration_preference": 180,
        "visual_style": "电影级",
        "mood": "温暖动人",
    },
    "en": {
        "target_audience": "general audience",
        "duration_preference": 180,
        "visual_style": "cinematic",
        "mood": "heartfelt",
    },
}
"""What the optional fields of an idea are where nobody said."""

USUAL_MOODS: dict[Language, dict[str, str]] = {
    "zh": {
        "科幻": "神秘而充满希望",
        "喜剧": "轻松幽默",
        "爱情": "浪漫动人",
        "恐怖": "阴森压抑",
        "悬疑": "紧张悬疑",
        "惊悚": "紧张压抑",
        "犯罪": "冷峻紧张",
        "动作": "紧张刺激",
        "冒险": "热血昂扬",
        "奇幻": "神秘瑰丽",
        "武侠": "苍凉豪迈",
        "战争": "沉重悲壮",
        "纪录": "真实沉静",
    },
    "en": {
        "sci-fi": "mysterious and hopeful",
        "comedy": "light and funny",
        "romance": "romantic",
        "horror": "eerie",
        "mystery": "suspenseful",
        "thriller": "tense",
        "crime": "cold and tense",
        "action": "tense and thrilling",
        "adventure": "rousing",
        "fantasy": "full of wonder",
        "war": "grave",
        "western": "dry and lonely",
        "documentary": "honest and calm",
    },
}
"""The mood of a genre where nobody said."""

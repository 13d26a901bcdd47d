"""What the edge says to people, in both languages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ..models import Language

HTTP_MESSAGES: dict[str, dict[Language, str]] = {
    "validation_error": {"zh": "请求无法处理。", "en": "The request cannot be processed."},
    "unauthorized": {"zh": "请先登录。", "en": "Please sign in first."},
    "forbidden": {"zh": "没有权限。", "en": "You are not allowed to do this."},
    "not_found": {"zh": "没有这个地址。", "en": "There is nothing at this address."},
    "method_not_allowed": {
        "zh": "这个地址不支持该请求方法。",
        "en": "This address does not support this method.",
    },
    "payload_too_large": {"zh": "请求体过大。", "en": "The request body is too large."},
    "unsupported_media_type": {
        "zh": "请求体必须是 application/json。",
        "en": "The request body must be application/json.",
    },
    "rate_limited": {"zh": "请求过于频繁，请稍候。", "en": "Too many requests. Please wait."},
    "internal_error": {
        "zh": "服务器出了点问题，请稍后再试。",
        "en": "Something went wrong on our side. Please try again.",
    },
}
"""The sentence for each code that does not come from the error family."""

_FIELD_MESSAGES: dict[str, dict[Language, str]] = {
    "missing": {"zh": "必填。", "en": "This field is required."},
    "string_type": {"zh": "必须是文字。", "en": "Must be text."},
    "string_too_short": {"zh": "不能为空。", "en": "Must not be empty."},
    "string_pattern_mismatch": {"zh": "不能为空白。", "en": "Must not be blank."},
    "string_too_long": {
        "zh": "不能超过 {max_length} 个字符。",
        "en": "Must be at most {max_length} characters.",
    },
    "too_short": {"zh": "至少需要 {min_length} 项。", "en": "Needs at least {min_length} entries."},
    "too_long": {"zh": "最多 {max_length} 项。", "en": "At most {max_length} entries."},
    "int_type": {"zh": "必须是整数。", "en": "Must be a whole number."},
    "int_parsing": {"zh": "必须是整数。", "en": "Must be a whole number."},
    "int_parsing_size": {"zh": "数字太大。", "en": "The number is too large."},
    "int_from_float": {"zh": "必须是整数。", "en": "Must be a whole number."},
    "bool_type": {"zh": "必须是 true 或 false。", "en": "Must be true or false."},
    "bool_parsing": {"zh": "必须是 true 或 false。", "en": "Must be true or false."},
    "list_type": {"zh": "必须是列表。", "en": "Must be a list."},
    "dict_type": {"zh": "必须是对象。", "en": "Must be an object."},
    "model_type": {"zh": "必须是对象。", "en": "Must be an object."},
    "greater_than_equal": {"zh": "不能小于 {ge}。", "en": "Must be at least {ge}."},
    "less_than_equal": {"zh": "不能大于 {le}。", "en": "Must be at most {le}."},
    "literal_error": {"zh": "必须是以下之一：{expected}。", "en": "Must be one of: {expected}."},
    "ids_or_all": {
        "zh": "请给出 ids 或 all=true，二者取一。",
        "en": "Give either ids or all=true.",
    },
    "nothing_given": {"zh": "至少需要一个字段。", "en": "Needs at least one field."},
}
_QUOTED = re.compile(r"'([^']*)'")
_OTHERWISE: dict[Language, str] = {"zh": "内容不合要求。", "en": "This value cannot be used."}


def field_message(problem: Mapping[str, Any], language: Language) -> str:
    """What is wrong with one field, for one of pydantic's findings."""
    words = _FIELD_MESSAGES.get(problem["type"], _OTHERWISE)[language]
    context = {**problem.get("ctx", {})}
    if "expected" in context:
        context["expected"] = ", ".join(_QUOTED.findall(context["expected"]))
    return words.format(**context)

"""The failures we foresee, as one family. Each knows its code and its words in two languages."""

from __future__ import annotations

from dataclasses import dataclass

from .models import Language


@dataclass(frozen=True)
class FieldProblem:
    """What is wrong with one field of the input."""

    field: str
    zh: str
    en: str


class SparkError(Exception):
    """Anything foreseen that keeps us from doing what was asked."""

    code = "internal_error"
    zh = "服务器出了点问题，请稍后再试。"
    en = "Something went wrong on our side. Please try again."

    def __init__(
        self, *problems: FieldProblem, retry_after: float | None = None, **words: object
    ) -> None:
        super().__init__(self.code, words)
        self.problems, self.retry_after, self.words = problems, retry_after, words

    def message(self, language: Language) -> str:
        """The sentence for the person, in their language."""
        return (self.zh if language == "zh" else self.en).format(**self.words)


class InvalidInput(SparkError):
    """The request's content cannot be taken; `problems` name the fields."""

    code = "validation_error"
    zh = "请求内容有误，请检查标出的字段。"
    en = "The request is not valid; see the fields named."


class InvalidJson(InvalidInput):
    """The body is missing or is no JSON."""

    code = "invalid_json"
    zh = "请求体缺失或不是有效的 JSON。"
    en = "The request body is missing or is not valid JSON."


class NoConversation(InvalidInput):
    """There is nothing said yet to work from."""

    code = "no_conversation"
    zh = "还没有对话内容，请先说说您的想法。"
    en = "There is no conversation yet. Tell me about your idea first."


class UnsupportedFormat(InvalidInput):
    """The export format is none of ours."""

    code = "unsupported_format"
    zh = "不支持的导出格式：{format}。可用：{known}。"
    en = "Unsupported export format: {format}. Available: {known}."


class NotFound(SparkError):
    """What was asked for is not there."""

    code = "not_found"
    zh = "没有找到您要的内容。"
    en = "There is nothing here."


class ProjectNotFound(NotFound):
    """No project has this id."""

    code = "project_not_found"
    zh = "没有找到这个项目。"
    en = "There is no such project."


class CharacterNotFound(NotFound):
    """The project has no character of this name."""

    code = "character_not_found"
    zh = "项目中没有名为“{name}”的角色。"
    en = "The project has no character named “{name}”."


class Conflict(SparkError):
    """Somebody else was there first."""

    code = "conflict"
    zh = "内容已被更新（当前版本 {version}），请刷新后再改。"
    en = "This was changed meanwhile (now version {version}). Reload it, then edit again."


class ConversationBusy(Conflict):
    """An earlier message of the conversation is still being answered."""

    zh = "上一条消息还在回复中，请稍候再发。"
    en = "An earlier message is still being answered. Please wait a moment."


class UpstreamError(SparkError):
    """A model's service answered with something we cannot use."""

    code = "upstream_error"
    zh = "模型服务返回了无法使用的结果。您的消息已保留，请重试。"
    en = "The model's service gave an unusable answer. Your message is kept; please try again."


class UpstreamUnavailable(UpstreamError):
    """A model's service cannot be reached, or refuses us for now."""

    code = "upstream_unavailable"
    zh = "模型服务暂时不可用。您的消息已保留，请稍后重试。"
    en = "The model's service is unavailable. Your message is kept; please try again later."


class UpstreamTimeout(UpstreamError):
    """A model's service did not answer in time."""

    code = "upstream_timeout"
    zh = "模型服务超时。您的消息已保留，请重试。"
    en = "The model's service took too long. Your message is kept; please try again."


class StorageUnavailable(SparkError):
    """A store cannot be reached, read or written just now."""

    code = "storage_unavailable"
    zh = "存储暂时不可用，请稍后重试。"
    en = "Storage is unavailable just now. Please try again later."


class StorageFull(StorageUnavailable):
    """There is no room left to write."""

    code = "storage_full"
    zh = "存储空间已满，内容未保存。"
    en = "Storage is full; nothing was saved."

"""The failures we foresee, as one family. Each knows its code and its words in two languages."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from .models import Language, Provenance


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


class UnsupportedUpload(SparkError):
    """A file comes as something that we do not take."""

    code = "unsupported_media_type"
    zh = "Content-Type 必须是以下之一：{known}。"
    en = "The Content-Type must be one of: {known}."


class InvalidArchive(InvalidInput):
    """What was handed in is no archive of projects, or is not whole; `problems` name its files."""

    code = "invalid_archive"
    zh = "文件无法导入，没有任何改动。请检查标出的部分。"
    en = "The file cannot be imported; nothing was changed. See the parts named."


class ArchiveTooLarge(InvalidArchive):
    """An archive holds more than is taken at once."""

    code = "payload_too_large"
    zh = "文件太大，无法导入，没有任何改动。请分几次导入，或请管理员用命令行导入。"
    en = (
        "The file is too large to import; nothing was changed. "
        "Import it in parts, or ask the operator to import it from the command line."
    )


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


class RevisionNotFound(NotFound):
    """The project has no such version, or it is no longer kept."""

    zh = "项目没有第 {version} 版，或该版本已不再保留。"
    en = "The project has no version {version}, or it is no longer kept."


class CharacterNotFound(NotFound):
    """The project has no character of this name."""

    code = "character_not_found"
    zh = "项目中没有名为“{name}”的角色。"
    en = "The project has no character named “{name}”."


class ForeignPage(SparkError):
    """Another site's page asked in the name of a person's session."""

    code = "forbidden"
    zh = "不接受来自其他网站页面的请求。"
    en = "Requests from pages of other sites are not accepted."


class RateLimited(SparkError):
    """The caller asked for too much in a short time."""

    code = "rate_limited"
    zh = "请求过于频繁，请在 {seconds} 秒后再试。"
    en = "Too many requests. Please try again in {seconds} s."


class Conflict(SparkError):
    """Somebody else was there first."""

    code = "conflict"
    zh = "内容已被更新（当前版本 {version}），请刷新后再改。"
    en = "This was changed meanwhile (now version {version}). Reload it, then edit again."


class MoveNotAllowed(Conflict):
    """A project cannot go from its status to that one."""

    zh = "项目不能从 {before} 变为 {after}；可以变为：{allowed}。"
    en = "A project cannot go from {before} to {after}; it can go to: {allowed}."


class RequestRunning(Conflict):
    """A request with the same `Idempotency-Key` is still being carried out."""

    zh = "相同 Idempotency-Key 的请求仍在处理中，请稍后再试。"
    en = "A request with this Idempotency-Key is still being carried out. Please try again later."


class KeyReused(SparkError):
    """An `Idempotency-Key` came again with another request."""

    code = "idempotency_key_reused"
    zh = "这个 Idempotency-Key 已用于另一个请求，请为新的请求使用新的键。"
    en = "This Idempotency-Key was used for another request. Use a new key for a new request."


class ConversationBusy(Conflict):
    """An earlier message of the conversation is still being answered."""

    zh = "上一条消息还在回复中，请稍候再发。"
    en = "An earlier message is still being answered. Please wait a moment."


class UpstreamError(SparkError):
    """A model's service answered with something we cannot use."""

    code = "upstream_error"
    zh = "模型服务返回了无法使用的结果，请重试。"
    en = "The model's service gave an unusable answer. Please try again."
    spent: Provenance | None = None
    """What the failed attempts took, where that is known."""
    keeps_message = False
    """Whether what the person said is kept for their next message."""

    def message(self, language: Language) -> str:
        """The sentence for the person; where their words are kept it says so."""
        sentence = super().message(language)
        return f"{sentence}{_KEPT[language]}" if self.keeps_message else sentence


_KEPT: dict[Language, str] = {"zh": "您的消息已保留。", "en": " Your message is kept."}


class UpstreamBroken(UpstreamError):
    """An answer broke off before its end."""

    zh = "模型的回答中途断开了，请重试。"
    en = "The model's answer broke off. Please try again."


class UpstreamCutShort(UpstreamError):
    """An answer ran into the service's limit of length."""

    zh = "模型的回答超出了长度限制，没有写完，请重试。"
    en = "The model's answer ran into its length limit, unfinished. Please try again."


class UpstreamRefused(UpstreamError):
    """The service will not answer to this content."""

    zh = "模型服务认为内容不合适，拒绝作答。请换一种说法。"
    en = "The model's service declined to answer this content. Please put it differently."


class UpstreamUnauthorized(UpstreamError):
    """The service does not accept our key."""

    zh = "模型服务不接受本站的密钥，请联系管理员。"
    en = "The model's service does not accept this site's key. Please tell the operator."


class UpstreamModelUnknown(UpstreamError):
    """The service does not have the model we are set to use."""

    zh = "模型服务上找不到本站设置的模型或地址，请联系管理员。"
    en = (
        "The model's service does not know the model or the address this site is set to. "
        "Please tell the operator."
    )


class UpstreamUnavailable(UpstreamError):
    """A model's service cannot be reached, or is down."""

    code = "upstream_unavailable"
    zh = "模型服务暂时不可用，请稍后重试。"
    en = "The model's service is unavailable just now. Please try again later."


class UpstreamBusy(UpstreamUnavailable):
    """A model's service gets more requests than it takes."""

    zh = "模型服务当前请求过多，请稍后重试。"
    en = "The model's service has too many requests just now. Please try again soon."


class ModelsOccupied(UpstreamUnavailable):
    """As many calls as this server makes at once are under way, and enough are waiting."""

    zh = "同时使用的人太多，请稍后重试。"
    en = "Too many people are being answered just now. Please try again in a moment."


class UpstreamQuota(UpstreamUnavailable):
    """The account at the model's service is used up."""

    zh = "模型服务的额度已用完，请联系管理员。"
    en = "This site's quota at the model's service is used up. Please tell the operator."


class UpstreamTimeout(UpstreamError):
    """A model's service did not answer in time."""

    code = "upstream_timeout"
    zh = "模型服务没有及时回答，请重试。"
    en = "The model's service took too long to answer. Please try again."


class StorageUnavailable(SparkError):
    """A store cannot be reached, read or written just now."""

    code = "storage_unavailable"
    zh = "存储暂时不可用，请稍后重试。"
    en = "Storage is unavailable just now. Please try again later."


class ProjectDamaged(StorageUnavailable):
    """A project's file is there and cannot be read."""

    zh = "项目文件已损坏，已被搁置；请联系管理员。"
    en = "The project's file is damaged and was set aside. Please tell the operator."


class PictureDamaged(StorageUnavailable):
    """What is kept of a picture is not what its name says."""

    zh = "图片的内容与名称不符，可能已损坏；请联系管理员。"
    en = "The picture is not what its name says; it may be damaged. Please tell the operator."


class IndexBuilding(StorageUnavailable):
    """Lists and searches wait for the index of all projects."""

    zh = "正在重建项目索引（{percent}%），请稍后重试。"
    en = "The index of projects is being rebuilt ({percent}%). Please try again shortly."


class StorageFull(StorageUnavailable):
    """There is no room left to write."""

    code = "storage_full"
    zh = "存储空间已满，内容未保存。"
    en = "Storage is full; nothing was saved."


NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


@contextmanager
def storage_errors() -> Iterator[None]:
    """Turn the operating system's complaints about a disk into ours."""
    try:
        yield
    except OSError as error:
        full = error.errno in NO_ROOM
        raise (StorageFull() if full else StorageUnavailable()) from error

"""What can go wrong with a model's service, told apart by what services really say."""

from __future__ import annotations

import logging
from datetime import UTC, datetime

import httpx2
import openai
import pytest
from hypothesis import given
from hypothesis import strategies as st

from src.spark.adapters.openai import failures
from src.spark.adapters.openai.failures import (
    Garbled,
    UnsupportedRequest,
    blames_service,
    foreign_errors,
    is_final,
    may_pass,
    of_event,
    of_finish,
    of_status,
    retry_after,
)
from src.spark.errors import (
    UpstreamBroken,
    UpstreamBusy,
    UpstreamCutShort,
    UpstreamError,
    UpstreamModelUnknown,
    UpstreamQuota,
    UpstreamRefused,
    UpstreamTimeout,
    UpstreamUnauthorized,
    UpstreamUnavailable,
)

from .strategies import VALUES


def told(message, code=None, kind="invalid_request_error", **more):
    """An error body as OpenAI words it."""
    return {"error": {"message": message, "type": kind, "param": None, "code": code, **more}}


OPENAI_QUOTA = told(
    "You exceeded your current quota, please check your plan and billing details. For more "
    "information on this error, read the docs: https://platform.openai.com/docs/guides/error-codes",
    "insufficient_quota",
    "insufficient_quota",
)
OPENAI_RATE = told(
    "Rate limit reached for gpt-4o in organization org-1 on requests per min. Limit: 3 / min. "
    "Please add a payment method to your account to increase your rate limit. Visit "
    "https://platform.openai.com/account/billing to add a payment method.",
    "rate_limit_exceeded",
    "requests",
)
DASHSCOPE_RATE = told(
    "You exceeded your current quota, please check your plan and billing details. For details, "
    "see: https://help.aliyun.com/zh/model-studio/error-code#token-limit",
    "insufficient_quota",
    "insufficient_quota",
)
GEMINI_RATE = [
    told(
        "You exceeded your current quota, please check your plan and billing details. For more "
        "information head to: https://ai.google.dev/gemini-api/docs/rate-limits. * Quota exceeded "
        "for metric: generate_content_free_tier_requests, limit: 15. Please retry in 17.3s.",
        429,
        status="RESOURCE_EXHAUSTED",
    )
]

BODIES = {
    "OpenAI: key": (
        401,
        told("Incorrect API key provided.", "invalid_api_key"),
        UpstreamUnauthorized,
    ),
    "OpenAI: country": (
        403,
        told("Country, region, or territory not supported", "unsupported_country_region_territory"),
        UpstreamUnauthorized,
    ),
    "OpenAI: no access to a model": (
        403,
        told("Project x does not have access to model gpt-9", "model_not_found"),
        UpstreamModelUnknown,
    ),
    "OpenAI: model": (
        404,
        told("The model `gpt-9` does not exist", "model_not_found"),
        UpstreamModelUnknown,
    ),
    "OpenAI: quota": (429, OPENAI_QUOTA, UpstreamQuota),
    "OpenAI: rate": (429, OPENAI_RATE, UpstreamBusy),
    "OpenAI: hard limit": (
        400,
        told("Billing hard limit has been reached", "billing_hard_limit_reached"),
        UpstreamQuota,
    ),
    "OpenAI: policy": (
        400,
        told("Your request was rejected by our safety system.", "content_policy_violation"),
        UpstreamRefused,
    ),
    "OpenAI: moderation": (
        400,
        told("Your request was rejected by the safety system.", "moderation_blocked"),
        UpstreamRefused,
    ),
    "OpenAI: too long": (
        400,
        told("This model's maximum context length is 8192 tokens.", "context_length_exceeded"),
        UpstreamError,
    ),
    "OpenAI: format": (
        400,
        told(
            "Invalid parameter: 'response_format' of type 'json_schema' is not supported with this "
            "model. Learn more about supported models.",
            param="response_format",
        ),
        UnsupportedRequest,
    ),
    "OpenAI: schema": (
        400,
        told("Invalid schema for response_format 'turn': model 'x' not found in schema"),
        UnsupportedRequest,
    ),
    "OpenAI: server": (
        500,
        told("The server had an error.", kind="server_error"),
        UpstreamUnavailable,
    ),
    "OpenAI: overloaded": (503, told("The engine is overloaded."), UpstreamUnavailable),
    "Azure: filter": (
        400,
        told(
            "The response was filtered due to the prompt triggering Azure OpenAI's content "
            "management policy.",
            "content_filter",
            innererror={"code": "ResponsibleAIPolicyViolation"},
        ),
        UpstreamRefused,
    ),
    "DashScope: inspection": (
        400,
        told("Input data may contain inappropriate content.", "data_inspection_failed"),
        UpstreamRefused,
    ),
    "DashScope: inspection, its own words": (
        400,
        {
            "code": "DataInspectionFailed",
            "message": "Output data may contain inappropriate content.",
        },
        UpstreamRefused,
    ),
    "DashScope: arrears": (
        400,
        told("Access denied, please make sure your account is in good standing.", "Arrearage"),
        UpstreamQuota,
    ),
    "DashScope: free tier": (
        403,
        told("The free tier of the model has been exhausted.", "AllocationQuota.FreeTierOnly"),
        UpstreamQuota,
    ),
    "DashScope: rate": (429, DASHSCOPE_RATE, UpstreamBusy),
    "DashScope: rate, its own words": (
        429,
        {"code": "Throttling.RateQuota", "message": "Requests rate limit exceeded."},
        UpstreamBusy,
    ),
    "DashScope: model": (
        404,
        told(
            "The model `qwen9` does not exist or you do not have access to it.", "model_not_found"
        ),
        UpstreamModelUnknown,
    ),
    "DashScope: too long": (
        400,
        told("Range of input length should be [1, 30720]", "invalid_parameter_error"),
        UpstreamError,
    ),
    "DashScope: the word json": (
        400,
        told(
            "'messages' must contain the word 'json' in some form, to use 'response_format' of "
            "type 'json_object'."
        ),
        UnsupportedRequest,
    ),
    "DeepSeek: balance": (402, told("Insufficient Balance"), UpstreamQuota),
    "DeepSeek: model": (
        400,
        told("Model Not Exist", "invalid_request_error"),
        UpstreamModelUnknown,
    ),
    "DeepSeek: risk": (400, told("Content Exists Risk", "invalid_request_error"), UpstreamRefused),
    "Moonshot: risk": (
        400,
        told("The request was rejected because it was considered high risk", kind="content_filter"),
        UpstreamRefused,
    ),
    "Moonshot: quota": (
        403,
        told(
            "Your account is not active, exceeded current quota",
            kind="exceeded_current_quota_error",
        ),
        UpstreamQuota,
    ),
    "Moonshot: balance": (
        429,
        told("Your account is suspended due to insufficient balance, please recharge your account"),
        UpstreamQuota,
    ),
    "Moonshot: rate": (
        429,
        told("We're receiving too many requests at the moment.", kind="rate_limit_reached_error"),
        UpstreamBusy,
    ),
    "Moonshot: model": (
        404,
        told("Not found the model kimi-9 or Permission denied", kind="resource_not_found_error"),
        UpstreamModelUnknown,
    ),
    "Zhipu: arrears": (429, told("您的账户已欠费，请充值后重试", "1113"), UpstreamQuota),
    "Zhipu: sensitive": (
        400,
        told("系统检测到输入或生成内容可能包含不安全或敏感内容", "1301"),
        UpstreamRefused,
    ),
    "Zhipu: model": (400, told("模型不存在，请检查模型代码。", "1211"), UpstreamModelUnknown),
    "SiliconFlow: balance": (
        403,
        {"code": 30001, "message": "Sorry, your account balance is insufficient", "data": None},
        UpstreamQuota,
    ),
    "SiliconFlow: model": (
        400,
        {"code": 20012, "message": "Model does not exist. Please check it carefully."},
        UpstreamModelUnknown,
    ),
    "Ark: sensitive": (
        400,
        told(
            "The request failed because the input text may contain sensitive information.",
            "InputTextSensitiveContentDetected",
        ),
        UpstreamRefused,
    ),
    "Ark: endpoint": (
        404,
        told("The request targeted an endpoint that does not exist", "InvalidEndpoint.NotFound"),
        UpstreamModelUnknown,
    ),
    "Ark: overdue": (403, told("Your account is overdue.", "AccountOverdueError"), UpstreamQuota),
    "Gemini: rate": (429, GEMINI_RATE, UpstreamBusy),
    "OpenRouter: credits": (402, told("This request requires more credits", 402), UpstreamQuota),
    "OpenRouter: moderation": (
        403,
        told("openai/x requires moderation. Your input was flagged.", 403),
        UpstreamRefused,
    ),
    "OpenRouter: model": (400, told("x/y is not a valid model ID", 400), UpstreamModelUnknown),
    "Ollama: model": (
        404,
        told('model "x" not found, try pulling it first', kind="api_error"),
        UpstreamModelUnknown,
    ),
    "vLLM: model": (
        404,
        {"object": "error", "message": "The model `x` does not exist.", "type": "NotFoundError"},
        UpstreamModelUnknown,
    ),
    "vLLM: stream options": (
        422,
        {"detail": [{"type": "extra_forbidden", "loc": ["body", "stream_options"]}]},
        UnsupportedRequest,
    ),
    "LiteLLM: model": (
        400,
        {"error": "/chat/completions: Invalid model name passed in model=x. Call `/v1/models`."},
        UpstreamModelUnknown,
    ),
    "a proxy: bad gateway": (502, "<html><body>Bad gateway</body></html>", UpstreamUnavailable),
    "a proxy: time-out": (504, "<html><body>Time-out</body></html>", UpstreamTimeout),
    "a proxy: nothing there": (404, "<html><body>Not found</body></html>", UpstreamModelUnknown),
    "no body: forbidden": (403, None, UpstreamUnauthorized),
    "no body: time-out": (408, None, UpstreamTimeout),
    "no body: too many": (429, None, UpstreamBusy),
    "no body: payment": (402, None, UpstreamQuota),
    "no body: bad request": (400, None, UnsupportedRequest),
}

INNOCENT = [
    "Invalid parameter: safety_identifier",
    "Unknown parameter: 'moderation'.",
    "Unrecognized request argument supplied: safety_settings",
    "Header names are case-sensitive; content differs",
    "The field is case sensitive content-type must be json",
    "Use an asterisk instead",
    "Unknown parameter: 'credit'",
    "Invalid value for 'billing_tag'",
    "Unknown parameter: 'quota_project'",
    "Extra inputs are not permitted: stream_options",
    "This model does not support the parameter 'temperature'",
]


# --- an error status ---


@pytest.mark.parametrize(("status", "body", "failure"), BODIES.values(), ids=BODIES)
def test_what_a_service_says_is_the_failure_it_means(status, body, failure):
    assert type(of_status(status, {}, body)) is failure


@pytest.mark.parametrize(("status", "body", "failure"), BODIES.values(), ids=BODIES)
def test_the_sdk_hands_over_all_that_is_needed(status, body, failure):
    """It unwraps some bodies, and keeps none that is no JSON."""
    unwrapped = body.get("error", body) if isinstance(body, dict) else body
    assert type(of_status(status, {}, unwrapped)) is failure


@pytest.mark.parametrize("words", INNOCENT)
def test_an_ordinary_complaint_is_no_refusal_and_no_bill(words):
    failure = of_status(400, {}, told(words))
    assert type(failure) is UnsupportedRequest
    assert words in failure.complaint
    assert type(of_status(403, {}, told(words))) is UpstreamUnauthorized
    assert type(of_status(429, {}, told(words))) is UpstreamBusy
    assert type(of_event(told(words)["error"])) is UpstreamBroken


@given(st.integers(300, 599), VALUES)
def test_any_error_body_is_a_failure_of_ours_that_says_nothing_of_it(status, body):
    failure = of_status(status, {}, body)
    assert isinstance(failure, UpstreamError)
    assert failure.words == {}
    assert failure.message("zh") == type(failure)().message("zh")


@pytest.mark.parametrize("status", [429, 500, 503])
def test_when_to_come_back_is_told_where_a_service_is_busy_or_down(status):
    assert of_status(status, {"retry-after": "7"}, None).retry_after == 7


# --- an error in a stream, and other ends ---


@pytest.mark.parametrize(
    ("error", "failure"),
    [
        ({"message": "The server had an error."}, UpstreamBroken),
        ("something", UpstreamBroken),
        ({"code": "data_inspection_failed"}, UpstreamRefused),
        ({"message": "Content Exists Risk"}, UpstreamRefused),
        ({"message": "Insufficient Balance"}, UpstreamQuota),
        (OPENAI_QUOTA["error"], UpstreamQuota),
        (OPENAI_RATE["error"], UpstreamBusy),
    ],
)
def test_an_error_within_a_stream_is_told_apart_too(error, failure):
    assert type(of_event(error)) is failure


@pytest.mark.parametrize(
    ("reason", "failure"),
    [("content_filter", UpstreamRefused), ("length", UpstreamCutShort)],
)
def test_an_answer_may_end_badly(reason, failure):
    assert type(of_finish(reason)) is failure


@pytest.mark.parametrize("reason", ["stop", "", "tool_calls", "eos"])
def test_an_answer_may_end_well(reason):
    assert of_finish(reason) is None


# --- what follows from a failure ---


@pytest.mark.parametrize(
    ("failure", "again", "other_model", "blamed"),
    [
        (UpstreamUnavailable(), True, True, True),
        (UpstreamTimeout(), True, True, True),
        (UpstreamBroken(), True, True, True),
        (Garbled(), True, True, True),
        (UpstreamBusy(), True, True, False),
        (UpstreamQuota(), False, True, False),
        (UpstreamModelUnknown(), False, True, False),
        (UpstreamCutShort(), False, True, False),
        (UnsupportedRequest(), False, True, False),
        (UpstreamError(), False, True, False),
        (UpstreamUnauthorized(), False, False, False),
        (UpstreamRefused(), False, False, False),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else str(value),
)
def test_what_is_tried_after_a_failure(failure, again, other_model, blamed):
    assert may_pass(failure) == again
    assert is_final(failure) != other_model
    assert blames_service(failure) == blamed


# --- when to come back ---


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"retry-after": "7"}, 7),
        ({"retry-after": " 7.5 "}, 7.5),
        ({"retry-after": "0"}, 0),
        ({"retry-after": "-7"}, 0),
        ({"retry-after": "1e9"}, 1e9),
        ({"retry-after-ms": "1500"}, 1.5),
        ({"retry-after-ms": "1500", "retry-after": "7"}, 1.5),
        ({"retry-after-ms": "soon", "retry-after": "7"}, 7),
        ({"retry-after-ms": "-1"}, 0),
        ({"retry-after": "inf"}, None),
        ({"retry-after": "nan"}, None),
        ({"retry-after": "1e999"}, None),
        ({"retry-after": "soon"}, None),
        ({"retry-after": ""}, None),
        ({"retry-after": "Wed, 21 Oct 2015 07:28:00 GMT"}, 0),
        ({"retry-after": "Wed, 99 Oct 2015 07:28:00 GMT"}, None),
    ],
)
def test_when_to_come_back_is_told_in_many_ways(headers, seconds):
    assert retry_after(httpx2.Headers(headers)) == seconds


def test_a_date_to_come_back_at_counts_from_now(monkeypatch):
    monkeypatch.setattr(failures, "now", lambda: datetime(2026, 1, 1, 12, tzinfo=UTC))
    assert retry_after({"retry-after": "Thu, 01 Jan 2026 12:01:30 GMT"}) == 90
    assert retry_after({"retry-after": "Thu, 01 Jan 2026 13:01:30 +0100"}) == 90


@given(st.text(max_size=40) | st.from_regex(r"[A-Z][a-z]{2}, \d+ [A-Z][a-z]{2} \d+ [\d:]+ \S+"))
def test_nonsense_is_no_moment_to_come_back_at(said):
    for name in ("retry-after", "retry-after-ms"):
        seconds = retry_after({name: said})
        assert seconds is None or 0 <= seconds < float("inf")


# --- foreign exceptions ---

SECRET = "sk-never-to-be-seen"
REQUEST = httpx2.Request("POST", f"https://{SECRET}.test/v1")


def status_error(status, body):
    """What the SDK raises for an error status."""
    response = httpx2.Response(status, request=REQUEST, json=body)
    return openai.APIStatusError(SECRET, response=response, body=body)


@pytest.mark.parametrize(
    ("foreign", "failure"),
    [
        (status_error(401, told(SECRET)), UpstreamUnauthorized),
        (status_error(500, told(SECRET)), UpstreamUnavailable),
        (status_error(400, told(SECRET)), UnsupportedRequest),
        (openai.APITimeoutError(request=REQUEST), UpstreamTimeout),
        (openai.APIConnectionError(message=SECRET, request=REQUEST), UpstreamUnavailable),
        (openai.OpenAIError(SECRET), Garbled),
        (httpx2.ReadTimeout(SECRET, request=REQUEST), UpstreamTimeout),
        (httpx2.ConnectTimeout(SECRET, request=REQUEST), UpstreamTimeout),
        (httpx2.ConnectError(SECRET, request=REQUEST), UpstreamUnavailable),
        (httpx2.ProxyError(SECRET, request=REQUEST), UpstreamUnavailable),
        (httpx2.ReadError(SECRET, request=REQUEST), UpstreamBroken),
        (httpx2.RemoteProtocolError(SECRET, request=REQUEST), UpstreamBroken),
        (httpx2.InvalidURL(SECRET), UpstreamBroken),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else value.__name__,
)
def test_a_foreign_exception_becomes_ours_and_its_words_go_nowhere(foreign, failure):
    with pytest.raises(UpstreamError) as raised, foreign_errors():
        raise foreign
    ours = raised.value
    assert type(ours) is failure
    logged = logging.Formatter().formatException((type(ours), ours, None))
    assert SECRET not in logged
    assert type(foreign).__name__ in logged
    assert SECRET not in f"{ours} {ours.__cause__} {ours.message('en')}"


def test_the_status_is_said_with_the_kind():
    with pytest.raises(UpstreamError) as raised, foreign_errors():
        raise status_error(418, told(SECRET))
    assert str(raised.value.__cause__) == "APIStatusError 418"


def test_our_own_exceptions_and_bugs_go_through():
    for error in (UpstreamRefused(), KeyError("bug")):
        with pytest.raises(type(error)) as raised, foreign_errors():
            raise error
        assert raised.value is error

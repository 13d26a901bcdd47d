"""Calling a service's models: again after a hiccup, the next model after a failure, in one time.

    for attempt in calls.begin():
        with attempt:
            answer = yield from attempt.ask(...)
            return answer

An attempt that fails is followed by another as long as that makes sense; the last failure goes
through to the caller, and with it what all of them took.
"""

from __future__ import annotations

import functools
import logging
import random
import sys
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from types import TracebackType
from typing import Any

import orjson

from ...errors import UpstreamBroken, UpstreamError, UpstreamUnavailable
from ...models import Provenance
from ...ports import Listening, Meter, NoMeter, NoTracer, Tracer
from .accounts import ABANDONED, FAILED, OK, Account, is_count, outcome_of
from .circuits import Circuit
from .completion import Completion, Reception, in_time
from .deadline import WATCH, Deadline, Watchdog
from .dialects import Dialects
from .failures import UnsupportedRequest, blames_service, is_final, may_pass
from .gate import Gate
from .service import Clients, Service

ENGINE = "openai"

_TRIES = 3
"""Attempts with one model."""

_FIRST_WAIT, _LONGEST_WAIT = 0.5, 8.0
_ENOUGH_SECONDS = 1.0
"""Less time than this is not worth another attempt."""

_log = logging.getLogger("spark.models")

Chat = list[dict[str, str]]


class Tally:
    """What the attempts of one call took together."""

    def __init__(self, host: str, model: str) -> None:
        self._host, self.model = host, model
        self._started = time.monotonic()
        self.attempts = 0
        self._tokens_in: int | None = None
        self._tokens_out: int | None = None

    def add(self, tokens_in: Any, tokens_out: Any) -> None:
        """Add what the service says of one call; it may say nothing, or nonsense."""
        if is_count(tokens_in):
            self._tokens_in = (self._tokens_in or 0) + tokens_in
        if is_count(tokens_out):
            self._tokens_out = (self._tokens_out or 0) + tokens_out

    def provenance(self) -> Provenance:
        """All of it so far."""
        return Provenance(
            engine=ENGINE,
            provider=self._host,
            model=self.model,
            seconds=round(time.monotonic() - self._started, 3),
            tokens_in=self._tokens_in,
            tokens_out=self._tokens_out,
            attempts=self.attempts,
        )


def together(made: Sequence[Provenance]) -> Provenance:
    """What calls took that made one thing; there was one at least."""
    paid = [one for one in made if not one.cached] or made
    tokens_in = [one.tokens_in for one in made if one.tokens_in is not None]
    tokens_out = [one.tokens_out for one in made if one.tokens_out is not None]
    return paid[-1].model_copy(
        update={
            "seconds": round(sum(one.seconds for one in made), 3),
            "tokens_in": sum(tokens_in) if tokens_in else None,
            "tokens_out": sum(tokens_out) if tokens_out else None,
            "attempts": sum(one.attempts for one in made),
        }
    )


class Attempt:
    """One attempt with one model; as a context it judges how the attempt ended."""

    def __init__(
        self,
        model: str,
        circuit: Circuit,
        gate: Gate,
        deadline: Deadline,
        share: float,
        tally: Tally,
        account: Callable[[], Account],
        listening: Listening | None,
    ) -> None:
        self.model, self.deadline, self.tally = model, deadline, tally
        self._open_account = account
        self.listening = listening
        self._share = share
        self.begins = Deadline(share)
        """By when it has to say something, so that the models after it have time too."""
        self._circuit, self._gate = circuit, gate
        self.failure: UpstreamError | None = None
        self.is_shown = False
        """Whether the person has seen something of it: then it cannot be begun again."""
        tally.model = model

    @property
    def headers(self) -> dict[str, str]:
        """What tells the service on whose behalf it is asked."""
        return self._account.headers

    def took(self, tokens_in: Any, tokens_out: Any) -> None:
        """Enter what the service says that an answer took; it may say nothing, or nonsense."""
        self.tally.add(tokens_in, tokens_out)
        self._account.tokens(tokens_in, tokens_out)

    @property
    def is_heard(self) -> bool:
        """Whether the caller is still there, as far as anybody knows."""
        return self.listening is None or self.listening()

    def __enter__(self) -> Attempt:
        try:
            self._gate.enter(self.deadline)
        except UpstreamError as error:
            self._settle(error)
            raise
        try:
            if not self.is_heard:  # they left while they waited
                unheard = UpstreamBroken()
                self._settle(unheard)
                raise unheard
            self._account = self._open_account()
        except BaseException:
            self._gate.leave()
            raise
        self.begins = Deadline(self._share)  # waiting for a place was nobody's silence
        return self

    def _settle(self, error: UpstreamError) -> None:
        """Say with a failure what the attempts before it took."""
        if self.tally.attempts:
            error.spent = self.tally.provenance()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> bool:
        self._gate.leave()
        if not isinstance(error, UpstreamError):
            if kind is None:
                self._circuit.succeed()
            left = isinstance(error, GeneratorExit)
            self._account.close(OK if kind is None else ABANDONED if left else FAILED)
            return False
        if not self.is_heard:
            self._account.close(ABANDONED)
            error.spent = self.tally.provenance()
            return False
        self._account.close(outcome_of(error))
        if blames_service(error):
            self._circuit.fail()
        else:
            self._circuit.succeed()
        _log.warning(
            "%s: attempt %d failed: %s (%s)",
            self.model,
            self.tally.attempts,
            type(error).__name__,
            error.__cause__ or error.code,
        )
        self.failure = error
        if self.is_shown or is_final(error):
            error.spent = self.tally.provenance()
            return False
        return True


class Calls:
    """Calls to one service, over its models in the order of preference."""

    def __init__(
        self,
        service: Service,
        models: Sequence[str],
        gate: Gate | None = None,
        meter: Meter | None = None,
        tracer: Tracer | None = None,
    ) -> None:
        """Those that share a `gate` share its places."""
        self.service, self.models = service, tuple(models)
        self._gate = gate or Gate(at_once=sys.maxsize, waiting=0)
        self._meter, self._tracer = meter or NoMeter(), tracer or NoTracer()
        self.clients = Clients(service)
        self.reception = Reception()
        self._watchdog = Watchdog()
        self._circuits = {model: Circuit() for model in self.models}

    def deadline(self) -> Deadline:
        """By when a call that begins now has to end."""
        return Deadline(self.service.deadline)

    def begin(
        self, listening: Listening | None = None, deadline: Deadline | None = None
    ) -> Iterator[Attempt]:
        """Attempt after attempt. Raises the last failure when there is no point in another.

        Where `listening` finds that nobody is there any more there is none either. Calls that
        share a `deadline` end by it together.
        """
        deadline = deadline or self.deadline()
        tally = Tally(self.service.host, self.models[0])
        failure: UpstreamError = UpstreamUnavailable()
        for position, model in enumerate(self.models):
            followers = len(self.models) - position - 1
            for number in range(_TRIES):
                circuit = self._circuits[model]
                if rest := circuit.rest():
                    # What went wrong before is more to the point, if anything was tried.
                    failure = failure if tally.attempts else UpstreamUnavailable(retry_after=rest)
                    break
                if listening and not listening():
                    raise UpstreamBroken()
                share = max(deadline.at - time.monotonic(), 0) / (1 + followers)
                account = functools.partial(
                    Account, self.service.host, model, self._meter, self._tracer
                )
                attempt = Attempt(
                    model, circuit, self._gate, deadline, share, tally, account, listening
                )
                yield attempt
                failure = attempt.failure or failure
                if not may_pass(failure) or not self._wait(failure, number, deadline, followers):
                    break
            if deadline.at - time.monotonic() < _ENOUGH_SECONDS:
                break
        if tally.attempts:
            failure.spent = tally.provenance()
        raise failure

    @contextmanager
    def sending(self, attempt: Attempt) -> Iterator[None]:
        """What is sent in the block keeps the attempt's deadline, to the end of its answer.

        It also ends when nobody listens any more. What fails is ours.
        """
        watch = functools.partial(
            self._watchdog.over, deadline=attempt.deadline, listening=attempt.listening
        )
        token = WATCH.set(watch)
        try:
            with in_time(attempt.deadline):
                yield
        finally:
            WATCH.reset(token)

    def nothing(self) -> Provenance:
        """The provenance of what needed no call."""
        return Tally(self.service.host, self.models[0]).provenance()

    def check(self) -> None:
        """Raise `UpstreamUnavailable` while every model is being left alone."""
        if all(circuit.is_open for circuit in self._circuits.values()):
            raise UpstreamUnavailable()

    def _wait(
        self, failure: UpstreamError, number: int, deadline: Deadline, followers: int
    ) -> bool:
        """Wait before another attempt with the same model, where one is worth it."""
        if number + 1 == _TRIES:
            return False
        backoff = min(_FIRST_WAIT * 2**number, _LONGEST_WAIT) * random.uniform(0.5, 1)
        wait = backoff if failure.retry_after is None else failure.retry_after
        left = deadline.at - time.monotonic()
        if wait + _ENOUGH_SECONDS > left / (1 + followers):
            return False
        time.sleep(wait)
        return True


class TextModels:
    """Asks models in words, in the dialect that each of them takes."""

    def __init__(self, calls: Calls, dialects: Dialects, options: dict[str, Any]) -> None:
        """`options` go with every request as they are."""
        self._calls, self._dialects, self._options = calls, dialects, options

    def ask(
        self,
        attempt: Attempt,
        name: str,
        schema: dict[str, Any],
        chat: Chat,
        completion: Completion,
    ) -> Generator[str, None, None]:
        """The words of one answer as they come, taken into `completion`."""
        dialect = self._dialects.of(attempt.model)
        while True:
            messages = chat if dialect.format == "json_schema" else _told(chat, name, schema)
            try:
                with self._sent(attempt, messages, dialect.options(name, schema)) as response:
                    self._dialects.learn(attempt.model, dialect)
                    yield from self._calls.reception.read(
                        response, completion, attempt.deadline, attempt.begins
                    )
                return
            except UnsupportedRequest as error:
                plainer = self._dialects.plainer(dialect, error.complaint)
                if plainer is None:
                    raise
                _log.info("%s does not take %s", attempt.model, dialect.format)
                dialect = plainer
            finally:
                attempt.took(completion.tokens_in, completion.tokens_out)
                attempt.tally.model = completion.model or attempt.model

    @contextmanager
    def _sent(self, attempt: Attempt, messages: Chat, options: dict[str, Any]) -> Iterator[Any]:
        """The response to a request, closed at the end whatever has been read of it."""
        service, left = self._calls.service, min(attempt.deadline.left, attempt.begins.left)
        attempt.tally.attempts += 1
        # What goes as an extra is not walked through by the SDK, which takes its time with schemas.
        body = {"messages": messages, **options, **self._options}
        with self._calls.sending(attempt):
            import httpx2

            timeout = httpx2.Timeout(
                min(service.read, left), connect=min(service.connect, left), pool=left
            )
            call: Any = self._calls.clients.sdk.chat.completions.with_streaming_response
            context = call.create(
                model=attempt.model,
                messages=[],
                stream=True,
                extra_body=body,
                extra_headers=attempt.headers,
                timeout=timeout,
            )
            response = context.__enter__()
        try:
            yield response.http_response
        finally:
            context.__exit__(None, None, None)


def _told(chat: Chat, name: str, schema: dict[str, Any]) -> Chat:
    """`chat` with the shape of the answer told in words, for services that take no schema."""
    told = f'\n\n<format name="{name}">\n{orjson.dumps(schema).decode()}\n</format>'
    system, *rest = chat
    return [{"role": "system", "content": system["content"] + told}, *rest]

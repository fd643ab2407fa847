"""What the programs write down of themselves: which page answered what and how fast, which job did what.

No name, address, token or text that a person typed is ever logged: a request is named by its route
(`/my-sign-up/<token>`), never by its address, and what an exception says is left out: its class and place are enough.
"""

import io
import logging
import sys
import time
from types import TracebackType
from typing import Any, TextIO, cast

import structlog
from flask import Flask, Response, g, request
from structlog.types import EventDict, Processor, WrappedLogger

_ExceptionInfo = tuple[type[BaseException], BaseException, TracebackType | None]


def configure_logs(log_format: str) -> None:
    """Write logs to standard error, as lines to read (`text`) or as JSON objects (`json`)."""
    renderer: Processor = (
        structlog.processors.JSONRenderer()
        if log_format == "json"
        else structlog.processors.LogfmtRenderer(key_order=["timestamp", "level", "event"])
    )
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _only_where_it_broke,
            renderer,
        ],
        logger_factory=structlog.PrintLoggerFactory(file=cast("TextIO", _StandardError())),
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        cache_logger_on_first_use=False,
    )


class _StandardError(io.TextIOBase):
    """Standard error as it is at the moment of writing: a program may have been given another since."""

    def write(self, text: str) -> int:
        return sys.stderr.write(text)

    def flush(self) -> None:
        sys.stderr.flush()


def install(app: Flask) -> None:
    """Log each answer of `app`, and each fault without what it said."""
    log = structlog.get_logger("alpes.web")
    app.logger.disabled = True  # Flask's own line would hold the address and the message of the fault

    @app.before_request
    def start() -> None:
        g.asked_at = time.perf_counter()

    @app.after_request
    def answered(response: Response) -> Response:
        route = request.url_rule.rule if request.url_rule else "(unknown)"
        spent = (time.perf_counter() - g.get("asked_at", time.perf_counter())) * 1000
        log.info("answered", method=request.method, route=route, status=response.status_code, ms=round(spent, 1))
        return response

    @app.teardown_request
    def failed(error: BaseException | None) -> None:
        if error is not None:
            log.error("failed", route=request.url_rule.rule if request.url_rule else "(unknown)", exc_info=error)


def _only_where_it_broke(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Replace an exception by its class and the lines it passed through: its message may quote a person."""
    error: Any = event.pop("exc_info", None)
    if isinstance(error, BaseException):
        event["error"] = type(error).__name__
        event["at"] = " < ".join(_places(error))
    return event


def _places(error: BaseException) -> list[str]:
    places = []
    trace = error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        places.append(f"{code.co_filename.rsplit('/', 1)[-1]}:{trace.tb_lineno}")
        trace = trace.tb_next
    return places[::-1][:8]

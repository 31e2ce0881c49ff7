"""Serves httpbin with granian on port 8080, the way a pod wants it."""

import gc
import logging
import sys
from contextlib import closing

from flask import Response
from granian import Granian
from granian.constants import HTTPModes, Interfaces
from httpbin import app as httpbin

PORT = 8080

# As many requests are worked on at a time. A request to /delay holds a thread but no processor, so
# their number follows from how many callers wait at once: twice the 64 that are measured, as a thread
# is free again only a little after its caller has the answer. Threads are made when they are needed.
THREADS = 128


class WholeResponse(Response):
    """An answer that is there as a whole is handed over as a whole, and so sent in one packet.

    Flask would hand over an iterator, for which granian sends the head first and then asks for more.
    """

    def get_app_iter(self, environ):
        body = super().get_app_iter(environ)
        if self.direct_passthrough or not self.is_sequence:
            return body
        with closing(body):
            return list(body)


httpbin.response_class = WholeResponse


def app(environ, start_response):
    """httpbin, which refuses chunked uploads from servers that it does not know.

    It lets only gunicorn's through, as a server that marks the end of the input. Granian does too.
    """
    if "chunked" in environ.get("HTTP_TRANSFER_ENCODING", "").lower():
        environ["SERVER_SOFTWARE"] = "gunicorn/granian"
    return httpbin(environ, start_response)


def meant_so(record: logging.LogRecord) -> bool:
    """Whether a message says something that was not decided here: THREADS is above, with reason."""
    return not record.getMessage().startswith("Configuration allows spawning up to")


def main() -> None:
    # The worker is a fork of this process. What is loaded by now is shared with it, as long as the
    # collector of neither walks over it.
    gc.collect()
    gc.freeze()

    logging.getLogger("_granian").addFilter(meant_so)
    Granian(
        target="serve:app",
        address="0.0.0.0",
        port=PORT,
        interface=Interfaces.WSGI,
        # Ingress controllers and load balancers speak HTTP/1.1 to pods, and so did gunicorn.
        http=HTTPModes.http1,
        websockets=False,
        blocking_threads=THREADS,
    ).serve(target_loader=lambda: app, wrap_loader=False)


if __name__ == "__main__":
    main()

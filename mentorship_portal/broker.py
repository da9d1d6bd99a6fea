"""The Redis transport of Celery, made to survive a broker that goes away while a task is running.

In kombu 5.7 the worker then ends with «'NoneType' object has no attribute 'hostname'»: closing the lost
connection it tries to hand unfinished messages back, and finishing the task it tries to acknowledge the
message, both through a connection that has forgotten its address.
"""

from __future__ import annotations

from kombu.transport import TRANSPORT_ALIASES, redis


class Channel(redis.Channel):
    """A channel that reports a forgotten address as what it is: a lost connection."""

    # Nothing is handed back: a run that nobody finishes is found in the database by the sweep.
    do_restore = False

    def _connparams(self, asynchronous=False):
        if self.connection is None or self.connection.client is None:
            raise ConnectionError("the connection to the broker was lost")
        return super()._connparams(asynchronous=asynchronous)


class Transport(redis.Transport):
    """Stock transport with our channel."""

    Channel = Channel


def install() -> None:
    """Makes addresses redis:// and rediss:// use this transport."""
    for scheme in ("redis", "rediss"):
        TRANSPORT_ALIASES[scheme] = f"{__name__}:Transport"

"""Admission: a request has its effect once, and only on the state that it was made on."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable

from ..errors import StaleRevision

REMEMBERED_REQUESTS = 64


class Admission:
    """Remembers the requests that had their effect, by their ids, the last ones of them."""

    def __init__(self, requests: Iterable[str] = ()) -> None:
        self._requests = OrderedDict.fromkeys(requests)

    @property
    def requests(self) -> list[str]:
        """The ids, in the order of their effects."""
        return list(self._requests)

    def admit(self, newest: int, revision: int | None, request_id: str | None) -> bool:
        """Whether a request is to have its effect: not if it is a repeat.

        Raises:
            StaleRevision: it was made on a state that is no longer the newest.
        """
        if request_id is not None and request_id in self._requests:
            return False
        if revision is not None and revision != newest:
            raise StaleRevision(
                f"The request was made on revision {revision}; the session is at {newest}.",
                hint="Get the session again and decide on what it says now.",
                where="revision",
            )
        return True

    def remember(self, request_id: str | None) -> None:
        """Keep in mind that a request had its effect; one that failed may be sent again."""
        if request_id is not None:
            self._requests[request_id] = None
            while len(self._requests) > REMEMBERED_REQUESTS:
                self._requests.popitem(last=False)

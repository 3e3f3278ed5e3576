"""Properties that are made when they are first asked for, once, whoever asks."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import RLock
from typing import Any, Generic, TypeVar

_T = TypeVar("_T")
_LOCK = "_kept_lock"


class Kept(Generic[_T]):
    """A property kept on its object. Many readers may ask for it at a time: one makes it, the others wait."""

    def __init__(self, make: Callable[[Any], _T]) -> None:
        self.make, self.__doc__ = make, make.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = f"_kept_{name}"

    def __get__(self, instance: Any, owner: type | None = None) -> _T:
        if instance is None:
            return self
        values = instance.__dict__
        if self.name not in values:
            with values.setdefault(_LOCK, RLock()):
                if self.name not in values:
                    values[self.name] = self.make(instance)
        return values[self.name]


class Shelved:
    """What was computed last, by its key, up to a number of entries and, where values weigh, a weight."""

    def __init__(
        self, most: int, *, weigh: Callable[[Any], int] | None = None, heaviest: int | None = None
    ) -> None:
        """Make room.

        Args:
            most: Entries at the most.
            weigh: Weighs a value; nothing is weighed when None.
            heaviest: Weight of all values together at the most; the last one asked for stays all the same.
        """
        self.most, self._weigh, self._heaviest = most, weigh or _weigh_nothing, heaviest or 0
        self._values: OrderedDict[Hashable, Any] = OrderedDict()
        self._weight, self._lock = 0, RLock()

    def get(self, key: Hashable, make: Callable[[], _T]) -> _T:
        """Give the value of a key, made now when it is not kept.

        Example:
            >>> few = Shelved(1)
            >>> few.get("a", lambda: 1), few.get("a", lambda: 2), few.get("b", lambda: 3), len(few)
            (1, 1, 3, 1)
            >>> light = Shelved(9, weigh=len, heaviest=5)
            >>> [light.get(word, lambda: word) and len(light) for word in ("abc", "de", "f", "abcdefgh")]
            [1, 2, 2, 1]
        """
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
                return self._values[key]
        value = make()
        with self._lock:
            if key not in self._values:
                self._values[key] = value
                self._weight += self._weigh(value)
            while len(self._values) > 1 and (len(self._values) > self.most or self._weight > self._heaviest):
                self._weight -= self._weigh(self._values.popitem(last=False)[1])
        return value

    def __len__(self) -> int:
        return len(self._values)


def _weigh_nothing(_: object) -> int:
    return 0

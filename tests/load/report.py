"""What readers waited, as a table."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

_QUANTILES = {"p50": 0.5, "p95": 0.95, "p99": 0.99, "max": 1.0}


def sum_waits(waits: Iterable[tuple], faults: list[str]) -> pd.DataFrame:
    """Sum up waits by action.

    Args:
        waits: Action and seconds that a reader waited, one for each answer; what else they say is left aside.
        faults: What went wrong, one for each; counted in the last row alone.

    Returns:
        One row an action, as they first came, then one for all: action, n, p50, p95, p99 and max in seconds
        (the smallest wait that so large a share of the answers did not exceed), faults.

    Example:
        >>> waits = sum_waits([("open", 0.3), ("page", 0.1), ("page", 0.2)], [])
        >>> waits[["action", "n", "p50"]].values.tolist()
        [['open', 1, 0.3], ['page', 2, 0.1], ['all', 3, 0.2]]
    """
    table = pd.DataFrame([wait[:2] for wait in waits], columns=["action", "seconds"])
    groups = [
        (action, table.loc[table["action"] == action, "seconds"]) for action in table["action"].unique()
    ]
    rows = [
        (action, len(seconds), *(_quantile(seconds, share) for share in _QUANTILES.values()), 0)
        for action, seconds in [*groups, ("all", table["seconds"])]
    ]
    summed = pd.DataFrame(rows, columns=["action", "n", *_QUANTILES, "faults"])
    summed.loc[summed.index[-1], "faults"] = len(faults)
    return summed


def format_waits(table: pd.DataFrame) -> str:
    """Format the table of `sum_waits`, seconds to the millisecond."""
    return table.to_string(index=False, float_format=lambda seconds: f"{seconds:.3f}")


def _quantile(seconds: pd.Series, share: float) -> float:
    return float(seconds.quantile(share, interpolation="lower" if share == _QUANTILES["p50"] else "higher"))

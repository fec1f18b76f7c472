"""Costs against qualities: which points are best for some exchange rate between the two.

For tables whose authors choose a best row by eye: of points on a concave front each one is the best
for some rate, so that the choice says what was wanted, not what was found.

Reference: sequence paper, Remark 66.
"""


def optimal_for_some_balance(costs, qualities) -> list[int]:
    """Indices i such that quality - rate * cost is largest at i for some rate >= 0.

    In the arithmetic of the points; ties count.  No points, no indices.
    """
    if len(costs) != len(qualities):
        raise ValueError(
            f"costs and qualities must be of one length, got {len(costs)} and {len(qualities)}"
        )
    return [i for i in range(len(costs)) if _some_rate(costs, qualities, i)]


def _some_rate(costs, qualities, i):
    low, high = 0, None
    for cost, quality in zip(costs, qualities, strict=True):
        dearer, better = cost - costs[i], quality - qualities[i]
        if dearer == 0 and better > 0:
            return False
        if dearer > 0:
            low = max(low, better / dearer)
        if dearer < 0:
            rate = better / dearer
            high = rate if high is None else min(high, rate)
    return high is None or low <= high

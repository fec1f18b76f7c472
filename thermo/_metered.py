"""Numbers that count their multiplications, in arrays that NumPy multiplies like any others."""

import numpy as np


class Metered:
    """A number; each product adds one to the `macs` of the meter it shares with its fellows."""

    __slots__ = ("meter", "value")

    def __init__(self, value, meter):
        self.value, self.meter = value, meter

    def __mul__(self, other):
        self.meter.macs += 1
        return Metered(self.value * other.value, self.meter)

    def __add__(self, other):
        return Metered(self.value + other.value, self.meter)

    def __sub__(self, other):
        return Metered(self.value - other.value, self.meter)


def metered(array, meter):
    """The array with its entries as `Metered`."""
    counting = np.empty(array.shape, object)
    counting.flat = [Metered(value, meter) for value in array.ravel().tolist()]
    return counting


def values(counting):
    """And back."""
    return np.array([m.value for m in counting.ravel()]).reshape(counting.shape)

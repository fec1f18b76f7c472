"""Theorem 60, measured: one trit in five flips at every step, for rates of 1/8 as of 1/32."""

from verify import Table
from verify.sequence.theorem60 import theorem60


@theorem60.table
def one_trit_in_five():
    from quantization.real_tasks import diabetes
    from quantization.ternary_training import train

    task, found = diabetes(), []
    for n in (8, 16, 32):
        late = train(task.objective, task.weights, rate=1 / n, steps=n * n).second_half()
        found.append((n * n, 1 / n, late.losses.min(), late.losses.max(), late.flips.mean()))
    columns = ("steps T", "rate", "least loss", "largest loss", "trits flipped a step")
    note = "diabetes data, least squares with ten ternary weights; the second half of T steps"
    return Table(columns, tuple(tuple(map(float, row)) for row in found), note)

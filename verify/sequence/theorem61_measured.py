"""Theorem 61, measured: training aware of quantization, and quantizing after it, on two data sets.

The best of all 3^10 ternary models of diabetes, whoever trains it, costs 6.2 eps_PTQ^2; on digits
training costs 0.8 eps_PTQ^2 with the indicator of Definition 59, and 0.2 without.
"""

from verify import Table
from verify.sequence.theorem61 import theorem61


@theorem61.table
def measured():
    from quantization.real_tasks import diabetes, diabetes_table, digits
    from quantization.ternary_training import best_ternary_regression, quantization_cost

    found = []
    for task, rate in ((diabetes(), 1 / 32), (digits(), 1)):
        full, name = task.objective.loss(task.weights), task.objective.name
        for how in (True, False):
            cost = quantization_cost(
                task.objective, task.weights, rate=rate, steps=200, indicator=how
            )
            trained = f"{name}, trained with{'' if how else 'out'} the indicator"
            found.append((trained, cost.after_training, cost.aware))
        if name == "diabetes":
            best = best_ternary_regression(*diabetes_table()).loss - full
            found.append(("diabetes, the best of 3^10", cost.after_training, float(best)))
    rows = [(what, after, aware, aware / after**2) for what, after, aware in found]
    columns = ("loss above full precision", "eps_PTQ", "eps_QAT", "eps_QAT / eps_PTQ^2")
    return Table(columns, tuple(rows), "least squares with ten weights; softmax with 650")

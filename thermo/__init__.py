"""Statistical mechanics of attention: free energy, sparsity and work as constraints, limits.

Free energy (`thermo.free_energy`, which also holds the function of that name)
    energies_of             E_j = -<q, k_j>
    entropy                 H(p), in nats
    kl_divergence           KL(p || q), inf where p has mass that q lacks
    gibbs                   softmax of -beta E, the minimiser of the free energy
    log_gibbs               its logarithm, finite where softmax underflows
    log_partition           log Z
    minimum_free_energy     -log(Z) / beta
    excess_free_energy      F(p) - F(p*)
    excess_divergence       KL(p || p*) / beta, the same number

At most K keys (`thermo.sparse`)
    k_sparse_supports       every optimal support, ties included
    k_sparse_minimiser      softmax on the first of them
    sparse_free_energies    the least free energy with 1, ..., N keys
    key_gains               what each further key gains
    sparsity_penalty        what K keys cost against all
    tail_energy             mean energy of the keys dropped, under p*

At most so much work (`thermo.work_constraint`)
    key_price               c_compute + c_memory d
    work                    price |supp p|
    affordable_keys         floor(budget / price)
    work_constrained_minimiser
    work_dual               optimum, dual value, duality gap, interval of multipliers
    lagrangian_values       the least F + mu W with 1, ..., N keys

Limits of temperature (`thermo.limits`)
    ground_states           the keys of least energy
    energy_gap              distance to the next energy
    zero_temperature_limit  uniform on the ground states
    infinite_temperature_limit
    cooling_bound           how far softmax still is from the one limit
    heating_bound           and from the other
"""

from importlib import import_module

_HOME = {
    "energies_of": "free_energy",
    "entropy": "free_energy",
    "kl_divergence": "free_energy",
    "gibbs": "free_energy",
    "log_gibbs": "free_energy",
    "log_partition": "free_energy",
    "minimum_free_energy": "free_energy",
    "excess_free_energy": "free_energy",
    "excess_divergence": "free_energy",
    "k_sparse_supports": "sparse",
    "k_sparse_minimiser": "sparse",
    "sparse_free_energies": "sparse",
    "key_gains": "sparse",
    "sparsity_penalty": "sparse",
    "tail_energy": "sparse",
    "WorkDual": "work_constraint",
    "key_price": "work_constraint",
    "work": "work_constraint",
    "affordable_keys": "work_constraint",
    "work_constrained_minimiser": "work_constraint",
    "work_dual": "work_constraint",
    "lagrangian_values": "work_constraint",
    "ground_states": "limits",
    "energy_gap": "limits",
    "zero_temperature_limit": "limits",
    "infinite_temperature_limit": "limits",
    "cooling_bound": "limits",
    "heating_bound": "limits",
}

__all__ = sorted(_HOME)


def __getattr__(name):
    """A name of the contents above, or a module, loaded when it is first asked for."""
    if name in _HOME:
        return getattr(import_module(f"thermo.{_HOME[name]}"), name)
    if name in _HOME.values():
        return import_module(f"thermo.{name}")
    raise AttributeError(f"module 'thermo' has no attribute {name!r}")


def __dir__():
    return sorted([*__all__, *set(_HOME.values())])

"""Statistical mechanics of attention, and what it costs: free energy, work, Landauer, joules.

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

Erasing and computing (`thermo.landauer`, `thermo.erasure`, `thermo.reversible`)
    thermal_energy          k_B T in joules
    landauer_limit          k_B T ln 2 for each bit erased
    concentration           log2 N - H of each row of attention, in bits
    entropy_reduction       their sum
    erased_bits             H(X | f(X)): what a map loses about its argument
    is_one_to_one           whether that is nothing
    reversible_attention    attention computed without erasing a bit
    run_reversibly          any program of steps (`Step`)

Counting what attention does (`thermo.counting`)
    counted_attention       run it, with its MACs and the words it moves
    counted_lloyd           an iteration of k-means likewise
    balanced_labels         clusters of equal size
    schedules               every choice of what stays on chip

Joules (`thermo.hardware`, which has the published tables, and `thermo.energy_model`)
    total_energy            operations and traffic times their prices
    layer_energy            of a layer of attention at a precision
    dense_work              counts of dense attention
    sparse_work             on some edges
    printed_ssa_work        as the sequence paper prints them
    fp16, bitnet            prices at two precisions
    scaling_exponent        of the energies of two word lengths
    weight_energies         of a weight in FP16 and in ternary (`thermo.savings`)
    layer_energies          of a layer, dense or sparse, full or reduced precision
    saving                  quotients of two energies, part by part and in all
    printed_ssa_saving      dense over sparse, with the printed counts
    flat_energy, edge_energy, energy_without_edges      a layer at one price; an edge; the rest
    leading_term            how a quotient of energies grows (`thermo.growth`)
    fitted_exponent         how measurements grow (`thermo.fitted`)
    optimal_for_some_balance        of costs and qualities (`thermo.balance`)
    weight_bytes            what a model's weights occupy (`thermo.weight_traffic`)
    weight_bandwidth        and what reading them for every token takes
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
    "thermal_energy": "landauer",
    "landauer_limit": "landauer",
    "concentration": "landauer",
    "entropy_reduction": "landauer",
    "erased_bits": "erasure",
    "is_one_to_one": "erasure",
    "Step": "reversible",
    "ReversibleRun": "reversible",
    "reversible_attention": "reversible",
    "run_reversibly": "reversible",
    "Counted": "counting",
    "counted_attention": "counting",
    "counted_lloyd": "counting",
    "balanced_labels": "counting",
    "schedules": "counting",
    "Process": "hardware",
    "Accelerator": "hardware",
    "scaling_exponent": "hardware",
    "Energy": "energy_model",
    "Work": "energy_model",
    "Precision": "energy_model",
    "total_energy": "energy_model",
    "layer_energy": "energy_model",
    "dense_work": "energy_model",
    "sparse_work": "energy_model",
    "printed_ssa_work": "energy_model",
    "fp16": "energy_model",
    "bitnet": "energy_model",
    "Saving": "savings",
    "WeightEnergies": "savings",
    "LayerEnergies": "savings",
    "saving": "savings",
    "weight_energies": "savings",
    "layer_energies": "savings",
    "flat_energy": "savings",
    "printed_ssa_saving": "savings",
    "edge_energy": "savings",
    "energy_without_edges": "savings",
    "LeadingTerm": "growth",
    "leading_term": "growth",
    "Exponent": "fitted",
    "fitted_exponent": "fitted",
    "optimal_for_some_balance": "balance",
    "weight_bytes": "weight_traffic",
    "weight_bandwidth": "weight_traffic",
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

"""Attention as a graph and a Markov chain: what its spectrum says, and how surely.

Which graph does attention make? (`spectral.graph`)
    scores                      <q_i, k_j> / sqrt(d_k)
    attention_weights           W = exp(scores), literally
    attention_matrix            P = D^-1 W, row-stochastic, without overflow
    weights_from_tokens         W from x, W_Q, W_K
    transition_matrix           D^-1 W of any weights
    degrees                     W 1
    symmetrize                  by mean, geometric mean, max, min
    to_networkx, to_sparse

What is a sequence, and what is asked of a mechanism? (`spectral.sequences`)
    inner_product, embed, aggregate
    equivariance_defect, normalization_defect

What is its Laplacian? (`spectral.laplacian`)
    random_walk                 I - D^-1 W
    symmetric_normalized        I - D^-1/2 W D^-1/2
    combinatorial               D - W
    chung                       of a directed irreducible chain, symmetric
    dirichlet_form              <f, L f>_D
    dirichlet_energy            1/2 sum W_ij (f_i - f_j)^2: the same only for balanced degrees

What is its spectrum? (`spectral.spectrum`)
    laplacian_eigenvalues       of symmetric W: real, ascending
    nonzero_laplacian_eigenvalues               of any W: complex, without one 0
    random_walk_spectrum        with right eigenvectors and residuals
    symmetric_spectrum          of any symmetric matrix
    general_spectrum            of any square matrix: complex, with condition numbers
    smallest_eigenpairs         of a sparse matrix, with proof that none is missing
    smallest_laplacian_eigenpairs
    count_below                 how many eigenvalues are below x

What do distances between tokens say? (`spectral.distances`)
    squared_distances, squared_lengths
    gaussian_attention, distance_attention      weights that depend on x_j - x_i alone
    weights_by_differences      read off sequences of two tokens

Where N x N does not fit? (`spectral.operators`, `spectral.extreme`, `spectral.graph_gap`,
`spectral.stochastic`)
    attention_graph, sparse_graph
                                W, P and the Laplacians as linear operators, never formed
    laplacian_eigenpairs        the smallest, enclosed by their index where that can be shown
    extreme_eigenpairs          of any symmetric linear operator
    cluster_quality             (lambda_{k+1} - lambda_k) / lambda_N, enclosed
    walk_gap                    gaps, relaxation and mixing time, enclosed
    hutchinson, hutch_plus_plus traces, with standard errors
    spectral_density            likewise

How far does a perturbation turn it? (`spectral.angles`, `spectral.perturbation`)
    principal_angles            between two subspaces
    sin_theta                   their distance
    subspace_distance           between eigenspaces of two matrices
    gap_after, rotation, turn   of the first k eigenvectors (`spectral.first_eigenvectors`)
    davis_kahan, yu_wang_samworth, wedin
    weyl, bauer_fike            how far eigenvalues move

Where is its bottleneck? (`spectral.conductance`, which also holds the function of that name)
    cut_ratio                   cut(S) / min(vol S, vol S^c) of one set
    edge_flow                   the flow that cuts and volumes are of
    sweep_cut                   a good cut at any size
    cheeger                     h^2 / 2, gap, 2 h

Where does the walk end? (`spectral.chain`)
    is_irreducible, period, is_reversible, closed_classes
    stationary_distribution     pi P = pi
    reversal                    the adjoint in l2(pi)
    additive_reversibilization, multiplicative_reversibilization
    total_variation             1/2 sum |p - q|
    distance_to_stationarity    d(t)

How fast does it get there? (`spectral.gap`, `spectral.mixing`)
    spectral_gap, absolute_gap, multiplicative_gap, pseudo_spectral_gap
    mixing_time                 the first t with d(t) <= eps
    relaxation_time             1 / absolute gap
    is_ergodic
    log_of_start, squared_deviations
    reversible_upper_bound, multiplicative_upper_bound, pseudo_gap_upper_bound
    relaxation_lower_bound
    heat_kernel, heat_distance  the walk in continuous time (`spectral.heat`)

What is its rank, and its geometry? (`spectral.rank`, `spectral.taylor`, `spectral.metric`)
    effective_rank, affine_rank
    taylor_weights              W by polynomials of the scores: low rank
    taylor_error, taylor_rank
    attention_form              sum P_ij <v_i - v_j, w_i - w_j>

Which tokens go together? (`spectral.clusters`)
    kmeans                      a local optimum
    optimal_kmeans              the optimum of a few points
    kmeans_residual

    outside_fraction, inside_gap, cluster_gap_bound
                                what clusters force on lambda_k and lambda_{k+1}
                                (`spectral.cluster_spectrum`)

Which sparse graph stands for it? (`spectral.sparsify`, `spectral.projection`)
    ssa                         spectral sparse attention, as printed
    importance_ssa              with weights that are right on average
    effective_resistance_sampling, effective_resistances, leverage_scores
    top_k                       the largest weights of each row
    attained_epsilon            the smallest eps of a spectral sparsifier
    is_spectral_sparsifier
    projected_clusters          k-means on projected queries
    head_outcome                how far the first k eigenvectors of a head turn
    least_outcome               at least, on the families that mislead
    PairSampler                 pairs drawn so that the Laplacian is right on average
    edge_draws                  every draw of one edge, with its probability
    edge_moments, pair_moments, bernstein_radius
                                how far a reweighted sample strays from its mean
    edge_resistances            of large sparse graphs, with bounds (`spectral.resistances`)
    exact_edge_resistances      the same to rounding, where a factorization is cheap
    jl_matrix                   a random projection
    jl_dimension, jl_failure_probability

How does it generalise?
    finite_class_complexity, linear_class_complexity, attention_class_complexity
                                of Rademacher (`spectral.rademacher`)
    failure_probability         of a uniform bound, over every sample of a small population
    contraction                 of a Lipschitz loss (`spectral.generalization`)
    bernstein_bound, sign_tail  of random matrices, and the law (`spectral.concentration`)

Which attention to compare with? (`spectral.baselines`)
    dense, local_window, random_sparse, linformer
    spectral_sparse             spectral sparse attention on q, k, v; no other score is computed

What does a far field change? (`spectral.far_field`)
    far_field_attention         near keys exactly, clusters of far keys as one, and by how much
    far_field_bound             on the total variation, of what a run knows
    diameter                    of the values

What can be tried on? (`spectral.heads`, `spectral.families`)
    Head, load_heads, save_heads
    clustered_heads             from Gaussian clusters
    Path, Ring, Star, Complete, CompleteBipartite, Hypercube
    TwoState, BirthDeath, ReflectingWalk, RankOne, IdealClusters
    TwinsAndSingles, CrossedClusters
                                graphs and chains that carry their own exact answers

In which arithmetic? (`spectral.balls`, `spectral.linalg`)
    Ball, Undecided             a number in a rigorous interval; a comparison it cannot decide
    to_balls, midpoints, precision
"""

from importlib import import_module

_CONTENTS = {
    "graph": "scores attention_weights attention_matrix weights_from_tokens transition_matrix"
    " degrees symmetrize to_networkx to_sparse",
    "sequences": "inner_product embed aggregate equivariance_defect normalization_defect",
    "laplacian": "random_walk symmetric_normalized combinatorial chung dirichlet_form"
    " dirichlet_energy",
    "spectrum": "laplacian_eigenvalues nonzero_laplacian_eigenvalues random_walk_spectrum"
    " symmetric_spectrum general_spectrum smallest_eigenpairs smallest_laplacian_eigenpairs"
    " count_below",
    "operators": "attention_graph sparse_graph",
    "extreme": "laplacian_eigenpairs extreme_eigenpairs",
    "graph_gap": "cluster_quality walk_gap",
    "stochastic": "hutchinson hutch_plus_plus spectral_density",
    "angles": "principal_angles sin_theta subspace_distance",
    "distances": "squared_distances squared_lengths gaussian_attention distance_attention"
    " weights_by_differences",
    "first_eigenvectors": "gap_after rotation turn",
    "perturbation": "davis_kahan yu_wang_samworth wedin weyl bauer_fike",
    "conductance": "cut_ratio edge_flow sweep_cut cheeger",
    "chain": "is_irreducible period is_reversible closed_classes stationary_distribution reversal"
    " additive_reversibilization multiplicative_reversibilization total_variation"
    " distance_to_stationarity",
    "gap": "spectral_gap absolute_gap multiplicative_gap pseudo_spectral_gap",
    "heat": "heat_kernel heat_distance",
    "mixing": "mixing_time relaxation_time is_ergodic log_of_start squared_deviations"
    " reversible_upper_bound"
    " multiplicative_upper_bound pseudo_gap_upper_bound relaxation_lower_bound",
    "rank": "effective_rank affine_rank",
    "taylor": "taylor_weights taylor_error taylor_rank",
    "metric": "attention_form",
    "rademacher": "finite_class_complexity linear_class_complexity attention_class_complexity",
    "generalization": "failure_probability contraction",
    "concentration": "bernstein_bound sign_tail",
    "cluster_spectrum": "outside_fraction inside_gap cluster_gap_bound",
    "clusters": "kmeans optimal_kmeans kmeans_residual",
    "sparsify": "ssa importance_ssa effective_resistance_sampling effective_resistances"
    " leverage_scores top_k attained_epsilon is_spectral_sparsifier projected_clusters"
    " head_outcome least_outcome edge_draws PairSampler edge_moments pair_moments bernstein_radius",
    "resistances": "edge_resistances exact_edge_resistances",
    "projection": "jl_matrix jl_dimension jl_failure_probability",
    "baselines": "",
    "far_field": "far_field_attention far_field_bound diameter",
    "heads": "Head load_heads save_heads clustered_heads",
    "families": "Path Ring Star Complete CompleteBipartite Hypercube TwoState BirthDeath"
    " ReflectingWalk RankOne IdealClusters TwinsAndSingles CrossedClusters",
    "balls": "Ball Undecided to_balls midpoints precision",
    "linalg": "",
}
_HOME = {name: module for module, names in _CONTENTS.items() for name in names.split()}

__all__ = sorted(_HOME)


def __getattr__(name):
    """A name of the contents above, or a module, loaded when it is first asked for."""
    if name in _HOME:
        return getattr(import_module(f"spectral.{_HOME[name]}"), name)
    if name in _CONTENTS:
        return import_module(f"spectral.{name}")
    raise AttributeError(f"module 'spectral' has no attribute {name!r}")


def __dir__():
    return sorted([*__all__, *_CONTENTS])

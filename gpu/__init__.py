"""Kernels that take plain arrays: the ground floor, which imports no other package of this tree."""

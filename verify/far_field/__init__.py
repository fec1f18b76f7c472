"""Statements of this project on attention with a far field, in the form of all others."""

"""Comparisons over many seeds: train every variant under every seed, look at the spread, test what is claimed."""

from helpers.experiments.claims import Claim, ClaimNotSupported
from helpers.experiments.runs import Runs
from helpers.experiments.study import Variant, compare

__all__ = ["Claim", "ClaimNotSupported", "Runs", "Variant", "compare"]

"""Damaged deliveries of every format: read whole or refused with file, place and remedy."""

import random

from tests.fuzzing import damage_and_read, new_target, seeds


def test_damaged_files_are_read_whole_or_refused_with_place_and_remedy(tmp_path):
    found, ziel = {"gelesen": 0, "abgelehnt": 0}, new_target()
    all_seeds = seeds(tmp_path)
    rng = random.Random(20241231)  # noqa: S311 - repeatable, not secret
    for n in range(240):
        found[damage_and_read(rng, tmp_path, all_seeds[n % len(all_seeds)], ziel)] += 1
    assert min(found.values()) > 30, found


def test_undamaged_seeds_are_read(tmp_path):
    ziel = new_target()
    for seed in seeds(tmp_path):
        assert damage_and_read(None, tmp_path, seed, ziel) == "gelesen", seed[0]

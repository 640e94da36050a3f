"""Reads every real delivery under ../shared and compares it with ../shared/figures; minutes."""

import os
import sys
from pathlib import Path

import pytest

if __name__ == "__main__":
    os.environ["BENCH"] = "1"
    tests = Path(__file__).resolve().parent.parent / "tests" / "etl" / "formats"
    sys.exit(pytest.main([*map(str, tests.glob("test_*_shared.py")), "-n", "0", "--durations=20"]))

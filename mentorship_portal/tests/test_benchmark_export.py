"""The two writers that the benchmark of the export compares write the same cells."""

import pytest

from mentorship_portal.benchmarks import exports


def test_the_portal_and_the_floor_write_the_same_cells(tmp_path):
    ours, floor = tmp_path / "ours.xlsx", tmp_path / "floor.xlsx"
    exports._write(ours, 30)
    exports._write_plainly(floor, 30)

    exports._compare(ours, floor, 30)


def test_a_floor_that_writes_something_else_stops_the_measurement(tmp_path):
    ours, floor = tmp_path / "ours.xlsx", tmp_path / "floor.xlsx"
    exports._write(ours, 30)
    exports._write_plainly(floor, 29)

    with pytest.raises(exports.DifferentFiles):
        exports._compare(ours, floor, 30)

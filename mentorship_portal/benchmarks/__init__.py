"""Measurements of the portal against floors that run in the same call (``manage.py benchmark``).

Each module has ``run(size) -> list[Measurement]``; the command finds it by the name of the benchmark.
"""

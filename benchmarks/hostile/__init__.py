"""Inputs made to break what takes them in, and what becomes of each.

`python -m benchmarks.hostile [--count 10000] [--seed N] [--only KIND] [--pages FOLDER] [--log FILE]`
"""

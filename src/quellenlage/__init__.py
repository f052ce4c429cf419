"""Quellenlage: who is said to send what to whom, and who says so."""

"""Readings out of the ledger for people to correct and for training, and what people made of them back into it."""

"""A reading with its names → claims with their chains.

`mentions` says who and what the spans are, `grouping` which transfers are one, `attribution` who says so,
`building` puts a claim together.
"""

from quellenlage.claims.attribution import own_hop
from quellenlage.claims.building import claims_of, outlets_cited

__all__ = ["claims_of", "outlets_cited", "own_hop"]

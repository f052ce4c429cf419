"""Annotated articles with other names, models, numbers and dates, so that a model learns from the context.

Whatever is exchanged stays within its class and its form, and is exchanged everywhere in the article or nowhere: a
state for a state, an outlet or agency for one of its kind and language, a weapon for one of its item class, a number
for one of as many digits. What has a mention without a counterpart stays as it is.

`states`, `outlets`, `weapons`, `numbers` and `dates` each find what can be exchanged of their kind, in the `scene` of
an article; `exchange` puts it together, `edits` carries it out. `grammar` and `state_forms` know what fits in German.
"""

from training.augment.edits import Edit, Exchange, edited
from training.augment.exchange import exchanged, exchanges

__all__ = ["Edit", "Exchange", "edited", "exchanged", "exchanges"]

"""From the corpus to the model that the package ships; `python -m training` does all of it."""

"""What makes the data files of the package that are made once."""

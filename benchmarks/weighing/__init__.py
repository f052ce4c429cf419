"""Story groups with their answers, and how well the weighing finds these."""

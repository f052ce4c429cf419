"""Weighing: claims of many articles → copies, stories, deals, and what stands behind them."""

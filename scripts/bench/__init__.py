"""What estimating costs, best of five, as ratios within one run: machines are shared, so only ratios compare."""

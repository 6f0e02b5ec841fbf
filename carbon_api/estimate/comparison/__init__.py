"""Estimates side by side: one plan under several methods, two plans, one plan under two factor releases."""

"""Verbs of assistance, one module per noun; both doors call them."""

"""Verbs of targets, one module per noun; both doors call them."""

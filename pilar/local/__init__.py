"""Runs PILAR on one machine: environment, database, broker and their supervision.

Standard library only, so that it works before anything is installed.
"""

"""Files in: declared per kind in each app's `imports.py`, staged, checked, decided on, saved, undone."""

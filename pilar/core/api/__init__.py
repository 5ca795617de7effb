"""The API's side of the frame. Kept apart by import: DRF loads `auth` and `listing` before its own views."""

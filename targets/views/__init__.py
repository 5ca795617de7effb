"""The HTML door of targets."""

"""Data contoh: fictional people and payments of 2023 and 2024, the same on every machine."""

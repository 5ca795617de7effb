"""Filters, one module per noun. The API has its own words for the same questions."""

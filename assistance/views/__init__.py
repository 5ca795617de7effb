"""Pages of assistance, one module per noun."""

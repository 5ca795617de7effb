"""Forms of the HTML door, one module per noun."""

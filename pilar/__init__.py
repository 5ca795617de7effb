"""PILAR: pilar sosial, target, and the assistance that reached people."""

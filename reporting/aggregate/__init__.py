"""From accepted returns to figures, with what stands behind each of them."""

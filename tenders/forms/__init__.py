"""Shape and validation of what people type; no effect."""

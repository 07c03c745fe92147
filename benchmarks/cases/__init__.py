"""The cases, one module per concept; a new module here is found by itself."""

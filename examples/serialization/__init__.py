"""Ways to make messages of objects, and objects of messages."""

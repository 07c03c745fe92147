"""Who is connected to a socket and subscribed to it, and waiting for them."""

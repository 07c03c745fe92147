"""Programs that stand between the sockets of others."""

"""Socket types that libzmq calls drafts."""

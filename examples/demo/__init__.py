"""The demo: processes that talk over tcp, ipc and inproc, plain and encrypted."""

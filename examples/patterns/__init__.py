"""The patterns of the documentation, each as a program that runs by itself."""

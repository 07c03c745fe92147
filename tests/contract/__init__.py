"""What every flavour of socket must do alike."""

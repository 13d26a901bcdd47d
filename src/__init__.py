"""The source tree; the package is reached as `src.spark`."""

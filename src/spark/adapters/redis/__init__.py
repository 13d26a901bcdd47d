"""What the processes of several machines share, in Redis."""

"""Projects set as documents and screenplays, one module for each format."""

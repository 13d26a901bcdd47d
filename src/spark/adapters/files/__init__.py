"""Everything on the disk of one machine, safe for several processes."""

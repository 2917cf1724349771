"""Groups of opinion found in votes: pure numpy and scipy, no Django. `votes` reads, `mixture` fits, `choice` decides how many, `report` tells."""

"""Who could be placed where so that the hours due are met in time."""

"""Pictures that people send: what is really a picture is written anew and kept with the data; the rest is refused."""

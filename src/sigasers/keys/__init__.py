"""Keys and what is done with them: X.509, sealing, signing, storage. No other package imports a primitive."""

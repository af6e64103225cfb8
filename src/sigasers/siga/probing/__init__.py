"""``siga base probar``: a connection tried step by step; its failure has one cause and somebody who can mend it."""

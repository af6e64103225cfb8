"""The keys process: the one process that reads ``<centro>/claves`` (``docs/decisions/0007-keys-process.md``).

It is asked over its standard input and answers on its standard output, one frame each; what may be asked is the
table ``requests.REQUESTS``. The engine talks to it through ``client``.
"""

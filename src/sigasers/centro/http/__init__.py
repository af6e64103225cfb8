"""The two listeners as ``docs/spec/wire.md`` draws them: routes, answers, TLS. What is decided is decided elsewhere."""

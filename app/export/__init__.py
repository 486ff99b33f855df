"""Exports: what can be taken away of a session, and parameters that are brought. Records in, text or bytes out."""

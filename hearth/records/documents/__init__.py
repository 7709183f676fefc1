"""Letters and pictures attached to things: what they may be, where their bytes are kept, and how they are handed out.

Owns the words document, content and let-go object. Each room above that has things to attach to declares its own two
tables from the bases here, with policies of its own, so that row-level security holds for a row and for its bytes. Who
may see a document is that room's to say; what a document is, and whether it is safe, is said here.
"""

"""What elected members asked for: in which meeting, due when, whose it is, and the answer that was approved and sent.

Owns the words member's request, answer to a request. It is about the service and names no family.
"""

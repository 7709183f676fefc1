"""Letters and pictures sent with a request. Whoever asked and the front door both read them; so does, once the request
led to a case, whoever may open that family and is covered for its documents.
"""

"""Who was there, and the certificate that it gives."""

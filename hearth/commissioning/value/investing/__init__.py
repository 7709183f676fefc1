"""Money invested to save: investors pay for help at the edge of care, and are paid for days in care that did not happen."""

"""The list of cases as most Django projects would write it: stock templates and model objects, beside the product's own."""

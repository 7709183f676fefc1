"""Speed and scale: main pages against a page that reads one row, and their growth from 2,000 to 50,000 families."""

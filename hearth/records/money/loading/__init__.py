"""The ledger loaded from a workbook: read whole, told row by row what is wrong, and posted whole or not at all."""

"""Something bought for a family, asked for from its plan or where a panel decided it, and listed there. Owns no tables: money has a room."""

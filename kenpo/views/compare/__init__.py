"""The page Compare 支部比較 as data: words, table, picture."""

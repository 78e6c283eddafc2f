"""The page Trend 推移 as data: words, table, pictures; and those of several measures at once."""

SELECT 0 AS level, 0 AS region, 0 AS person, 0 AS dim, 0 AS breakdown, 0 AS period, 0 AS n, 0 AS value WHERE false

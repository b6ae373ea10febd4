-- A drawer holds floats, takings and pay-ins of shifts not closed yet, less pay-outs and what was handed back.
WITH drawer AS (
    SELECT owner AS till, sum(amount) AS balance FROM jiko.ledger_entry WHERE account = 'DRAWER' GROUP BY owner
), moved AS (
    SELECT shift_id, sum(CASE kind WHEN 'PAY_IN' THEN amount ELSE -amount END) AS amount
    FROM jiko.drawer_movement
    GROUP BY shift_id
), said AS (
    SELECT s.till_id AS till, sum(s.float + coalesce(m.amount, 0)) AS amount
    FROM jiko.shift s
    LEFT JOIN moved m ON m.shift_id = s.id
    WHERE s.closed_at IS NULL
    GROUP BY s.till_id
), traded AS (
    SELECT e.owner AS till, sum(e.amount) AS amount
    FROM jiko.ledger_entry e
    LEFT JOIN jiko.shift_entry c ON c.leg_id = e.leg_id AND c.step = e.step AND c.part = e.part
    LEFT JOIN jiko.shift s ON s.id = c.shift_id
    WHERE e.account = 'DRAWER' AND s.closed_at IS NULL
        AND e.step NOT IN ('FLOAT', 'PAY_IN', 'PAY_OUT', 'OVER_SHORT', 'DEPOSIT')
    GROUP BY e.owner
)
SELECT till::text AS subject,
    format('books %s; floats and cash movements %s, takings %s',
        coalesce(balance, 0), coalesce(said.amount, 0), coalesce(traded.amount, 0)) AS detail
FROM drawer
FULL JOIN said USING (till)
FULL JOIN traded USING (till)
WHERE coalesce(balance, 0) <> coalesce(said.amount, 0) + coalesce(traded.amount, 0)

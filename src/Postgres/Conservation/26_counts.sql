-- A closed shift expected its float, takings and pay-ins, less pay-outs; the rest is over or short, no cash is left.
WITH moved AS (
    SELECT shift_id, sum(CASE kind WHEN 'PAY_IN' THEN amount ELSE -amount END) AS amount
    FROM jiko.drawer_movement
    GROUP BY shift_id
), booked AS (
    SELECT c.shift_id,
        coalesce(sum(e.amount) FILTER (WHERE e.account = 'DRAWER'
            AND e.step NOT IN ('FLOAT', 'PAY_IN', 'PAY_OUT', 'OVER_SHORT', 'DEPOSIT')), 0) AS taken,
        coalesce(sum(e.amount) FILTER (WHERE e.account = 'DRAWER'), 0) AS left_over,
        coalesce(sum(e.amount) FILTER (WHERE e.account = 'OVER_SHORT'), 0) AS missing
    FROM jiko.shift_entry c
    JOIN jiko.ledger_entry e ON e.leg_id = c.leg_id AND e.step = c.step AND e.part = c.part
    GROUP BY c.shift_id
)
SELECT s.id::text AS subject,
    format('float %s, moved %s, taken %s: expected %s, counted %s; missing %s, still in the drawer %s',
        s.float, coalesce(m.amount, 0), coalesce(b.taken, 0), s.expected, s.counted, coalesce(b.missing, 0),
        coalesce(b.left_over, 0)) AS detail
FROM jiko.shift s
LEFT JOIN moved m ON m.shift_id = s.id
LEFT JOIN booked b ON b.shift_id = s.id
WHERE s.closed_at IS NOT NULL
    AND (s.expected <> s.float + coalesce(m.amount, 0) + coalesce(b.taken, 0)
        OR s.expected - s.counted <> coalesce(b.missing, 0)
        OR coalesce(b.left_over, 0) <> 0)

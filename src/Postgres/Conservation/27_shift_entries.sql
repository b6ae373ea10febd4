-- A shift answers for rows of its own till, and for all that it booked; what moves a drawer's cash names its till.
SELECT c.leg_id::text AS subject, format('%s for shift %s of another till, or of none', c.step, c.shift_id) AS detail
FROM jiko.shift_entry c
LEFT JOIN jiko.shift s ON s.id = c.shift_id
LEFT JOIN jiko.ledger_transfer t
    ON t.leg_id = c.leg_id AND t.step = c.step AND t.part = c.part AND t.kitchen_id = s.kitchen_id
        AND t.till_id = s.till_id
WHERE t.leg_id IS NULL
UNION ALL
SELECT t.leg_id::text, format('%s in no shift', t.step)
FROM jiko.ledger_transfer t
LEFT JOIN jiko.shift_entry c ON c.leg_id = t.leg_id AND c.step = t.step AND c.part = t.part
WHERE t.step IN ('FLOAT', 'PAY_IN', 'PAY_OUT', 'OVER_SHORT', 'DEPOSIT') AND c.leg_id IS NULL
UNION ALL
SELECT t.leg_id::text, format('%s at till %s with the drawer of another', t.step, coalesce(t.till_id::text, 'unnamed'))
FROM jiko.ledger_transfer t
WHERE (t.debit_kind = 'DRAWER' AND t.debit_owner <> coalesce(t.till_id, t.kitchen_id))
    OR (t.credit_kind = 'DRAWER' AND t.credit_owner <> coalesce(t.till_id, t.kitchen_id))

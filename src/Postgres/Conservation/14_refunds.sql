-- A refund that is done is posted once, and one that is not done is still to be tried, unless another phone gets it.
SELECT r.reference AS subject,
    format('%s, %s posted, %s', CASE WHEN r.done THEN 'done' ELSE 'not done' END, count(t.leg_id),
        coalesce('to be tried at ' || r.next_try_at, 'not to be tried')) AS detail
FROM jiko.payment_refund r
JOIN jiko.payment_attempt p ON right(p.reference, -2) = right(r.reference, -2)
LEFT JOIN jiko.ledger_transfer t ON t.leg_id = p.id AND t.step = 'REFUND' AND t.part = r.part
WHERE r.settled_as IS DISTINCT FROM 'ANOTHER_PHONE'
GROUP BY r.reference
HAVING count(t.leg_id) <> CASE WHEN r.done THEN 1 ELSE 0 END OR r.done <> (r.next_try_at IS NULL)

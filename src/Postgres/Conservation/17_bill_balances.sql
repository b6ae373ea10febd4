-- A bill's balance is what its dishes and shares come to, less what was captured for it and not given back by a void;
-- what voids gave back, the books took out of the sales; what one bill gave as a share another one got.
WITH bill AS (
    SELECT b.id, b.status, b.total, b.balance,
        (SELECT coalesce(sum((line -> 'dish' ->> 'quantity')::bigint * (line -> 'dish' ->> 'unitPrice')::bigint), 0)
            FROM jsonb_array_elements(b.state::jsonb -> 'lines') AS line WHERE line -> 'voided' IS NULL) AS dishes,
        (SELECT coalesce(sum((share ->> 'amount')::bigint), 0)
            FROM jsonb_array_elements(b.state::jsonb -> 'shares') AS share) AS shares,
        (SELECT coalesce(sum(t.amount), 0) FROM jiko.bill_payment p
            JOIN jiko.ledger_transfer t ON t.session_id = p.session_id
            WHERE p.bill_id = b.id AND t.step IN ('PAY', 'SETTLE') AND t.credit_kind = 'SALES') AS captured,
        (SELECT coalesce(sum((payment ->> 'givenBack')::bigint), 0)
            FROM jsonb_array_elements(b.state::jsonb -> 'payments') AS payment) AS given_back,
        (SELECT count(*) FROM jiko.bill_payment p
            JOIN jiko.checkout_session s ON s.id = p.session_id
            WHERE p.bill_id = b.id AND s.status = 'PENDING_PAYMENT') AS pending
    FROM jiko.bill b
)
SELECT id::text AS subject,
    format('%s, total %s, balance %s; dishes %s, shares %s, captured %s, given back %s, %s payments pending',
        status, total, balance, dishes, shares, captured, given_back, pending) AS detail
FROM bill
WHERE total <> dishes + shares OR balance <> total - captured + given_back
    OR pending <> CASE status WHEN 'PAYMENT_PENDING' THEN 1 ELSE 0 END
    OR (status IN ('OPEN', 'PAYMENT_PENDING', 'WRITTEN_OFF')) <> (balance > 0)
UNION ALL
SELECT payment ->> 'sessionId',
    format('voids gave back %s, books: %s', payment ->> 'givenBack', coalesce(reversed.amount, 0))
FROM jiko.bill b
CROSS JOIN LATERAL jsonb_array_elements(b.state::jsonb -> 'payments') AS payment
CROSS JOIN LATERAL (
    SELECT sum(t.amount) AS amount FROM jiko.ledger_transfer t
    WHERE t.session_id = (payment ->> 'sessionId')::uuid AND t.step = 'REVERSE' AND t.debit_kind = 'SALES') AS reversed
WHERE payment -> 'givenBack' IS NOT NULL AND (payment ->> 'givenBack')::bigint > coalesce(reversed.amount, 0)
UNION ALL
SELECT b.kitchen_id::text, format('shares come to %s', sum((share ->> 'amount')::bigint))
FROM jiko.bill b
CROSS JOIN LATERAL jsonb_array_elements(b.state::jsonb -> 'shares') AS share
GROUP BY b.kitchen_id
HAVING sum((share ->> 'amount')::bigint) <> 0

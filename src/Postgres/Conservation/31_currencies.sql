-- Money of two currencies is never in one account, nor in one sum: an account has the entries of one currency, the
-- platform's balances are in its own, and a session and a bill are in their kitchen's.
WITH entry AS (
    SELECT e.account, e.owner, coalesce(k.currency, 'TZS') AS currency
    FROM (SELECT DISTINCT account, owner, kitchen_id FROM jiko.ledger_entry) e
    LEFT JOIN jiko.kitchen k ON k.id = e.kitchen_id
)
SELECT format('%s %s', account, owner) AS subject,
    format('entries in %s', string_agg(DISTINCT currency, ', ')) AS detail
FROM entry
GROUP BY account, owner
HAVING count(DISTINCT currency) > 1
    OR (bool_or(currency <> 'TZS') AND account IN ('PLATFORM_WALLET', 'PLATFORM_WALLET_HOLD', 'PLATFORM_BANK'))
UNION ALL
SELECT id::text, format('in %s, its kitchen in %s', own, kitchen)
FROM (
    SELECT s.id, coalesce(s.state::jsonb -> 'opening' ->> 'currency', 'TZS') AS own,
        coalesce(k.currency, 'TZS') AS kitchen
    FROM jiko.checkout_session s
    LEFT JOIN jiko.kitchen k ON k.id = s.kitchen_id
    WHERE k.currency <> 'TZS' OR s.state LIKE '%"currency"%'
    UNION ALL
    SELECT b.id, coalesce(b.state::jsonb -> 'opening' ->> 'currency', 'TZS'), coalesce(k.currency, 'TZS')
    FROM jiko.bill b
    LEFT JOIN jiko.kitchen k ON k.id = b.kitchen_id
    WHERE k.currency <> 'TZS' OR b.state LIKE '%"currency"%') AS sale
WHERE own <> kitchen

-- A wallet has what the books say, and never less than nothing.
SELECT coalesce(w.owner, b.owner)::text AS subject,
    format('available %s, held %s; books: available %s, held %s',
        w.available, w.held, coalesce(b.available, 0), coalesce(b.held, 0)) AS detail
FROM jiko.wallet w
FULL JOIN (
    SELECT owner,
        coalesce(sum(-amount) FILTER (WHERE account IN ('KITCHEN_WALLET', 'PLATFORM_WALLET')), 0) AS available,
        coalesce(sum(-amount) FILTER (WHERE account IN ('KITCHEN_WALLET_HOLD', 'PLATFORM_WALLET_HOLD')), 0) AS held
    FROM jiko.ledger_entry
    WHERE account IN ('KITCHEN_WALLET', 'KITCHEN_WALLET_HOLD', 'PLATFORM_WALLET', 'PLATFORM_WALLET_HOLD')
    GROUP BY owner) b ON b.owner = w.owner
WHERE w.available IS DISTINCT FROM coalesce(b.available, 0)
    OR w.held IS DISTINCT FROM coalesce(b.held, 0)
    OR w.available < 0 OR w.held < 0

-- Money received is applied to orders, on wallets, waiting for its session, in suspense, to be returned, or returned.
WITH entry AS (
    SELECT kitchen_id, method, step, amount,
        CASE
            WHEN account IN (
                'DRAWER', 'CARD_TERMINAL', 'CARD_GATEWAY', 'KITCHEN_CHANNEL', 'MOBILE_MONEY', 'PLATFORM_RECEIVABLE',
                'PLATFORM_BANK')
                THEN 'ASSET'
            -- The cash of a payment that was corrected after its drawer was counted.
            WHEN account = 'OVER_SHORT' AND step = 'CORRECT' AND session_id IS NOT NULL THEN 'ASSET'
            WHEN account IN ('SALES', 'KITCHEN_PAYABLE') AND step <> 'COMMISSION' THEN 'APPLIED'
            WHEN account IN ('KITCHEN_WALLET', 'KITCHEN_WALLET_HOLD', 'PLATFORM_WALLET', 'PLATFORM_WALLET_HOLD')
                THEN 'WALLET'
            WHEN account IN ('PENDING', 'TO_RETURN', 'SUSPENSE') THEN 'WAITING'
        END AS place
    FROM jiko.ledger_entry
), figure AS (
    SELECT kitchen_id, method,
        coalesce(sum(amount) FILTER (
            WHERE place = 'ASSET' AND amount > 0 AND step IN ('PAY', 'HOLD', 'SETTLE', 'TOP_UP', 'PARK', 'CORRECT')), 0)
            AS received,
        coalesce(sum(-amount) FILTER (
            WHERE place = 'ASSET' AND amount < 0 AND step IN ('RETURN', 'REFUND', 'REVERSE', 'CORRECT')), 0)
            AS returned,
        coalesce(sum(-amount) FILTER (WHERE place = 'APPLIED'), 0) AS applied,
        coalesce(sum(-amount) FILTER (WHERE place = 'WALLET'), 0) AS wallets,
        coalesce(sum(-amount) FILTER (WHERE place = 'WAITING'), 0) AS waiting
    FROM entry
    GROUP BY kitchen_id, method
)
SELECT format('%s %s', kitchen_id, method) AS subject,
    format('received %s, applied %s, on wallets %s, waiting %s, returned %s',
        received, applied, wallets, waiting, returned) AS detail
FROM figure
WHERE received <> applied + wallets + waiting + returned

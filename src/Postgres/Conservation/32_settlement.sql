-- What a register's session was paid is in the register's wallet, less what went back; other sessions put nothing into
-- wallets. What left a wallet otherwise are its payouts, and no more was paid out than came in.
WITH sale AS (
    SELECT s.id, (s.state::jsonb #>> '{opening,hosted,register,walletId}')::uuid AS wallet
    FROM jiko.checkout_session s
    WHERE s.channel = 'HOSTED' AND s.state LIKE '%"register"%'
), book AS (
    SELECT session_id,
        coalesce(sum(amount) FILTER (WHERE step IN ('PAY', 'SETTLE') AND credit_kind = 'SALES'), 0) AS captured,
        coalesce(sum(amount) FILTER (WHERE step = 'REVERSE' AND debit_kind = 'SALES'), 0) AS refunded,
        coalesce(sum(amount) FILTER (WHERE step = 'CHARGE_BACK'), 0) AS charged_back,
        coalesce(sum(amount) FILTER (WHERE step = 'ASSIGN' AND debit_kind = 'SETTLEMENT_WALLET'), 0) AS put_in,
        coalesce(sum(amount) FILTER (WHERE step = 'ASSIGN' AND credit_kind = 'SETTLEMENT_WALLET'), 0) AS taken_out,
        array_agg(
            DISTINCT CASE 'SETTLEMENT_WALLET' WHEN debit_kind THEN debit_owner WHEN credit_kind THEN credit_owner END)
            FILTER (WHERE 'SETTLEMENT_WALLET' IN (debit_kind, credit_kind)) AS wallets
    FROM jiko.ledger_transfer
    WHERE session_id IN (SELECT id FROM sale) OR step = 'ASSIGN'
    GROUP BY session_id
)
SELECT coalesce(s.id, b.session_id)::text AS subject,
    format('captured %s, refunded %s, charged back %s; wallets %s: put in %s, taken out %s',
        b.captured, b.refunded, b.charged_back, b.wallets, b.put_in, b.taken_out) AS detail
FROM sale s
FULL JOIN book b ON b.session_id = s.id
WHERE b.session_id IS NOT NULL AND (
    s.id IS NULL OR b.put_in <> b.captured OR b.wallets <> ARRAY[s.wallet]
    OR b.taken_out < b.refunded OR b.taken_out > least(b.refunded + b.charged_back, b.put_in))
UNION ALL
SELECT coalesce(p.id, t.leg_id)::text,
    format('payout of %s from %s; books: %s from %s', p.amount, p.wallet_id, t.amount, t.wallet)
FROM jiko.payout p
FULL JOIN (
    SELECT leg_id, credit_owner AS wallet, sum(amount) AS amount FROM jiko.ledger_transfer
    WHERE step = 'DISBURSE' GROUP BY leg_id, credit_owner) t ON t.leg_id = p.id AND t.wallet = p.wallet_id
WHERE p.amount IS DISTINCT FROM t.amount
UNION ALL
SELECT wallet_id::text, format('paid out %s of %s', paid_out, came_in)
FROM (
    SELECT wallet_id,
        coalesce(-sum(amount) FILTER (WHERE kind = 'PAID_OUT'), 0) AS paid_out,
        coalesce(sum(amount) FILTER (WHERE kind IN ('RECEIVED', 'COMMISSION')), 0) AS came_in
    FROM jiko.settlement_entry
    GROUP BY wallet_id) AS w
WHERE paid_out > came_in

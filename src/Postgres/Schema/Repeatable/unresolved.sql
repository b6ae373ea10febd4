-- What operators have to look into: one row for each, with the request that settles it in the API.
CREATE OR REPLACE VIEW jiko.unresolved_payment AS
    SELECT p.id, 'ATTEMPT' AS kind, NULL AS exception_kind, p.adapter, p.reference, p.provider_reference,
        NULL AS receipt, p.kitchen_id, p.session_id, p.amount, p.phone, p.started_at AS at, p.next_look_at AS next_at,
        p.questions::bigint AS times
    FROM jiko.payment_attempt p
    -- A push that began some seconds ago, and about which nobody had to ask yet, is no question. A till cannot be asked.
    WHERE p.state = 'SENT' AND p.phone IS NOT NULL AND p.looked_at IS NOT NULL AND NOT starts_with(p.adapter, 'till:')
    UNION ALL
    SELECT p.id, 'PARKED', NULL, p.adapter, p.reference, p.provider_reference, NULL, p.kitchen_id, p.session_id,
        p.parked_amount, p.paid_by, p.parked_at, NULL, NULL
    FROM jiko.payment_attempt p
    WHERE p.parked IS NOT NULL
    UNION ALL
    SELECT e.id, 'EXCEPTION', e.kind, e.adapter, e.reference, NULL, nullif(e.receipt, ''), e.kitchen_id, e.session_id,
        e.amount, e.phone, e.seen_at, r.next_try_at, r.tries
    FROM jiko.waiting_payment_exception
    JOIN jiko.payment_exception e USING (id)
    LEFT JOIN jiko.payment_refund r ON e.kind = 'REFUND_REFUSED' AND r.reference = e.reference
    UNION ALL
    -- What people have to decide about is listed as an exception.
    SELECT md5(r.reference)::uuid, 'REFUND', NULL, r.adapter, r.reference, NULL, NULL, r.kitchen_id, r.session_id,
        r.amount, r.phone, r.owed_at, r.next_try_at, r.tries
    FROM jiko.payment_refund r
    WHERE NOT r.done AND r.settled_as IS NULL AND NOT EXISTS (
        SELECT FROM jiko.payment_exception e
        WHERE e.kind = 'REFUND_REFUSED' AND e.reference = r.reference AND e.adapter = r.adapter
            AND e.decision IS NULL)
    UNION ALL
    SELECT e.id, 'RETURN', e.kind, e.adapter, r.reference, NULL, nullif(e.receipt, ''), NULL, NULL, e.amount, e.phone,
        r.begun_at, r.next_try_at, r.tries
    FROM jiko.payment_return r
    JOIN jiko.payment_exception e ON e.id = r.exception_id
    WHERE r.state = 'PENDING'
    UNION ALL
    SELECT c.id, 'CONFLICT', NULL, c.adapter, c.reference, NULL, c.receipt, NULL, NULL, NULL, NULL, c.seen_at, NULL,
        NULL
    FROM jiko.payment_conflict c
    WHERE c.closed_at IS NULL
    UNION ALL
    SELECT f.id, 'FORGED_WEBHOOKS', NULL, f.adapter, NULL, NULL, NULL, NULL, NULL, NULL, NULL, f.first_at, NULL, f.count
    FROM jiko.forged_webhook f;

-- What writes the audit trail, and what checks it. The tables and the triggers are in 0006_audit.sql.

CREATE OR REPLACE FUNCTION jiko.audit_hash(a jiko.audit) RETURNS bytea LANGUAGE sql STABLE AS $$
    SELECT sha256(convert_to(jsonb_build_array(
        encode(a.previous, 'hex'), a.id, a.chain, a.number, to_char(a.at AT TIME ZONE 'UTC', 'YYYYMMDD HH24MISS.US'),
        a.who_kind, a.who_id, a.action, a.object_kind, a.object_id, a.details, a.trace)::text, 'UTF8'))
$$;

-- Who asks, for the rest of the transaction: jiko.who is "kind|id|trace|time".
CREATE OR REPLACE FUNCTION jiko.audit_note(
    kitchen uuid, action text, object_kind text, object_id uuid, details text,
    fallback_kind text DEFAULT 'SYSTEM', fallback_id uuid DEFAULT '00000000-0000-0000-0000-000000000000',
    fallback_at timestamptz DEFAULT now())
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    who  text[] := string_to_array(nullif(current_setting('jiko.who', true), ''), '|');
    head jiko.audit_chain;
    noted jiko.audit;
BEGIN
    INSERT INTO jiko.audit_chain VALUES (kitchen, 0, sha256(convert_to(kitchen::text, 'UTF8'))) ON CONFLICT DO NOTHING;
    SELECT * INTO head FROM jiko.audit_chain c WHERE c.chain = kitchen FOR UPDATE;
    noted := row(
        (left(md5(kitchen::text), 16) || lpad(to_hex(head.number + 1), 16, '0'))::uuid, kitchen, head.number + 1, coalesce(who[4]::timestamptz, fallback_at),
        coalesce(nullif(who[1], ''), fallback_kind), coalesce(nullif(who[2], '')::uuid, fallback_id),
        action, object_kind, object_id, details, coalesce(who[3], ''), head.hash, '')::jiko.audit;
    noted.hash := jiko.audit_hash(noted);
    INSERT INTO jiko.audit SELECT noted.*;
    UPDATE jiko.audit_chain c SET number = noted.number, hash = noted.hash WHERE c.chain = kitchen;
END
$$;

-- Notes what became of a row: its columns when it is new, before and after when it has changed.
CREATE OR REPLACE FUNCTION jiko.audit_row() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    kind    text  := TG_ARGV[0];
    dropped text[] := ARRAY['last_staff_number', 'position', 'created_at', 'paired_at'];
    hidden  text[] := ARRAY['name', 'phone', 'decided_phone', 'pin_hash', 'token_hash', 'code_hash', 'secret'];
    after   jsonb := to_jsonb(NEW) - dropped;
    before  jsonb := CASE TG_OP WHEN 'UPDATE' THEN to_jsonb(OLD) - dropped ELSE '{}' END;
    details jsonb;
BEGIN
    SELECT jsonb_object_agg(key, CASE
        WHEN key = ANY (hidden) THEN '"***"'
        WHEN TG_OP = 'UPDATE' THEN jsonb_build_array(before -> key, value)
        ELSE value END) INTO details
    FROM jsonb_each(after) WHERE value IS DISTINCT FROM before -> key;
    IF details IS NULL THEN RETURN NULL; END IF;

    PERFORM jiko.audit_note(
        coalesce(CASE kind WHEN 'kitchen' THEN after ->> 'id' ELSE after ->> 'kitchen_id' END,
            '00000000-0000-0000-0000-000000000000')::uuid,
        kind || CASE
            WHEN TG_OP = 'INSERT' THEN '.added'
            WHEN after ->> 'revoked_at' IS NOT NULL THEN '.revoked'
            ELSE '.changed' END,
        kind, coalesce(after ->> 'id', after ->> 'subject_id', after ->> 'kitchen_id')::uuid, details::text);
    RETURN NULL;
END
$$;

CREATE OR REPLACE FUNCTION jiko.audit_lock() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM jiko.audit_note(
        NEW.kitchen_id, 'sign-in.locked', 'staff-number', NEW.kitchen_id,
        jsonb_build_object('staff_number', NEW.staff_number, 'locked_until', NEW.locked_until)::text);
    RETURN NULL;
END
$$;

-- Stock and money come through jiko.commit, whose batch is many callers': who it was is in the row.
CREATE OR REPLACE FUNCTION jiko.audit_stock() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM jiko.audit_note(
        NEW.kitchen_id, 'stock.' || lower(NEW.kind), 'menu-item', NEW.menu_id,
        jsonb_build_object('id', NEW.id, 'quantity', NEW.quantity, 'difference', NEW.difference)::text,
        'STAFF', NEW.by_whom, NEW.at);
    RETURN NULL;
END
$$;

CREATE OR REPLACE FUNCTION jiko.audit_money() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM jiko.audit_note(
        NEW.kitchen_id, CASE NEW.step WHEN 'TOP_UP' THEN 'wallet.topped-up' ELSE 'payment.refunded' END,
        CASE NEW.step WHEN 'TOP_UP' THEN 'wallet' ELSE 'payment' END,
        CASE NEW.step WHEN 'TOP_UP' THEN NEW.credit_owner ELSE NEW.leg_id END,
        jsonb_build_object('leg_id', NEW.leg_id, 'method', NEW.method, 'amount', NEW.amount)::text,
        NEW.debit_kind, NEW.debit_owner, NEW.at);
    RETURN NULL;
END
$$;

CREATE OR REPLACE FUNCTION jiko.audit_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The audit trail is only ever added to.' USING ERRCODE = 'insufficient_privilege';
END
$$;

-- What is wrong with a chain, from its first row on; nothing where all is as it was written.
CREATE OR REPLACE FUNCTION jiko.audit_verify(kitchen uuid) RETURNS TABLE (number bigint, wrong text) LANGUAGE sql STABLE AS $$
    WITH walked AS (
        SELECT a.number, a.previous, a.hash, jiko.audit_hash(a) AS computed,
            lag(a.number, 1, 0::bigint) OVER walk AS number_before,
            lag(a.hash, 1, sha256(convert_to(kitchen::text, 'UTF8'))) OVER walk AS hash_before
        FROM jiko.audit a WHERE a.chain = kitchen WINDOW walk AS (ORDER BY a.number)),
    ending AS (
        SELECT coalesce(max(w.number), 0) AS number, (array_agg(w.hash ORDER BY w.number DESC))[1] AS hash FROM walked w)
    SELECT w.number, CASE
        WHEN w.hash <> w.computed THEN 'CHANGED'
        WHEN w.number <> w.number_before + 1 THEN 'MISSING_BEFORE'
        ELSE 'NOT_LINKED' END
    FROM walked w
    WHERE w.hash <> w.computed OR w.number <> w.number_before + 1 OR w.previous <> w.hash_before
    UNION ALL
    SELECT e.number + 1, 'MISSING_AT_THE_END' FROM ending e JOIN jiko.audit_chain c ON c.chain = kitchen
    WHERE c.number > 0 AND (c.number <> e.number OR c.hash IS DISTINCT FROM e.hash)
    ORDER BY 1
$$;

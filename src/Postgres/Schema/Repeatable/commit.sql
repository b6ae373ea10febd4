-- The one way in which anything changes. A batch of commits goes in as columns, one group for each table of intents,
-- whose first column says to which commit (1 .. items, in order of arrival) a row belongs. Out comes one row for each
-- commit:
--
--   answer 0 committed
--          1 version conflict: somebody else committed to this grain, or did this operation already
--          2 insufficient stock, with the items: requested, and available
--          3 insufficient funds, with the wallet and what it has available
--
-- Only the commits answered with 0 change anything. Rows are locked in one order everywhere (sessions, inventories,
-- operations, stock by kitchen and item, wallets by owner), so that batches of several hosts wait and never deadlock.
-- Where a constraint fails, the whole batch fails, and the caller sends its halves. What a commit lacks is looked for
-- only when it comes alone: 2 and 3 are never answered in company.
--
-- Every statement here looks up a few rows by their keys. The connections that commit have sequential scans off, and
-- hash joins, which would lose the order of locks. To switch them off here, call by call, costs as much as two inserts.
CREATE OR REPLACE FUNCTION jiko.commit(
    items int,

    -- Sessions that commit for the first time.
    opened_item int[], opened_id uuid[], opened_state text[], opened_kitchen uuid[], opened_status text[],
    opened_channel text[], opened_type text[], opened_table text[], opened_reference text[],
    opened_at timestamptz[], opened_date date[], opened_number int[], opened_slip_code text[], opened_total bigint[],
    opened_live boolean[], opened_by uuid[], opened_deadline timestamptz[],

    -- Sessions that committed before. What was agreed at their opening never changes.
    continued_item int[], continued_id uuid[], continued_version bigint[], continued_state text[],
    continued_status text[], continued_deadline timestamptz[],

    -- Inventories; version 0 for the first commit.
    inventory_item int[], inventory_id uuid[], inventory_version bigint[], inventory_state text[],

    -- What callers asked for, with the answer to keep.
    operation_item int[], operation_id uuid[], operation_fingerprint uuid[], operation_kind text[],
    operation_key uuid[], operation_version bigint[], operation_state text[], operation_at timestamptz[],

    -- Plates that a session reserves, or sells at once, at its opening; sold below zero, they come back to the shelf.
    line_item int[], line_session uuid[], line_kitchen uuid[], line_menu uuid[], line_reserved int[], line_sold int[],
    line_lapses_at timestamptz[],

    -- Sessions whose reserved plates become SOLD or RELEASED, and those whose plates are kept until later. They continue
    -- here, as do those whose plates come back.
    settled_item int[], settled_session uuid[], settled_state text[],
    extended_item int[], extended_session uuid[], extended_lapses_at timestamptz[],

    -- Goods received, wasted or counted: an inventory's own commit, which holds one and nothing else that is guarded.
    adjusted_item int[], adjusted_id uuid[], adjusted_kitchen uuid[], adjusted_menu uuid[], adjusted_kind text[],
    adjusted_quantity int[], adjusted_reason text[], adjusted_by uuid[], adjusted_at timestamptz[],

    placed_item int[], placed_id uuid[], placed_session uuid[], placed_kitchen uuid[], placed_at timestamptz[],
    placed_status text[], placed_payment text[],

    moved_item int[], moved_leg uuid[], moved_step text[], moved_part int[], moved_session uuid[], moved_kitchen uuid[],
    moved_method text[], moved_debit_kind text[], moved_debit_owner uuid[], moved_credit_kind text[],
    moved_credit_owner uuid[], moved_amount bigint[], moved_operation uuid[], moved_till uuid[], moved_at timestamptz[],

    -- What those transfers change on wallets.
    wallet_item int[], wallet_owner uuid[], wallet_kitchen uuid[], wallet_available bigint[], wallet_held bigint[],

    event_item int[], event_kitchen uuid[], event_payload text[], event_at timestamptz[])
RETURNS TABLE (
    item int, answer int, menu_ids uuid[], requested bigint[], available bigint[], wallet uuid, funds bigint)
LANGUAGE plpgsql
AS $$
#variable_conflict use_column
DECLARE
    committed          CONSTANT int := 0;
    version_conflict   CONSTANT int := 1;
    insufficient_stock CONSTANT int := 2;
    insufficient_funds CONSTANT int := 3;

    lost        boolean[] := array_fill(false, ARRAY[items]);
    kept_ids    uuid[];
    -- Every movement of plates that are tracked: those that are taken now, and those that were taken before. On hand
    -- changes by what is sold, and what is needed free is reserved + sold.
    plate_item     int[]  := '{}';
    plate_kitchen  uuid[] := '{}';
    plate_menu     uuid[] := '{}';
    plate_reserved int[]  := '{}';
    plate_sold     int[]  := '{}';
    -- Of those that are taken now, in the same order.
    taken_session  uuid[] := '{}';
    taken_lapse_at timestamptz[] := '{}';
BEGIN
    PERFORM jiko_cluster.check_member();

    -- The grains.

    IF cardinality(continued_item) > 0 THEN
        FOR item IN
            WITH locked AS MATERIALIZED (
                SELECT s.id, s.version FROM jiko.checkout_session s WHERE s.id = ANY (continued_id)
                ORDER BY s.id FOR UPDATE)
            SELECT c.item FROM unnest(continued_item, continued_id, continued_version) AS c(item, id, version)
            LEFT JOIN locked l ON l.id = c.id
            WHERE l.version IS DISTINCT FROM c.version
        LOOP
            lost[item] := true;
            answer := version_conflict;
            RETURN NEXT;
        END LOOP;
    END IF;

    IF cardinality(line_item) > 0 THEN
        -- An item without a row is not tracked, and in no session's plates, even where its first goods come meanwhile.
        SELECT
            coalesce(array_agg(l.item), '{}'), coalesce(array_agg(l.kitchen_id), '{}'),
            coalesce(array_agg(l.menu_id), '{}'), coalesce(array_agg(l.reserved), '{}'),
            coalesce(array_agg(l.sold), '{}'), coalesce(array_agg(l.session_id), '{}'),
            coalesce(array_agg(l.lapses_at), '{}')
        INTO plate_item, plate_kitchen, plate_menu, plate_reserved, plate_sold, taken_session, taken_lapse_at
        FROM unnest(line_item, line_session, line_kitchen, line_menu, line_reserved, line_sold, line_lapses_at)
            AS l(item, session_id, kitchen_id, menu_id, reserved, sold, lapses_at)
        JOIN jiko.stock_item s ON s.kitchen_id = l.kitchen_id AND s.menu_id = l.menu_id
        WHERE l.reserved + l.sold > 0;
    END IF;

    IF cardinality(opened_item) > 0 THEN
        -- Columns are taken by their places, here and below: unnest would first store each of them, row by row.
        -- A number, a code or an id that is there already fails the batch: its halves come again, and a check before
        -- each insert would look all of them up twice.
        INSERT INTO jiko.checkout_session (
            id, version, state, kitchen_id, status, channel, session_type, table_number, client_reference,
            opened_at, business_date, number, slip_code, total, live_mode, opened_by, deadline, plates, plate_menu_ids,
            plate_quantities, plates_lapse_at)
        SELECT o.id, 1, opened_state[place], opened_kitchen[place], opened_status[place], opened_channel[place],
            opened_type[place], opened_table[place], opened_reference[place], opened_at[place], opened_date[place],
            opened_number[place], opened_slip_code[place], opened_total[place], opened_live[place], opened_by[place],
            opened_deadline[place], t.plates, t.menu_ids, t.quantities, t.lapse_at
        FROM unnest(opened_id) WITH ORDINALITY AS o(id, place)
        -- By their places and not by unnest, of which the planner expects ten rows: it would compare each with each.
        LEFT JOIN (
            SELECT taken_session[place] AS session_id, array_agg(plate_menu[place]) AS menu_ids,
                array_agg(plate_reserved[place] + plate_sold[place]) AS quantities,
                max(taken_lapse_at[place]) AS lapse_at,
                CASE WHEN max(taken_lapse_at[place]) IS NULL THEN 'SOLD' ELSE 'RESERVED' END AS plates
            FROM generate_series(1, cardinality(taken_session)) AS place
            GROUP BY taken_session[place]) t ON t.session_id = o.id
        ORDER BY o.id;
    END IF;

    IF cardinality(inventory_item) > 0 THEN
        INSERT INTO jiko.kitchen_inventory (id, version, state)
        SELECT i.id, 0, '' FROM unnest(inventory_id, inventory_version) AS i(id, version)
        WHERE i.version = 0
        ORDER BY i.id
        ON CONFLICT DO NOTHING;

        FOR item IN
            WITH locked AS MATERIALIZED (
                SELECT k.id, k.version FROM jiko.kitchen_inventory k WHERE k.id = ANY (inventory_id)
                ORDER BY k.id FOR UPDATE)
            SELECT i.item FROM unnest(inventory_item, inventory_id, inventory_version) AS i(item, id, version)
            LEFT JOIN locked l ON l.id = i.id
            WHERE l.version IS DISTINCT FROM i.version
        LOOP
            lost[item] := true;
            answer := version_conflict;
            RETURN NEXT;
        END LOOP;
    END IF;

    IF cardinality(operation_item) > 0 THEN
        WITH kept AS (
            INSERT INTO jiko.operation (id, fingerprint, grain_kind, grain_key, version, state, at)
            SELECT o.id, o.fingerprint, o.kind, o.key, o.version, o.state, o.at
            FROM unnest(
                operation_item, operation_id, operation_fingerprint, operation_kind, operation_key, operation_version,
                operation_state, operation_at) AS o(item, id, fingerprint, kind, key, version, state, at)
            WHERE NOT lost[o.item]
            ORDER BY o.id
            ON CONFLICT DO NOTHING
            RETURNING id)
        SELECT coalesce(array_agg(k.id), '{}') INTO kept_ids FROM kept k;

        IF cardinality(kept_ids) < cardinality(operation_item) THEN
            FOR item IN
                SELECT o.item FROM unnest(operation_item, operation_id) AS o(item, id)
                WHERE NOT lost[o.item] AND o.id <> ALL (kept_ids)
            LOOP
                lost[item] := true;
                answer := version_conflict;
                RETURN NEXT;
            END LOOP;
        END IF;
    END IF;

    -- The stock. First what sessions had taken, which is in their rows, and those are locked. Plates that were not
    -- tracked when they were sold do not come back.

    IF 0 > ANY (line_sold) THEN
        SELECT
            plate_item     || array_agg(l.item),
            plate_kitchen  || array_agg(l.kitchen_id),
            plate_menu     || array_agg(l.menu_id),
            plate_reserved || array_agg(0),
            plate_sold     || array_agg(l.sold)
        INTO plate_item, plate_kitchen, plate_menu, plate_reserved, plate_sold
        FROM unnest(line_item, line_session, line_kitchen, line_menu, line_sold)
            AS l(item, session_id, kitchen_id, menu_id, sold)
        JOIN jiko.checkout_session s ON s.id = l.session_id AND l.menu_id = ANY (s.plate_menu_ids)
        WHERE l.sold < 0;
    END IF;

    -- Said in a way that does not fit the partial index of what is open: while there is little of it, to read all
    -- of that index for each batch looks cheaper than a few keys.
    IF cardinality(settled_item) > 0 THEN
        SELECT
            plate_item     || array_agg(d.item),
            plate_kitchen  || array_agg(s.kitchen_id),
            plate_menu     || array_agg(p.menu_id),
            plate_reserved || array_agg(-p.quantity),
            plate_sold     || array_agg(CASE d.state WHEN 'SOLD' THEN p.quantity ELSE 0 END)
        INTO plate_item, plate_kitchen, plate_menu, plate_reserved, plate_sold
        FROM unnest(settled_item, settled_session, settled_state) AS d(item, session_id, state)
        JOIN jiko.checkout_session s ON s.id = d.session_id AND s.plates IS NOT DISTINCT FROM 'RESERVED'
        CROSS JOIN LATERAL unnest(s.plate_menu_ids, s.plate_quantities) AS p(menu_id, quantity);
    END IF;

    IF cardinality(adjusted_item) > 0 THEN
        PERFORM FROM jiko.stock_item s
        WHERE (s.kitchen_id, s.menu_id) IN (
            SELECT * FROM unnest(adjusted_kitchen, adjusted_menu) UNION SELECT * FROM unnest(plate_kitchen, plate_menu))
        ORDER BY s.kitchen_id, s.menu_id
        FOR UPDATE;

        -- Less than nothing cannot be wasted, and a count below what is promised to sessions cannot be true.
        FOR item, menu_ids, requested, available IN
            SELECT a.item, ARRAY[a.menu_id],
                ARRAY[CASE a.kind WHEN 'WASTE' THEN a.quantity ELSE s.reserved END],
                ARRAY[CASE a.kind WHEN 'WASTE' THEN coalesce(s.on_hand - s.reserved, 0) ELSE a.quantity END]
            FROM unnest(adjusted_item, adjusted_kitchen, adjusted_menu, adjusted_kind, adjusted_quantity)
                AS a(item, kitchen_id, menu_id, kind, quantity)
            LEFT JOIN jiko.stock_item s ON s.kitchen_id = a.kitchen_id AND s.menu_id = a.menu_id
            WHERE NOT lost[a.item]
                AND CASE a.kind
                    WHEN 'WASTE' THEN a.quantity > coalesce(s.on_hand - s.reserved, 0)
                    WHEN 'COUNT' THEN a.quantity < s.reserved
                END
        LOOP
            lost[item] := true;
            answer := insufficient_stock;
            RETURN NEXT;
        END LOOP;
        menu_ids := NULL;
        requested := NULL;
        available := NULL;

        -- Only a kitchen's inventory makes stock rows, and it is locked: a row that is missing now stays missing.
        WITH change AS (
            SELECT a.*, CASE a.kind
                WHEN 'RECEIPT' THEN a.quantity
                WHEN 'WASTE' THEN -a.quantity
                WHEN 'COUNT' THEN a.quantity - coalesce(s.on_hand, 0)
            END AS difference
            FROM unnest(
                adjusted_item, adjusted_id, adjusted_kitchen, adjusted_menu, adjusted_kind, adjusted_quantity,
                adjusted_reason, adjusted_by, adjusted_at)
                AS a(item, id, kitchen_id, menu_id, kind, quantity, reason, by_whom, at)
            LEFT JOIN jiko.stock_item s ON s.kitchen_id = a.kitchen_id AND s.menu_id = a.menu_id
            WHERE NOT lost[a.item]
        ), changed AS (
            UPDATE jiko.stock_item s
            SET on_hand = s.on_hand + c.difference,
                received = s.received + greatest(c.difference, 0),
                wasted = s.wasted + greatest(-c.difference, 0)
            FROM change c
            WHERE s.kitchen_id = c.kitchen_id AND s.menu_id = c.menu_id
            RETURNING c.id
        ), created AS (
            INSERT INTO jiko.stock_item (kitchen_id, menu_id, on_hand, received)
            SELECT c.kitchen_id, c.menu_id, c.quantity, c.quantity FROM change c
            WHERE NOT EXISTS (SELECT FROM changed d WHERE d.id = c.id)
        )
        INSERT INTO jiko.stock_journal (id, kitchen_id, menu_id, kind, quantity, difference, reason, by_whom, at)
        SELECT c.id, c.kitchen_id, c.menu_id, c.kind, c.quantity, c.difference, c.reason, c.by_whom, c.at FROM change c;
    END IF;

    -- A commit that came alone is told what it lacks. In company nobody is asked: where all that a batch wants does not
    -- fit together, a constraint lets it fail as a whole, and its halves come again, until who lacks something is alone.

    IF items = 1 AND NOT lost[1] AND cardinality(plate_item) > 0 THEN
        SELECT array_agg(p.menu_id), array_agg(p.need), array_agg(p.free) INTO menu_ids, requested, available
        FROM (
            SELECT s.menu_id, n.need, (s.on_hand - s.reserved)::bigint AS free
            FROM (
                SELECT p.kitchen_id, p.menu_id, sum(p.reserved + p.sold) AS need
                FROM unnest(plate_kitchen, plate_menu, plate_reserved, plate_sold)
                    AS p(kitchen_id, menu_id, reserved, sold)
                GROUP BY p.kitchen_id, p.menu_id) n
            JOIN jiko.stock_item s ON s.kitchen_id = n.kitchen_id AND s.menu_id = n.menu_id
            ORDER BY s.kitchen_id, s.menu_id
            FOR UPDATE OF s) p
        WHERE p.need > 0 AND p.need > p.free;

        IF menu_ids IS NOT NULL THEN
            lost[1] := true;
            item := 1;
            answer := insufficient_stock;
            RETURN NEXT;
        END IF;
    END IF;

    IF items = 1 AND NOT lost[1] AND cardinality(wallet_item) > 0 THEN
        PERFORM FROM jiko.wallet x WHERE x.owner = ANY (wallet_owner) ORDER BY x.owner FOR UPDATE;

        SELECT u.owner, coalesce(min(side.balance), 0) INTO wallet, funds
        FROM unnest(wallet_owner, wallet_available, wallet_held) AS u(owner, available, held)
        LEFT JOIN jiko.wallet x ON x.owner = u.owner
        CROSS JOIN LATERAL (VALUES ('AVAILABLE', u.available, x.available), ('HELD', u.held, x.held))
            AS side(kind, change, balance)
        GROUP BY u.owner, side.kind
        HAVING -sum(side.change) > greatest(coalesce(min(side.balance), 0), 0)
        ORDER BY u.owner, side.kind
        LIMIT 1;

        IF wallet IS NOT NULL THEN
            lost[1] := true;
            item := 1;
            answer := insufficient_funds;
            RETURN NEXT;
        END IF;
    END IF;

    -- What the losers have left behind on the way here.

    IF true = ANY (lost) THEN
        DELETE FROM jiko.checkout_session s USING unnest(opened_item, opened_id) AS o(item, id)
        WHERE s.id = o.id AND lost[o.item];

        DELETE FROM jiko.kitchen_inventory k WHERE k.id = ANY (inventory_id) AND k.version = 0 AND EXISTS (
            SELECT FROM unnest(inventory_item, inventory_id) AS i(item, id) WHERE i.id = k.id AND lost[i.item]);

        DELETE FROM jiko.operation k USING unnest(operation_item, operation_id) AS o(item, id)
        WHERE k.id = o.id AND lost[o.item] AND o.id = ANY (kept_ids);
    END IF;

    -- The winners' states and effects: one statement for each table.

    IF cardinality(continued_item) > 0 THEN
        -- Only plates that are reserved are sold, released, or kept until later.
        UPDATE jiko.checkout_session s
        SET version = s.version + 1, state = c.state, status = c.status, deadline = c.deadline,
            plates = CASE WHEN s.plates = 'RESERVED'
                THEN coalesce(settled_state[array_position(settled_session, c.id)], s.plates)
                ELSE s.plates END,
            plates_lapse_at = CASE WHEN s.plates = 'RESERVED' AND c.id <> ALL (settled_session)
                THEN coalesce(extended_lapses_at[array_position(extended_session, c.id)], s.plates_lapse_at)
                ELSE s.plates_lapse_at END
        FROM unnest(continued_item, continued_id, continued_state, continued_status, continued_deadline)
            AS c(item, id, state, status, deadline)
        WHERE s.id = c.id AND NOT lost[c.item];
    END IF;

    IF cardinality(inventory_item) > 0 THEN
        UPDATE jiko.kitchen_inventory k
        SET version = k.version + 1, state = i.state
        FROM unnest(inventory_item, inventory_id, inventory_state) AS i(item, id, state)
        WHERE k.id = i.id AND NOT lost[i.item];
    END IF;

    IF cardinality(placed_item) > 0 THEN
        INSERT INTO jiko.customer_order (id, session_id, kitchen_id, placed_at, status, payment_state, ticket)
        SELECT placed_id[place], placed_session[place], placed_kitchen[place], placed_at[place], placed_status[place],
            placed_payment[place], CASE placed_status[place] WHEN 'PLACED' THEN 'NEW' END
        FROM unnest(placed_item) WITH ORDINALITY AS o(item, place)
        WHERE NOT lost[o.item];
    END IF;

    IF cardinality(moved_item) > 0 THEN
        INSERT INTO jiko.ledger_transfer (
            leg_id, step, part, session_id, kitchen_id, method, debit_kind, debit_owner, credit_kind, credit_owner,
            amount, operation_id, till_id, at)
        SELECT moved_leg[place], moved_step[place], moved_part[place], moved_session[place], moved_kitchen[place],
            moved_method[place], moved_debit_kind[place], moved_debit_owner[place], moved_credit_kind[place],
            moved_credit_owner[place], moved_amount[place], moved_operation[place], moved_till[place], moved_at[place]
        FROM unnest(moved_item) WITH ORDINALITY AS t(item, place)
        WHERE NOT lost[t.item];
    END IF;

    IF cardinality(event_item) > 0 THEN
        INSERT INTO jiko.event (kitchen_id, payload, at)
        SELECT event_kitchen[place], event_payload[place], event_at[place]
        FROM unnest(event_item) WITH ORDINALITY AS e(item, place)
        WHERE NOT lost[e.item];
    END IF;

    -- Last, because other writers wait for these rows: the plates and the money.

    IF cardinality(plate_item) > 0 THEN
        -- In the order in which everybody locks them, which is the primary key's. One statement, since each prepares the
        -- table's checks anew.
        WITH plate AS (
            SELECT p.kitchen_id, p.menu_id, sum(p.reserved)::int AS reserved, sum(p.sold)::int AS sold
            FROM unnest(plate_item, plate_kitchen, plate_menu, plate_reserved, plate_sold)
                AS p(item, kitchen_id, menu_id, reserved, sold)
            WHERE NOT lost[p.item]
            GROUP BY p.kitchen_id, p.menu_id
            ORDER BY p.kitchen_id, p.menu_id
        )
        UPDATE jiko.stock_item s
        SET on_hand = s.on_hand - p.sold, reserved = s.reserved + p.reserved, sold = s.sold + p.sold
        FROM plate p
        WHERE s.kitchen_id = p.kitchen_id AND s.menu_id = p.menu_id;
    END IF;

    IF 0 > ANY (line_sold) THEN
        UPDATE jiko.checkout_session s
        SET plates_returned = (
            SELECT array_agg(p.returned + coalesce(l.back, 0) ORDER BY p.place)
            FROM unnest(
                s.plate_menu_ids, coalesce(s.plates_returned, array_fill(0, ARRAY[cardinality(s.plate_menu_ids)])))
                WITH ORDINALITY AS p(menu_id, returned, place)
            LEFT JOIN (
                SELECT b.menu_id, -sum(b.sold)::int AS back
                FROM unnest(line_item, line_session, line_menu, line_sold) AS b(item, session_id, menu_id, sold)
                WHERE b.session_id = s.id AND b.sold < 0 AND NOT lost[b.item]
                GROUP BY b.menu_id) l ON l.menu_id = p.menu_id)
        FROM (
            SELECT DISTINCT l.session_id FROM unnest(line_item, line_session, line_sold) AS l(item, session_id, sold)
            WHERE l.sold < 0 AND NOT lost[l.item]) back
        WHERE s.id = back.session_id AND s.plates IS NOT NULL;
    END IF;

    IF cardinality(wallet_item) > 0 THEN
        -- A wallet begins with its first credit.
        INSERT INTO jiko.wallet (owner, kind, kitchen_id)
        SELECT DISTINCT ON (w.owner) w.owner, CASE WHEN w.kitchen_id IS NULL THEN 'PLATFORM' ELSE 'KITCHEN' END,
            w.kitchen_id
        FROM unnest(wallet_item, wallet_owner, wallet_kitchen, wallet_available)
            AS w(item, owner, kitchen_id, available)
        WHERE NOT lost[w.item] AND w.available > 0
        ORDER BY w.owner
        ON CONFLICT DO NOTHING;

        PERFORM FROM jiko.wallet x WHERE x.owner = ANY (wallet_owner) ORDER BY x.owner FOR UPDATE;

        WITH change AS (
            SELECT u.owner, sum(u.available)::bigint AS available, sum(u.held)::bigint AS held
            FROM unnest(wallet_item, wallet_owner, wallet_available, wallet_held) AS u(item, owner, available, held)
            WHERE NOT lost[u.item]
            GROUP BY u.owner
        ), changed AS (
            UPDATE jiko.wallet x SET available = x.available + c.available, held = x.held + c.held
            FROM change c
            WHERE x.owner = c.owner
            RETURNING x.owner
        )
        SELECT c.owner INTO wallet FROM change c WHERE c.owner NOT IN (SELECT owner FROM changed) LIMIT 1;
        IF FOUND THEN
            RAISE check_violation USING MESSAGE = format('wallet %s has nothing yet', wallet), TABLE = 'wallet';
        END IF;
    END IF;

    RETURN QUERY
        SELECT i, committed, NULL::uuid[], NULL::bigint[], NULL::bigint[], NULL::uuid, NULL::bigint
        FROM generate_series(1, items) AS i
        WHERE NOT lost[i];
END
$$;

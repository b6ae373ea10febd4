-- On hand, sold and wasted are what was received; none is negative, and what is on hand covers what is reserved.
SELECT format('%s %s', kitchen_id, menu_id) AS subject,
    format('on hand %s, reserved %s, sold %s, wasted %s, received %s', on_hand, reserved, sold, wasted, received)
        AS detail
FROM jiko.stock_item
WHERE on_hand + sold + wasted <> received OR on_hand < reserved OR least(on_hand, reserved, sold, wasted, received) < 0

-- A kitchen's currency and country. All amounts of a kitchen are whole numbers of the smallest unit of its currency;
-- those of kitchens that were there before are whole shillings of Tanzania, as are the platform's own.

ALTER TABLE jiko.kitchen
    ADD COLUMN currency text NOT NULL DEFAULT 'TZS'
        CONSTRAINT kitchen_currency_check CHECK (currency IN (
            'TZS', 'CDF', 'GHS', 'KES', 'MWK', 'MZN', 'NGN', 'RWF', 'SLE', 'UGX', 'USD', 'XAF', 'XOF', 'ZMW')),
    ADD COLUMN country text NOT NULL DEFAULT 'TZ'
        CONSTRAINT kitchen_country_check CHECK (country IN (
            'TZ', 'BF', 'BJ', 'CD', 'CG', 'CI', 'CM', 'GA', 'GH', 'KE', 'MW', 'MZ', 'NG', 'RW', 'SL', 'SN', 'UG',
            'ZM'));

-- Of the amount: the payment's, or of an unknown reference what the aggregator said.
ALTER TABLE jiko.payment_exception ADD COLUMN currency text NOT NULL DEFAULT 'TZS';

-- What a bank's analysts, administrators and applications ask. Each entry begins with
--   -- name [protected] purpose
-- where [protected] says in the analyst's own eyes how the statement touches protected columns: none, or any of
-- projected (as they are), derived (something is made of them) and predicate (which rows, or how they are joined,
-- grouped or ordered). A line "-- binds" has the parameters of the extended protocol, apart by |.
-- Statements of an entry are sent one after the other on one connection, each alone; each ends with a semicolon at
-- the end of a line.

-- Reports

-- turnover-by-month [none] Turnover by month and currency, for the monthly pack
SELECT date_trunc('month', value_day) AS month, currency, sum(amount) AS turnover, count(*) AS bookings
FROM bank.transactions
GROUP BY 1, 2
ORDER BY 1, 2;

-- balances-by-branch [none] Sum of balances by branch and currency
SELECT b.name AS branch, a.currency, count(*) AS accounts, sum(a.balance) AS balance
FROM bank.accounts a
JOIN bank.customers c ON c.customer_id = a.customer_id
JOIN ref.branches b ON b.branch_id = c.branch_id
WHERE a.closed IS NULL
GROUP BY b.name, a.currency
ORDER BY b.name, a.currency;

-- customers-by-segment [none] How many customers in each segment, and since when
SELECT segment, count(*) AS customers, min(since) AS first, max(since) AS last FROM bank.customers GROUP BY segment ORDER BY segment;

-- active-share [none] Share of active customers by branch
SELECT branch_id, round(100.0 * count(*) FILTER (WHERE active) / count(*), 1) AS active_percent
FROM customers GROUP BY branch_id ORDER BY branch_id;

-- category-share [none] Share of each category in spending
SELECT category, -sum(amount) AS spent, round(100 * sum(amount) / sum(sum(amount)) OVER (), 2) AS percent
FROM transactions WHERE amount < 0 GROUP BY category ORDER BY spent DESC;

-- spending-pivot [none] Spending by month with a column for each category
SELECT to_char(value_day, 'YYYY-MM') AS month,
       coalesce(-sum(amount) FILTER (WHERE category = 'groceries'), 0) AS groceries,
       coalesce(-sum(amount) FILTER (WHERE category = 'rent'), 0) AS rent,
       coalesce(-sum(amount) FILTER (WHERE category = 'travel'), 0) AS travel,
       coalesce(-sum(amount) FILTER (WHERE category NOT IN ('groceries', 'rent', 'travel')), 0) AS other
FROM transactions
WHERE amount < 0
GROUP BY 1
ORDER BY 1;

-- payments-by-state [none] Payments by state and currency
SELECT state, currency, count(*), sum(amount), avg(amount)::numeric(14,2) AS average FROM payments GROUP BY state, currency ORDER BY 1, 2;

-- rejected-share [none] Share of rejected payments by week
SELECT date_trunc('week', submitted)::date AS week,
       count(*) FILTER (WHERE state = 'rejected') AS rejected,
       count(*) AS total,
       round(100.0 * count(*) FILTER (WHERE state = 'rejected') / count(*), 2) AS percent
FROM payments
GROUP BY 1
HAVING count(*) >= 2
ORDER BY 1;

-- settlement-time [none] How long settlement takes
SELECT currency,
       avg(settled - submitted) AS average,
       percentile_cont(0.5) WITHIN GROUP (ORDER BY settled - submitted) AS median,
       percentile_cont(0.95) WITHIN GROUP (ORDER BY extract(epoch FROM settled - submitted)) AS p95_seconds
FROM payments WHERE state = 'settled' GROUP BY currency ORDER BY currency;

-- loans-by-product [none] The loan book by product
SELECT product, count(*) AS loans, sum(principal) AS principal, sum(outstanding) AS outstanding,
       round(sum(outstanding * percent) / nullif(sum(outstanding), 0), 3) AS weighted_percent
FROM loans GROUP BY product ORDER BY outstanding DESC;

-- overdue-buckets [none] Overdue loans in the usual buckets
SELECT CASE WHEN days_overdue = 0 THEN 'current'
            WHEN days_overdue <= 30 THEN '1-30'
            WHEN days_overdue <= 60 THEN '31-60'
            WHEN days_overdue <= 90 THEN '61-90'
            ELSE 'over 90' END AS bucket,
       count(*) AS loans, sum(outstanding) AS outstanding
FROM loans GROUP BY 1 ORDER BY min(days_overdue);

-- non-performing-ratio [none] Non-performing loans against the book
SELECT round(sum(outstanding) FILTER (WHERE days_overdue > 90) / sum(outstanding) * 100, 2) AS npl_percent FROM loans;

-- cards-by-brand [none] Cards by brand, and how many are blocked
SELECT brand, count(*) AS cards, count(*) FILTER (WHERE blocked) AS blocked, sum(monthly_limit) AS limits FROM cards GROUP BY brand ORDER BY brand;

-- expiring-cards [none] How many cards expire in each of the next months
SELECT date_trunc('month', expires)::date AS month, count(*) FROM cards WHERE expires BETWEEN DATE '2026-01-01' AND DATE '2027-06-30' GROUP BY 1 ORDER BY 1;

-- disputes-by-reason [none] Disputes by reason, what was won
SELECT reason, count(*) AS disputes, sum(amount) AS amount, count(*) FILTER (WHERE won) AS won,
       round(avg(closed - opened), 1) AS days_open
FROM disputes GROUP BY reason ORDER BY disputes DESC, reason;

-- turnover-rollup [none] Turnover by year, quarter and category with subtotals
SELECT extract(year FROM value_day) AS year, extract(quarter FROM value_day) AS quarter, category, sum(amount) AS amount
FROM transactions
GROUP BY ROLLUP (1, 2, 3)
ORDER BY 1 NULLS LAST, 2 NULLS LAST, 3 NULLS LAST;

-- segment-country-cube [none] Customers by segment and country with all totals
SELECT segment, country, count(*) AS customers, grouping(segment, country) AS level
FROM customers GROUP BY CUBE (segment, country) ORDER BY 4, 1, 2;

-- grouping-sets [none] Balances by kind and by currency, in one pass
SELECT kind, currency, sum(balance) AS balance FROM accounts GROUP BY GROUPING SETS ((kind), (currency), ()) ORDER BY 1, 2;

-- turnover-view [none] The monthly turnover from the view that the BI tool is given
SELECT month, sum(turnover) AS turnover, sum(bookings) AS bookings FROM bank.v_monthly_turnover WHERE currency = 'CHF' GROUP BY month ORDER BY month;

-- branch-balances-snapshot [none] Branch balances from the materialized view
SELECT b.city, m.currency, m.accounts, m.balance FROM bank.m_branch_balances m JOIN ref.branches b USING (branch_id) ORDER BY b.city, m.currency;

-- converted-turnover [none] Turnover in francs, by the house's function
SELECT ref.quarter_label(value_day) AS quarter, round(sum(ref.convert(amount, currency, value_day)), 2) AS turnover_chf
FROM transactions GROUP BY 1 ORDER BY 1;

-- converted-by-join [none] Turnover in francs, with the rate of the day or the last before it
SELECT date_trunc('month', t.value_day)::date AS month, round(sum(t.amount * coalesce(f.rate, 1)), 2) AS chf
FROM transactions t
LEFT JOIN LATERAL (SELECT rate FROM ref.fx WHERE base = t.currency AND quote = 'CHF' AND day <= t.value_day ORDER BY day DESC LIMIT 1) f ON true
GROUP BY 1 ORDER BY 1;

-- tellers-per-branch [none] Staff by branch and title
SELECT b.name, e.title, count(*) AS staff FROM hr.employees e JOIN ref.branches b USING (branch_id) GROUP BY b.name, e.title ORDER BY b.name, e.title;

-- customers-per-adviser [none] How many customers each adviser has
SELECT e.name AS adviser, count(c.customer_id) AS customers
FROM hr.employees e LEFT JOIN bank.customers c ON c.adviser_id = e.employee_id
GROUP BY e.employee_id, e.name ORDER BY customers DESC, e.name;

-- volume-by-weekday [none] Bookings by day of the week and hour
SELECT extract(isodow FROM booked) AS weekday, extract(hour FROM booked) AS hour, count(*) FROM transactions GROUP BY 1, 2 ORDER BY 1, 2;

-- devices-by-platform [none] Enrolled devices by platform
SELECT platform, count(*) AS devices, count(DISTINCT customer_id) AS customers, count(*) FILTER (WHERE trusted) AS trusted FROM devices GROUP BY platform ORDER BY platform;

-- kyc-backlog [none] Documents that wait for verification, by age
SELECT kind, count(*) AS waiting, min(received) AS oldest, max(DATE '2026-06-30' - received) AS oldest_days
FROM kyc_documents WHERE NOT verified GROUP BY kind ORDER BY kind;

-- kyc-expiring [none] Which documents have expired or will soon
SELECT document_id, customer_id, kind, expires FROM kyc_documents WHERE expires < DATE '2026-09-30' ORDER BY expires, document_id;

-- fee-income [none] Fee income by quarter against the quarter before
WITH fees AS (
  SELECT date_trunc('quarter', value_day)::date AS quarter, -sum(amount) AS income
  FROM transactions WHERE category = 'fees' AND amount < 0 GROUP BY 1
)
SELECT quarter, income, income - lag(income) OVER (ORDER BY quarter) AS change FROM fees ORDER BY quarter;

-- net-flows [none] Inflow, outflow and net by day for one month
SELECT value_day, sum(amount) FILTER (WHERE amount > 0) AS inflow, sum(amount) FILTER (WHERE amount < 0) AS outflow, sum(amount) AS net
FROM transactions WHERE value_day >= DATE '2025-03-01' AND value_day < DATE '2025-03-01' + INTERVAL '1 month' GROUP BY value_day ORDER BY value_day;

-- Windows, cohorts, top n

-- running-balance [none] Running total of one account
SELECT booked, amount, sum(amount) OVER (ORDER BY booked, transaction_id) AS running FROM transactions WHERE account_id = 17 ORDER BY booked, transaction_id;

-- moving-average [none] Seven-day moving average of bookings
SELECT value_day, count(*) AS bookings, round(avg(count(*)) OVER (ORDER BY value_day ROWS BETWEEN 6 PRECEDING AND CURRENT ROW), 2) AS average
FROM transactions GROUP BY value_day ORDER BY value_day;

-- top-accounts-per-branch [none] The three largest accounts of each branch
SELECT * FROM (
  SELECT c.branch_id, a.account_id, a.balance, row_number() OVER (PARTITION BY c.branch_id ORDER BY a.balance DESC, a.account_id) AS rank
  FROM accounts a JOIN customers c USING (customer_id)) ranked
WHERE rank <= 3 ORDER BY branch_id, rank;

-- top-customers-lateral [none] The last two bookings of the ten largest accounts
SELECT a.account_id, a.balance, t.booked, t.amount
FROM (SELECT account_id, balance FROM accounts ORDER BY balance DESC, account_id LIMIT 10) a
CROSS JOIN LATERAL (SELECT booked, amount FROM transactions x WHERE x.account_id = a.account_id ORDER BY booked DESC LIMIT 2) t
ORDER BY a.balance DESC, t.booked DESC;

-- cohort-activity [none] Customers by the year in which they joined, and how many still are active
SELECT extract(year FROM since)::int AS cohort, count(*) AS joined, count(*) FILTER (WHERE active) AS still_active
FROM customers GROUP BY 1 ORDER BY 1;

-- cohort-retention [none] Accounts by month of opening and months with bookings since
WITH first AS (SELECT account_id, min(date_trunc('month', value_day)) AS month FROM transactions GROUP BY account_id),
     activity AS (SELECT DISTINCT account_id, date_trunc('month', value_day) AS month FROM transactions)
SELECT f.month::date AS cohort, (extract(year FROM age(a.month, f.month)) * 12 + extract(month FROM age(a.month, f.month)))::int AS months_after,
       count(*) AS accounts
FROM first f JOIN activity a USING (account_id)
GROUP BY 1, 2 ORDER BY 1, 2;

-- quartiles [none] Accounts in quartiles of balance
SELECT quartile, count(*), min(balance), max(balance)
FROM (SELECT balance, ntile(4) OVER (ORDER BY balance) AS quartile FROM accounts WHERE currency = 'CHF') q GROUP BY quartile ORDER BY quartile;

-- rank-branches [none] Branches ranked by number of customers
SELECT branch_id, count(*) AS customers, rank() OVER (ORDER BY count(*) DESC) AS rank, dense_rank() OVER (ORDER BY count(*) DESC) AS dense
FROM customers GROUP BY branch_id ORDER BY rank, branch_id;

-- gaps-between-bookings [none] Accounts with long gaps between bookings
SELECT account_id, max(gap) AS longest_gap
FROM (SELECT account_id, value_day - lag(value_day) OVER (PARTITION BY account_id ORDER BY value_day, transaction_id) AS gap FROM transactions) g
GROUP BY account_id HAVING max(gap) > 90 ORDER BY longest_gap DESC, account_id;

-- first-and-last [none] First and last booking of each account
SELECT DISTINCT account_id,
       first_value(value_day) OVER w AS first_day, last_value(value_day) OVER w AS last_day
FROM transactions
WINDOW w AS (PARTITION BY account_id ORDER BY value_day ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)
ORDER BY account_id;

-- cumulative-share [none] Which accounts make up eighty percent of balances
SELECT account_id, balance, share FROM (
  SELECT account_id, balance, sum(balance) OVER (ORDER BY balance DESC, account_id) / sum(balance) OVER () AS share
  FROM accounts WHERE balance > 0) s
WHERE share <= 0.8 ORDER BY balance DESC, account_id;

-- year-over-year [none] Each month against the same month a year before
WITH m AS (SELECT date_trunc('month', value_day)::date AS month, sum(amount) AS amount FROM transactions GROUP BY 1)
SELECT m.month, m.amount, p.amount AS year_before, m.amount - p.amount AS difference
FROM m LEFT JOIN m p ON p.month = m.month - INTERVAL '1 year' ORDER BY m.month;

-- latest-rate [none] The latest rate of each pair
SELECT DISTINCT ON (base, quote) base, quote, day, rate FROM ref.fx ORDER BY base, quote, day DESC;

-- Calendars and series

-- calendar-with-zero-days [none] Bookings of every day, also where there are none
SELECT d::date AS day, count(t.transaction_id) AS bookings
FROM generate_series(DATE '2025-01-01', DATE '2025-01-31', INTERVAL '1 day') AS d
LEFT JOIN transactions t ON t.value_day = d::date
GROUP BY d ORDER BY d;

-- calendar-currencies [none] Every month and currency, also without turnover
SELECT m::date AS month, c.currency, coalesce(sum(t.amount), 0) AS turnover
FROM generate_series(DATE '2025-01-01', DATE '2025-12-01', INTERVAL '1 month') m
CROSS JOIN (VALUES ('CHF'), ('EUR'), ('USD')) AS c(currency)
LEFT JOIN transactions t ON date_trunc('month', t.value_day) = m AND t.currency = c.currency
GROUP BY m, c.currency ORDER BY 1, 2;

-- amortisation [none] A plan of repayment for one loan
WITH RECURSIVE plan(month, rest) AS (
  SELECT 0, principal FROM loans WHERE loan_id = 3
  UNION ALL
  SELECT month + 1, round(rest - (SELECT principal / term_months FROM loans WHERE loan_id = 3), 2)::bank.money FROM plan WHERE month < 12
)
SELECT month, rest FROM plan ORDER BY month;

-- rates-in-force [none] Rates in force on one day
SELECT product, percent, lower(valid) AS from_day, upper(valid) AS to_day FROM ref.rates WHERE valid @> DATE '2025-08-15' ORDER BY product, rate_id;

-- rates-overlap [none] Do two rates of one product overlap
SELECT a.product, a.rate_id, b.rate_id FROM ref.rates a JOIN ref.rates b ON a.product = b.product AND a.rate_id < b.rate_id AND a.valid && b.valid ORDER BY 1, 2, 3;

-- tiers-unnested [none] Tiers of each rate, one a line
SELECT r.product, t.position, t.tier FROM ref.rates r CROSS JOIN LATERAL unnest(r.tiers) WITH ORDINALITY AS t(tier, position) ORDER BY r.rate_id, t.position;

-- age-of-accounts [none] How old accounts are, in words
SELECT account_id, age(DATE '2026-07-01', opened) AS age, justify_interval(make_interval(days => DATE '2026-07-01' - opened)) AS justified
FROM accounts ORDER BY opened, account_id LIMIT 20;

-- business-days [none] Bookings on weekends
SELECT value_day, to_char(value_day, 'Dy') AS weekday, count(*) FROM transactions WHERE extract(isodow FROM value_day) IN (6, 7) GROUP BY 1 ORDER BY 1 LIMIT 30;

-- month-ends [none] Last day of each month and quarter
SELECT (date_trunc('month', d) + INTERVAL '1 month - 1 day')::date AS month_end, date_part('quarter', d) AS quarter
FROM generate_series('2025-01-01'::timestamp, '2025-12-01', '1 month') d ORDER BY 1;

-- in-local-time [none] When customers bank, in local time
SELECT extract(hour FROM booked AT TIME ZONE 'Europe/Zurich') AS hour, count(*) FROM transactions GROUP BY 1 ORDER BY 1;

-- Joins, existence, sets

-- customers-without-account [none] Customers who have no open account
SELECT c.customer_id, c.full_name FROM customers c
WHERE NOT EXISTS (SELECT 1 FROM accounts a WHERE a.customer_id = c.customer_id AND a.closed IS NULL) ORDER BY c.customer_id;

-- customers-with-loan-and-card [none] Customers with a loan and a card
SELECT c.customer_id, c.full_name, c.segment FROM customers c
WHERE EXISTS (SELECT FROM loans l WHERE l.customer_id = c.customer_id)
  AND c.customer_id IN (SELECT a.customer_id FROM accounts a JOIN cards k ON k.account_id = a.account_id)
ORDER BY c.customer_id;

-- savers-not-borrowers [none] Savers who do not borrow
SELECT customer_id FROM accounts WHERE kind = 'savings' EXCEPT SELECT customer_id FROM loans ORDER BY customer_id;

-- savers-and-borrowers [none] Savers who borrow too
SELECT customer_id FROM accounts WHERE kind = 'savings' INTERSECT SELECT customer_id FROM loans ORDER BY 1;

-- all-movements [none] Bookings and payments of one account in one list
SELECT 'booking' AS what, booked AS at, amount FROM transactions WHERE account_id = 12
UNION ALL
SELECT 'payment', submitted, -amount FROM payments WHERE account_id = 12
ORDER BY at, what;

-- self-join-managers [none] Staff and who they report to
SELECT e.name, e.title, m.name AS manager FROM hr.employees e LEFT JOIN hr.employees m ON m.employee_id = e.manager_id ORDER BY e.employee_id;

-- reporting-tree [none] The whole reporting line below the heads
WITH RECURSIVE line AS (
  SELECT employee_id, name, 1 AS depth, name::text AS path FROM hr.employees WHERE manager_id IS NULL
  UNION ALL
  SELECT e.employee_id, e.name, l.depth + 1, l.path || ' > ' || e.name FROM hr.employees e JOIN line l ON e.manager_id = l.employee_id
)
SELECT depth, path FROM line ORDER BY path;

-- branch-tree [none] Branches below each head branch
WITH RECURSIVE b AS (SELECT branch_id, parent_id, name, ARRAY[branch_id] AS path FROM ref.branches WHERE parent_id IS NULL
  UNION ALL SELECT c.branch_id, c.parent_id, c.name, b.path || c.branch_id FROM ref.branches c JOIN b ON c.parent_id = b.branch_id WHERE c.branch_id <> ALL (b.path))
SELECT name, array_length(path, 1) AS depth FROM b ORDER BY path;

-- full-join-reconcile [none] Payments against bookings by day, both ways
SELECT coalesce(p.day, t.day) AS day, p.n AS payments, t.n AS bookings
FROM (SELECT submitted::date AS day, count(*) AS n FROM payments GROUP BY 1) p
FULL JOIN (SELECT value_day AS day, count(*) AS n FROM transactions GROUP BY 1) t ON t.day = p.day
WHERE p.day IS NULL OR t.day IS NULL ORDER BY 1 LIMIT 50;

-- natural-join [none] Loans with their customers' segment, written briefly
SELECT loan_id, product, segment FROM loans NATURAL JOIN (SELECT customer_id, segment FROM customers) c ORDER BY loan_id;

-- semi-join-any [none] Accounts with a large booking
SELECT account_id, kind FROM accounts WHERE account_id = ANY (SELECT account_id FROM transactions WHERE abs(amount) > 2900) ORDER BY account_id;

-- correlated-max [none] Each account's largest booking
SELECT a.account_id, (SELECT max(t.amount) FROM transactions t WHERE t.account_id = a.account_id) AS largest FROM accounts a ORDER BY largest DESC NULLS LAST, a.account_id LIMIT 25;

-- above-average [none] Bookings above twice their category's average
SELECT t.transaction_id, t.category, t.amount FROM transactions t
WHERE t.amount > 0 AND t.amount > 2 * (SELECT avg(x.amount) FROM transactions x WHERE x.category = t.category AND x.amount > 0)
ORDER BY t.transaction_id;

-- values-mapping [none] Categories mapped to groups of the report
SELECT m.grouping_name, sum(t.amount) AS amount
FROM transactions t JOIN (VALUES ('groceries', 'living'), ('rent', 'living'), ('travel', 'leisure'), ('fees', 'bank')) AS m(category, grouping_name) USING (category)
GROUP BY 1 ORDER BY 1;

-- cross-sell [none] Which products customers hold together
WITH holdings AS (
  SELECT customer_id, 'account ' || kind::text AS product FROM accounts
  UNION SELECT customer_id, 'loan ' || product FROM loans
)
SELECT a.product, b.product AS together_with, count(*) AS customers
FROM holdings a JOIN holdings b ON a.customer_id = b.customer_id AND a.product < b.product
GROUP BY 1, 2 HAVING count(*) > 1 ORDER BY customers DESC, 1, 2;

-- partition-read [none] One half-year, read from its partition
SELECT category, count(*), sum(amount) FROM bank.transactions_2025h1 GROUP BY category ORDER BY category;

-- Text, arrays, JSON without protected columns

-- names-formatted [none] Names as letters need them
SELECT customer_id, upper(last_name) || ', ' || first_name AS letter_name, initcap(segment::text) AS segment, length(full_name) AS letters FROM customers ORDER BY last_name, first_name, customer_id LIMIT 40;

-- search-by-name [none] Find a customer by the beginning of a name
SELECT customer_id, full_name, segment FROM customers WHERE last_name ILIKE 'mei%' ORDER BY full_name, customer_id;

-- languages [none] Customers who want letters in French
SELECT customer_id, full_name, array_to_string(languages, '/') AS languages FROM customers WHERE 'fr' = ANY (languages) ORDER BY customer_id;

-- languages-count [none] How many customers for each language
SELECT language, count(*) FROM customers CROSS JOIN LATERAL unnest(languages) AS language GROUP BY language ORDER BY 2 DESC, 1;

-- preferences [none] Who wants paper
SELECT customer_id, preferences->>'theme' AS theme FROM customers WHERE (preferences->>'paper')::boolean ORDER BY customer_id;

-- preferences-contained [none] Who uses the dark theme
SELECT count(*) FROM customers WHERE preferences @> '{"theme": "dark"}';

-- opening-hours [none] Opening hours, one a line
SELECT b.name, h.key AS day, h.value #>> '{}' AS hours FROM ref.branches b CROSS JOIN LATERAL jsonb_each(b.opening_hours) h ORDER BY b.branch_id, h.key;

-- liveness [none] Distribution of the liveness score
SELECT width_bucket((checks->>'liveness')::int, 0, 100, 10) AS bucket, count(*) FROM kyc_documents GROUP BY 1 ORDER BY 1;

-- audit-slow [none] Slow actions in the audit trail
SELECT at, actor, action, object, (details->>'ms')::int AS ms FROM audit.events WHERE (details->>'ms')::int > 800 ORDER BY ms DESC, event_id;

-- audit-by-actor [none] Who exported most
SELECT actor, count(*) AS exports, max(at) AS last FROM audit.events WHERE action = 'export' GROUP BY actor ORDER BY exports DESC, actor LIMIT 10;

-- audit-objects [none] Kinds of objects in the audit trail
SELECT split_part(object, ':', 1) AS kind, count(DISTINCT split_part(object, ':', 2)) AS objects FROM audit.events GROUP BY 1 ORDER BY 1;

-- audit-failures [none] Failed actions with how long they took
SELECT event_id, at, actor, took FROM audit.events WHERE NOT (details->>'ok')::boolean AND took > INTERVAL '1 second' ORDER BY took DESC;

-- skills-search [none] Staff with one of two skills
SELECT name, skills FROM hr.employees WHERE skills && ARRAY['Zurich', 'fees'] ORDER BY employee_id;

-- tags-aggregated [none] Tags of bookings in one line each category
SELECT category, string_agg(DISTINCT tag, ', ' ORDER BY tag) AS tags FROM transactions CROSS JOIN LATERAL unnest(tags) AS tag GROUP BY category ORDER BY category;

-- json-for-dashboard [none] The dashboard's JSON
SELECT jsonb_agg(jsonb_build_object('branch', b.name, 'customers', n) ORDER BY b.name) AS dashboard
FROM ref.branches b JOIN (SELECT branch_id, count(*) AS n FROM customers GROUP BY branch_id) c USING (branch_id);

-- histogram [none] A histogram of bookings
SELECT width_bucket(amount, -3000, 3000, 12) AS bucket, min(amount), max(amount), count(*), repeat('*', (count(*) / 10)::int) AS bar FROM transactions GROUP BY 1 ORDER BY 1;

-- regexp-references [none] References that look made up
SELECT payment_id, reference FROM payments WHERE reference::text ~ '^0000' ORDER BY payment_id LIMIT 5;

-- distances [none] Branches near the head office
SELECT b.name, round((b.location <-> h.location)::numeric, 2) AS distance FROM ref.branches b, ref.branches h WHERE h.branch_id = 1 ORDER BY distance, b.name;

-- Paging and applications, without protected columns

-- page-accounts [none] The second page of accounts
SELECT account_id, kind, currency, balance FROM accounts ORDER BY account_id LIMIT 20 OFFSET 20;

-- page-keyset [none] The next page after a key
-- binds 40
SELECT account_id, kind, currency, balance FROM accounts WHERE account_id > $1 ORDER BY account_id LIMIT 20;

-- page-with-total [none] A page and how many there are
SELECT loan_id, product, outstanding, count(*) OVER () AS total FROM loans ORDER BY loan_id FETCH FIRST 10 ROWS ONLY;

-- account-by-id [none] An application reads an account
-- binds 17
SELECT account_id, customer_id, kind, currency, balance, available, opened, closed FROM bank.accounts WHERE account_id = $1;

-- bookings-of-account [none] An application reads an account's bookings
-- binds 17 | 2025-01-01 | 2025-06-30 | 50
SELECT transaction_id, booked, value_day, amount, currency, category, tags FROM bank.transactions
WHERE account_id = $1 AND value_day BETWEEN $2 AND $3 ORDER BY booked DESC LIMIT $4;

-- accounts-of-many [none] An application reads several accounts at once
-- binds {1,2,3,17}
SELECT account_id, balance FROM accounts WHERE account_id = ANY ($1::int[]) ORDER BY account_id;

-- optional-filter [none] A filter that may be left out
-- binds private |
SELECT customer_id, full_name FROM customers WHERE ($1::text IS NULL OR segment::text = $1) AND ($2::int IS NULL OR branch_id = $2) ORDER BY customer_id;

-- update-preferences [none] The portal stores a preference
-- binds light | 5
UPDATE bank.customers SET preferences = jsonb_set(preferences, '{theme}', to_jsonb($1::text)) WHERE customer_id = $2;

-- block-card [none] The portal blocks a card
-- binds 7
UPDATE bank.cards SET blocked = true WHERE card_id = $1 RETURNING card_id, blocked;

-- audit-insert [none] An application writes to the audit trail
-- binds teller | login | {"ms": 3, "ok": true}
INSERT INTO audit.events (at, actor, action, object, details, took) VALUES (TIMESTAMPTZ '2026-07-01 08:00+00', $1, $2, 'session:1', $3, INTERVAL '3 ms') RETURNING action;

-- fx-upsert [none] The rates job stores a rate
-- binds 2026-01-05 | 0.934100
INSERT INTO ref.fx (day, base, quote, rate) VALUES ($1, 'EUR', 'CHF', $2) ON CONFLICT (day, base, quote) DO UPDATE SET rate = excluded.rate;

-- fx-merge [none] The same with MERGE
MERGE INTO ref.fx f USING (VALUES (DATE '2026-01-05', 'USD', 0.81::numeric)) AS n(day, base, rate) ON f.day = n.day AND f.base = n.base AND f.quote = 'CHF'
WHEN MATCHED THEN UPDATE SET rate = n.rate
WHEN NOT MATCHED THEN INSERT VALUES (n.day, n.base, 'CHF', n.rate);

-- archive-events [none] Old events are deleted
DELETE FROM audit.events WHERE at < TIMESTAMPTZ '2025-01-05' AND action = 'view';

-- settle-in-transaction [none] A payment is settled in a transaction
BEGIN;
SELECT state FROM payments WHERE payment_id = 9 FOR UPDATE;
UPDATE payments SET state = 'settled', settled = TIMESTAMPTZ '2026-07-01 09:00+00' WHERE payment_id = 9;
COMMIT;

-- cursor-bookings [none] A batch job reads with a cursor
BEGIN;
DECLARE bookings NO SCROLL CURSOR FOR SELECT transaction_id, amount FROM transactions ORDER BY transaction_id;
FETCH 100 FROM bookings;
FETCH 100 FROM bookings;
CLOSE bookings;
COMMIT;

-- prepared-balance [none] A script that prepares its statement
PREPARE balance(int) AS SELECT sum(balance) FROM accounts WHERE customer_id = $1;
EXECUTE balance(5);
EXECUTE balance(6);
DEALLOCATE balance;

-- repeatable-read-report [none] Two reports of one moment
BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;
SELECT count(*) FROM accounts;
SELECT sum(balance) FROM accounts WHERE currency = 'CHF';
COMMIT;

-- export-fx [none] Rates for the risk system
COPY (SELECT day, base, rate FROM ref.fx WHERE day >= '2025-06-01' ORDER BY day, base) TO STDOUT (FORMAT csv, HEADER true);

-- export-loans-binary [none] The loan book for the warehouse
COPY (SELECT loan_id, product, principal, outstanding, percent FROM bank.loans ORDER BY loan_id) TO STDOUT (FORMAT binary);

-- export-table [none] A small table as a whole
COPY ref.countries TO STDOUT;

-- Checks of data, without protected columns

-- check-duplicates [none] Bookings that may have been made twice
SELECT account_id, value_day, amount, count(*) FROM transactions GROUP BY 1, 2, 3 HAVING count(*) > 1;

-- check-orphans [none] Bookings with a card of another account
SELECT count(*) FROM transactions t JOIN cards k ON k.card_id = t.card_id WHERE k.account_id <> t.account_id;

-- check-closed [none] Bookings after an account was closed
SELECT a.account_id, count(*) AS late FROM accounts a JOIN transactions t ON t.account_id = a.account_id AND t.value_day > a.closed GROUP BY a.account_id ORDER BY late DESC, a.account_id;

-- check-rates-missing [none] Days without a rate
SELECT d::date FROM generate_series(DATE '2025-01-01', DATE '2025-02-01', '1 day') d WHERE NOT EXISTS (SELECT 1 FROM ref.fx WHERE day = d::date AND base = 'EUR') ORDER BY 1;

-- check-settled-before-submitted [none] Payments settled before they were submitted
SELECT payment_id, submitted, settled FROM payments WHERE settled < submitted;

-- check-available [none] Is the computed column what it should be
SELECT count(*) FILTER (WHERE available IS DISTINCT FROM balance + overdraft) AS wrong FROM accounts;

-- check-null-share [none] How complete the columns of customers are
SELECT count(*) AS customers, count(adviser_id) AS with_adviser, round(100.0 * count(adviser_id) / count(*), 1) AS percent FROM customers;

-- Introspection

-- list-tables [none] Which tables there are
SELECT table_schema, table_name, table_type FROM information_schema.tables WHERE table_schema IN ('bank', 'hr', 'ref', 'audit') ORDER BY 1, 2;

-- list-columns [none] Columns of one table
SELECT column_name, data_type, is_nullable, column_default FROM information_schema.columns WHERE table_schema = 'bank' AND table_name = 'customers' ORDER BY ordinal_position;

-- list-keys [none] Keys of one table, as psql shows them
SELECT conname, contype, pg_get_constraintdef(oid) FROM pg_catalog.pg_constraint WHERE conrelid = 'bank.accounts'::regclass ORDER BY conname;

-- list-sizes [none] How large tables are
SELECT c.relname, pg_size_pretty(pg_total_relation_size(c.oid)) AS size FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'bank' AND c.relkind = 'r' ORDER BY pg_total_relation_size(c.oid) DESC, 1;

-- list-enums [none] Values of the enums
SELECT t.typname, e.enumlabel FROM pg_type t JOIN pg_enum e ON e.enumtypid = t.oid ORDER BY 1, e.enumsortorder;

-- list-indexes [none] Indexes of one table
SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'bank' AND tablename = 'transactions' ORDER BY 1;

-- version [none] What every tool asks first
SELECT version(), current_database(), current_user, current_schema();

-- explain-plan [none] How a report is run
EXPLAIN SELECT account_id, sum(amount) FROM transactions WHERE value_day >= '2025-07-01' GROUP BY account_id;

-- show-settings [none] What a tool asks when it connects
SHOW search_path;
SELECT name, setting FROM pg_settings WHERE name IN ('TimeZone', 'DateStyle', 'server_encoding') ORDER BY name;

-- Protected columns, plainly

-- customer-card [projected] The customer's card in the branch
SELECT customer_id, full_name, segment, since, ssn, date_of_birth, email, phone FROM bank.customers WHERE customer_id = 42;

-- customer-card-bound [projected] The same from the application
-- binds 42
SELECT customer_id, full_name, ssn, date_of_birth, email, phone, annual_income, pep FROM bank.customers WHERE customer_id = $1;

-- customer-star [projected] A tool opens a table
SELECT * FROM bank.customers LIMIT 100;

-- customer-star-table [projected] The same, shorter
TABLE bank.addresses;

-- customer-alias [projected] Labels for a letter
SELECT c.full_name AS "Name", c.email AS "E-Mail", c.phone AS "Telephone" FROM bank.customers AS c WHERE c.segment = 'private' ORDER BY c.customer_id;

-- customer-orm [projected] What an object mapper makes of it
-- binds 17
SELECT c1_0.customer_id, c1_0.branch_id, c1_0.email, c1_0.first_name, c1_0.last_name, c1_0.phone, c1_0.ssn FROM bank.customers c1_0 WHERE c1_0.customer_id = $1;

-- customer-with-address [projected] Addresses for a mailing
SELECT c.customer_id, c.full_name, a.line, a.postcode, a.city, a.country
FROM customers c JOIN addresses a ON a.customer_id = c.customer_id AND a.kind = 'home' WHERE c.active ORDER BY c.customer_id;

-- contacts-view [projected] Contacts from the view
SELECT customer_id, name, mail, call_number FROM bank.v_contacts WHERE country = 'CH' ORDER BY customer_id;

-- account-overview-view [projected] Overview from the view
SELECT * FROM bank.v_account_overview WHERE branch = 'Branch Zurich' ORDER BY account_id;

-- accounts-of-customer [projected] A customer's accounts
-- binds 15
SELECT account_id, iban, kind, currency, balance FROM bank.accounts WHERE customer_id = $1 ORDER BY account_id;

-- statement-of-account [projected] A statement with who paid
-- binds 17
SELECT value_day, amount, currency, counterparty_iban, remittance FROM bank.transactions WHERE account_id = $1 ORDER BY value_day, transaction_id;

-- cards-of-customer [projected] A customer's cards
SELECT k.card_id, k.brand, k.pan, k.expires, k.blocked FROM cards k JOIN accounts a USING (account_id) WHERE a.customer_id = 29 ORDER BY k.card_id;

-- expiring-card-list [projected] Cards that are to be replaced
SELECT k.card_id, k.pan, k.expires, c.full_name, c.email FROM cards k JOIN accounts a USING (account_id) JOIN customers c USING (customer_id)
WHERE k.expires < DATE '2026-08-01' ORDER BY k.expires, k.card_id;

-- payments-rejected-list [projected] Rejected payments and whom they were for
SELECT payment_id, amount, currency, creditor_name, creditor_iban, submitted FROM payments WHERE state = 'rejected' ORDER BY submitted DESC, payment_id;

-- large-payments [projected] Large payments for the second pair of eyes
SELECT p.payment_id, p.amount, p.currency, p.creditor_name, a.iban AS debtor FROM payments p JOIN accounts a USING (account_id) WHERE p.amount > 18000 ORDER BY p.amount DESC, p.payment_id;

-- loans-with-collateral [projected] Loans and their collateral
SELECT loan_id, product, outstanding, collateral_value FROM loans WHERE product = 'mortgage' ORDER BY loan_id;

-- staff-list [projected] The personnel list
SELECT employee_id, name, title, hired, salary, rating FROM hr.employees ORDER BY name;

-- staff-directory [none] The directory that everybody sees
SELECT * FROM hr.v_directory ORDER BY employee_id;

-- kyc-file [projected] One document for the officer
SELECT document_id, kind, received, verified, document FROM kyc_documents WHERE document_id = 12;

-- devices-of-customer [projected] A customer's devices
SELECT device_id, platform, enrolled, trusted, last_ip FROM devices WHERE customer_id = 30 ORDER BY enrolled;

-- open-disputes [projected] Open disputes with the card
SELECT dispute_id, card_pan, reason, amount, opened FROM disputes WHERE closed IS NULL ORDER BY opened, dispute_id;

-- cte-plain [projected] Large clients for the advisers
WITH rich AS (SELECT customer_id, sum(balance) AS total FROM accounts GROUP BY customer_id HAVING sum(balance) > 50000)
SELECT c.customer_id, c.full_name, c.phone, r.total FROM rich r JOIN customers c USING (customer_id) ORDER BY r.total DESC, c.customer_id;

-- cte-carries [projected] The same, with the contact inside
WITH contact AS (SELECT customer_id, email AS address FROM customers WHERE active)
SELECT a.account_id, k.address FROM accounts a JOIN contact k USING (customer_id) WHERE a.kind = 'custody' ORDER BY a.account_id;

-- subquery-plain [projected] Through a derived table
SELECT t.id, t.mail FROM (SELECT customer_id AS id, email AS mail, since FROM customers WHERE segment = 'business') t WHERE t.since > DATE '2015-01-01' ORDER BY t.id;

-- lateral-contact [projected] The latest address of each customer
SELECT c.customer_id, c.full_name, l.line, l.city FROM customers c
LEFT JOIN LATERAL (SELECT a.line, a.city FROM addresses a WHERE a.customer_id = c.customer_id ORDER BY a.valid_from DESC, a.address_id LIMIT 1) l ON true
ORDER BY c.customer_id LIMIT 50;

-- scalar-contact [projected] The adviser's list with each customer's mail
SELECT l.loan_id, l.days_overdue, (SELECT c.email FROM customers c WHERE c.customer_id = l.customer_id) AS mail FROM loans l WHERE l.days_overdue > 60 ORDER BY l.days_overdue DESC, l.loan_id;

-- union-contacts [projected] Mail addresses of customers and staff in one list
SELECT 'customer' AS who, customer_id AS id, email FROM customers WHERE active
UNION ALL
SELECT 'staff', employee_id, work_email FROM hr.employees
ORDER BY 1, 2;

-- top-n-contact [projected] Each branch's largest client with the phone
SELECT branch_id, full_name, phone, total FROM (
  SELECT c.branch_id, c.full_name, c.phone, sum(a.balance) AS total,
         row_number() OVER (PARTITION BY c.branch_id ORDER BY sum(a.balance) DESC, c.customer_id) AS n
  FROM customers c JOIN accounts a USING (customer_id) GROUP BY c.customer_id) r
WHERE n = 1 ORDER BY branch_id;

-- distinct-on-contact [projected] One account for each customer
SELECT DISTINCT ON (customer_id) customer_id, account_id, iban FROM accounts ORDER BY customer_id, opened DESC, account_id;

-- page-customers [projected] A page of customers
SELECT customer_id, full_name, email FROM customers ORDER BY customer_id LIMIT 20 OFFSET 40;

-- page-customers-bound [projected] A page of customers for the portal
-- binds 20 | 60
SELECT customer_id, full_name, email, phone FROM customers ORDER BY full_name, customer_id LIMIT $1 OFFSET $2;

-- export-contacts [projected] Contacts for the mailing house
COPY (SELECT customer_id, full_name, email FROM bank.customers WHERE active ORDER BY customer_id) TO STDOUT (FORMAT csv, HEADER true);

-- export-accounts [projected] Accounts for the warehouse
COPY bank.accounts (account_id, customer_id, iban, currency, balance) TO STDOUT;

-- export-customers-binary [projected] Customers for the warehouse
COPY (SELECT customer_id, ssn, date_of_birth, annual_income FROM bank.customers ORDER BY customer_id) TO STDOUT (FORMAT binary);

-- cursor-customers [projected] A batch job that writes letters
BEGIN;
DECLARE letters CURSOR FOR SELECT customer_id, full_name, email FROM customers ORDER BY customer_id;
FETCH 50 FROM letters;
FETCH 50 FROM letters;
COMMIT;

-- prepared-customer [projected] A script that prepares its look-up
PREPARE person(int) AS SELECT full_name, ssn, email FROM bank.customers WHERE customer_id = $1;
EXECUTE person(3);
EXECUTE person(4);

-- update-returning-contact [projected] The portal changes a mail address and reads it back
-- binds secret.new@mail.example | 8
UPDATE bank.customers SET email = $1 WHERE customer_id = $2 RETURNING customer_id, email;

-- insert-address-returning [projected] A new address
-- binds 901 | 8 | SECRET Street 5
INSERT INTO bank.addresses (address_id, customer_id, kind, line, postcode, city, country, valid_from)
VALUES ($1, $2, 'mail', $3, '8001', 'Zurich', 'CH', DATE '2026-07-01') RETURNING address_id, line;

-- delete-device-returning [projected] A lost device
-- binds 99
DELETE FROM bank.devices WHERE device_id = $1 RETURNING device_id, last_ip;

-- partition-statement [projected] Bookings of one half-year
SELECT transaction_id, value_day, amount, counterparty_iban FROM bank.transactions_2025h2 WHERE account_id = 20 ORDER BY transaction_id;

-- Something made of protected columns

-- masked-by-hand [derived] An analyst's own mask for a card
SELECT card_id, '**** ' || right(pan, 4) AS card FROM cards ORDER BY card_id LIMIT 30;

-- age-of-customers [derived] How old customers are
SELECT customer_id, segment, extract(year FROM age(DATE '2026-07-01', date_of_birth))::int AS age FROM customers ORDER BY customer_id;

-- birthday-month [derived] Birthdays by month
SELECT customer_id, full_name, to_char(date_of_birth, 'DD Mon') AS birthday FROM customers WHERE active ORDER BY customer_id;

-- age-bands [derived, predicate] Customers by age band
SELECT (2026 - extract(year FROM date_of_birth))::int / 10 * 10 AS band, count(*) AS customers FROM customers WHERE date_of_birth IS NOT NULL GROUP BY 1 ORDER BY 1;

-- age-bands-view [derived, predicate] The same from the view
SELECT age_band, segment, count(*) FROM bank.v_ages GROUP BY 1, 2 ORDER BY 1, 2;

-- mail-hosts [derived, predicate] Which mail providers customers use
SELECT split_part(email, '@', 2) AS host, count(*) FROM customers WHERE email IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1;

-- average-salary [derived] Average salary by title
SELECT title, count(*) AS staff, round(avg(salary), 2) AS average FROM hr.employees GROUP BY title ORDER BY title;

-- salary-median [derived] Median salary by branch
SELECT branch_id, percentile_cont(0.5) WITHIN GROUP (ORDER BY salary) AS median FROM hr.employees GROUP BY branch_id ORDER BY branch_id;

-- salary-share [derived] Each salary's share of the branch
SELECT employee_id, branch_id, round(salary / sum(salary) OVER (PARTITION BY branch_id), 4) AS share FROM hr.employees ORDER BY branch_id, employee_id;

-- compensation [derived] Salary and bonus together
SELECT employee_id, name, salary + coalesce(bonus, 0) AS compensation FROM hr.employees ORDER BY employee_id;

-- income-by-segment [derived] Income by segment
SELECT segment, round(avg(annual_income)) AS average, min(annual_income), max(annual_income) FROM customers GROUP BY segment ORDER BY segment;

-- loan-to-value [derived] Loan to value
SELECT loan_id, round(outstanding / nullif(collateral_value, 0) * 100, 1) AS ltv FROM loans ORDER BY loan_id;

-- contact-string [derived] A label with the contact
SELECT customer_id, full_name || ' <' || coalesce(email, 'no mail') || '>' AS label FROM customers ORDER BY customer_id LIMIT 30;

-- contact-format [derived] The same, formatted
SELECT format('%s (%s)', full_name, phone) AS label FROM customers WHERE branch_id = 2 ORDER BY customer_id;

-- address-block [derived] An address in one field
SELECT customer_id, concat_ws(E'\n', line, concat_ws(' ', postcode, city), country) AS block FROM addresses WHERE kind = 'home' ORDER BY address_id LIMIT 30;

-- has-mail [derived] Who can be reached by mail
SELECT customer_id, email IS NOT NULL AS reachable FROM customers ORDER BY customer_id;

-- reachable-share [derived] How many can be reached
SELECT count(email) AS by_mail, count(phone) AS by_phone, count(*) AS customers FROM customers;

-- contact-preferred [derived] The first contact that there is
SELECT customer_id, coalesce(email, phone, 'letter') AS contact FROM customers ORDER BY customer_id;

-- pseudonym [derived] A pseudonym for a study
SELECT md5(ssn) AS pseudonym, segment, country FROM customers ORDER BY customer_id;

-- kyc-name [derived] The name in the document
SELECT document_id, document->'holder'->>'name' AS holder, document->>'number' AS number FROM kyc_documents ORDER BY document_id LIMIT 40;

-- kyc-lines [derived] The machine-readable lines
SELECT d.document_id, l.line FROM kyc_documents d CROSS JOIN LATERAL jsonb_array_elements_text(d.document->'lines') AS l(line) WHERE d.kind = 'passport' ORDER BY d.document_id, l.line;

-- row-as-json [derived] A customer as JSON for another system
SELECT row_to_json(c) FROM (SELECT customer_id, full_name, email FROM customers WHERE branch_id = 3 ORDER BY customer_id) c;

-- contacts-aggregated [derived] All addresses of a branch in one field
SELECT branch_id, string_agg(email, '; ' ORDER BY customer_id) AS recipients FROM customers WHERE active GROUP BY branch_id ORDER BY branch_id;

-- accounts-aggregated [derived] Each customer's account numbers
SELECT customer_id, array_agg(iban ORDER BY account_id) AS ibans FROM accounts GROUP BY customer_id ORDER BY customer_id LIMIT 40;

-- risk-rounded [derived] Risk in percent
SELECT customer_id, round((risk_score * 100)::numeric, 1) AS risk FROM customers ORDER BY customer_id;

-- pep-label [derived] Flags in words
SELECT customer_id, CASE WHEN pep THEN 'yes' ELSE 'no' END AS exposed FROM customers ORDER BY customer_id;

-- subnet [derived] Networks of devices
SELECT device_id, network(set_masklen(last_ip, 16)) AS net FROM devices WHERE platform = 'web' ORDER BY device_id;

-- Rows chosen by protected columns

-- find-by-iban [predicate] Support looks up an account by its number
-- binds CH93SECRET00171202
SELECT account_id, customer_id, kind FROM bank.accounts WHERE iban = $1;

-- find-by-phone [projected, predicate] A caller gives the number
-- binds +41SECRET00017717
SELECT customer_id, full_name, phone FROM bank.customers WHERE phone = $1;

-- find-by-mail [projected, predicate] A mail came from this address
SELECT customer_id, full_name, email FROM bank.customers WHERE lower(email) = 'secret.0012@mail.example';

-- find-by-pan [predicate] The card scheme asks about a card
-- binds 4929SECRET00017717
SELECT k.card_id, k.blocked, c.full_name FROM cards k JOIN accounts a USING (account_id) JOIN customers c USING (customer_id) WHERE k.pan = $1;

-- find-by-address [predicate] Somebody at this street
SELECT customer_id, city FROM addresses WHERE line ILIKE '%lane 0012%';

-- pep-list [predicate] Politically exposed customers by branch
SELECT branch_id, count(*) FROM customers WHERE pep GROUP BY branch_id ORDER BY branch_id;

-- born-before [predicate] Customers who are pensioners
SELECT customer_id, full_name FROM customers WHERE date_of_birth < DATE '1961-07-01' ORDER BY customer_id;

-- no-contact [predicate] Customers without any contact
SELECT customer_id, full_name FROM customers WHERE email IS NULL AND phone IS NULL ORDER BY customer_id;

-- disputes-with-cards [predicate] Disputes joined by the card's number
SELECT d.dispute_id, d.reason, d.amount, k.brand, k.card_id FROM disputes d JOIN cards k ON k.pan = d.card_pan ORDER BY d.dispute_id;

-- payments-inside [predicate] Payments from one of our accounts to another
SELECT p.payment_id, p.amount, a.account_id AS to_account FROM payments p JOIN accounts a ON a.iban = p.creditor_iban ORDER BY p.payment_id;

-- shared-address [projected, predicate] Customers at one address
SELECT line, postcode, count(DISTINCT customer_id) AS customers FROM addresses GROUP BY line, postcode HAVING count(DISTINCT customer_id) > 1 ORDER BY customers DESC;

-- duplicate-ssn [projected, predicate] Numbers that are there twice
SELECT ssn, count(*) FROM customers GROUP BY ssn HAVING count(*) > 1;

-- top-counterparties [projected, predicate] Where most money goes
SELECT counterparty_iban, count(*) AS bookings, sum(amount) AS amount FROM transactions WHERE counterparty_iban IS NOT NULL GROUP BY counterparty_iban ORDER BY bookings DESC, 1 LIMIT 10;

-- count-counterparties [derived] How many counterparties an account has
SELECT account_id, count(DISTINCT counterparty_iban) AS counterparties FROM transactions GROUP BY account_id ORDER BY 2 DESC, 1 LIMIT 20;

-- remittance-search [predicate] Bookings that speak of rent
SELECT transaction_id, account_id, amount FROM transactions WHERE remittance LIKE 'rent%' AND category <> 'rent' ORDER BY transaction_id LIMIT 40;

-- best-paid [projected, predicate] The ten best paid
SELECT name, title, salary FROM hr.employees ORDER BY salary DESC LIMIT 10;

-- raises [predicate] Who earns less than the average of the branch
SELECT e.employee_id, e.name FROM hr.employees e WHERE e.salary < (SELECT avg(x.salary) FROM hr.employees x WHERE x.branch_id = e.branch_id) ORDER BY e.employee_id;

-- high-risk [projected, predicate] Customers of high risk
SELECT customer_id, full_name, risk_score FROM customers WHERE risk_score > 0.95 ORDER BY customer_id;

-- same-device [predicate] Devices of two customers on one address
SELECT a.device_id, b.device_id AS other FROM devices a JOIN devices b ON a.last_ip = b.last_ip AND a.device_id < b.device_id AND a.customer_id <> b.customer_id ORDER BY 1, 2;

-- kyc-expired-number [predicate] Which document has this number
SELECT document_id, customer_id FROM kyc_documents WHERE document->>'number' = 'SECRET-0012-2613';

-- sorted-by-iban [projected, predicate] Accounts in the order of their number
SELECT iban, balance FROM accounts ORDER BY iban LIMIT 25;

-- customers-sorted-by-birth [projected, predicate] The oldest customers
SELECT customer_id, full_name, date_of_birth FROM customers ORDER BY date_of_birth NULLS LAST, customer_id LIMIT 10;

-- mail-format-check [predicate] Addresses that cannot be right
SELECT count(*) FROM customers WHERE email !~ '^[^@ ]+@[^@ ]+$';

-- iban-country-check [derived, predicate] Accounts by the country in their number
SELECT iban_country, count(*) FROM accounts GROUP BY iban_country ORDER BY 1;

-- sick-days [derived] Sick days by branch
SELECT branch_id, sum(sick_days) AS days, round(avg(sick_days), 1) AS average FROM hr.employees GROUP BY branch_id ORDER BY branch_id;

-- ratings [predicate] How ratings are spread
SELECT rating, count(*) FROM hr.employees GROUP BY rating ORDER BY rating;

-- What a bank's analysts, administrators and applications ask at MySQL and MariaDB: analyst.sql of the folder above in
-- their words. What the lines mean stands at its head; parameters are question marks.

-- Reports

-- turnover-by-month [none] Turnover by month and currency, for the monthly pack
SELECT DATE_FORMAT(value_day, '%Y-%m-01') AS month, currency, SUM(amount) AS turnover, COUNT(*) AS bookings
FROM bank.transactions
GROUP BY month, currency
ORDER BY month, currency;

-- balances-by-branch [none] Sum of balances by branch and currency
SELECT b.name AS branch, a.currency, COUNT(*) AS accounts, SUM(a.balance) AS balance
FROM accounts a
JOIN customers c ON c.customer_id = a.customer_id
JOIN branches b ON b.branch_id = c.branch_id
WHERE a.closed IS NULL
GROUP BY b.name, a.currency
ORDER BY b.name, a.currency;

-- customers-by-segment [none] How many customers in each segment, and since when
SELECT segment, COUNT(*) AS customers, MIN(since) AS first, MAX(since) AS last FROM bank.customers GROUP BY segment ORDER BY segment;

-- active-share [none] Share of active customers by branch
SELECT branch_id, ROUND(100.0 * SUM(active) / COUNT(*), 1) AS active_percent
FROM customers GROUP BY branch_id ORDER BY branch_id;

-- category-share [none] Share of each category in spending
SELECT category, -SUM(amount) AS spent, ROUND(100 * SUM(amount) / SUM(SUM(amount)) OVER (), 2) AS percent
FROM transactions WHERE amount < 0 GROUP BY category ORDER BY spent DESC;

-- spending-pivot [none] Spending by month with a column for each category
SELECT DATE_FORMAT(value_day, '%Y-%m') AS month,
       -SUM(IF(category = 'groceries', amount, 0)) AS groceries,
       -SUM(IF(category = 'rent', amount, 0)) AS rent,
       -SUM(IF(category = 'travel', amount, 0)) AS travel,
       -SUM(CASE WHEN category NOT IN ('groceries', 'rent', 'travel') THEN amount ELSE 0 END) AS other
FROM transactions
WHERE amount < 0
GROUP BY 1
ORDER BY 1;

-- payments-by-state [none] Payments by state and currency
SELECT state, currency, COUNT(*), SUM(amount), CAST(AVG(amount) AS DECIMAL(14,2)) AS average FROM payments GROUP BY state, currency ORDER BY 1, 2;

-- rejected-share [none] Share of rejected payments by week
SELECT YEARWEEK(submitted, 3) AS week, SUM(state = 'rejected') AS rejected, COUNT(*) AS total,
       ROUND(100.0 * SUM(state = 'rejected') / COUNT(*), 2) AS percent
FROM payments
GROUP BY week
HAVING COUNT(*) >= 2
ORDER BY week;

-- settlement-time [none] How long settlement takes
SELECT currency, AVG(TIMESTAMPDIFF(SECOND, submitted, settled)) AS average, MAX(TIMESTAMPDIFF(HOUR, submitted, settled)) AS longest
FROM payments WHERE state = 'settled' GROUP BY currency ORDER BY currency;

-- loans-by-product [none] The loan book by product
SELECT product, COUNT(*) AS loans, SUM(principal) AS principal, SUM(outstanding) AS outstanding,
       ROUND(SUM(outstanding * percent) / NULLIF(SUM(outstanding), 0), 3) AS weighted_percent
FROM loans GROUP BY product ORDER BY outstanding DESC;

-- overdue-buckets [none] Overdue loans in the usual buckets
SELECT CASE WHEN days_overdue = 0 THEN 'current'
            WHEN days_overdue <= 30 THEN '1-30'
            WHEN days_overdue <= 60 THEN '31-60'
            WHEN days_overdue <= 90 THEN '61-90'
            ELSE 'over 90' END AS bucket,
       COUNT(*) AS loans, SUM(outstanding) AS outstanding
FROM loans GROUP BY bucket ORDER BY MIN(days_overdue);

-- non-performing-ratio [none] Non-performing loans against the book
SELECT ROUND(SUM(IF(days_overdue > 90, outstanding, 0)) / SUM(outstanding) * 100, 2) AS npl_percent FROM loans;

-- cards-by-brand [none] Cards by brand, and how many are blocked
SELECT brand, COUNT(*) AS cards, SUM(blocked) AS blocked, SUM(monthly_limit) AS limits FROM cards GROUP BY brand ORDER BY brand;

-- expiring-cards [none] How many cards expire in each of the next months
SELECT DATE_FORMAT(expires, '%Y-%m') AS month, COUNT(*) FROM cards WHERE expires BETWEEN DATE '2026-01-01' AND DATE '2027-06-30' GROUP BY month ORDER BY month;

-- disputes-by-reason [none] Disputes by reason, what was won
SELECT reason, COUNT(*) AS disputes, SUM(amount) AS amount, SUM(won) AS won, ROUND(AVG(DATEDIFF(closed, opened)), 1) AS days_open
FROM disputes GROUP BY reason ORDER BY disputes DESC, reason;

-- turnover-rollup [none] Turnover by year, quarter and category with subtotals
SELECT YEAR(value_day) AS year, QUARTER(value_day) AS quarter, category, SUM(amount) AS amount
FROM transactions
GROUP BY YEAR(value_day), QUARTER(value_day), category WITH ROLLUP;

-- segment-rollup [none] Customers by segment and country with totals
SELECT segment, country, COUNT(*) AS customers FROM customers GROUP BY segment, country WITH ROLLUP;

-- by-kind-and-currency [none] Balances by kind and by currency
SELECT kind, NULL AS currency, SUM(balance) AS balance FROM accounts GROUP BY kind
UNION ALL
SELECT NULL, currency, SUM(balance) FROM accounts GROUP BY currency
ORDER BY 1, 2;

-- turnover-view [none] The monthly turnover from the view that the BI tool is given
SELECT month, SUM(turnover) AS turnover, SUM(bookings) AS bookings FROM bank.v_monthly_turnover WHERE currency = 'CHF' GROUP BY month ORDER BY month;

-- branch-balances [none] Branch balances by currency
SELECT b.city, m.currency, m.accounts, m.balance
FROM (SELECT c.branch_id, a.currency, COUNT(*) AS accounts, SUM(a.balance) AS balance FROM accounts a JOIN customers c USING (customer_id) GROUP BY 1, 2) m
JOIN branches b USING (branch_id) ORDER BY b.city, m.currency;

-- converted-turnover [none] Turnover in francs, with the rate of the day or the last before it
SELECT DATE_FORMAT(t.value_day, '%Y-%m') AS month,
       ROUND(SUM(t.amount * COALESCE((SELECT f.rate FROM fx f WHERE f.base = t.currency AND f.quote = 'CHF' AND f.day <= t.value_day ORDER BY f.day DESC LIMIT 1), 1)), 2) AS chf
FROM transactions t GROUP BY month ORDER BY month;

-- tellers-per-branch [none] Staff by branch and title
SELECT b.name, e.title, COUNT(*) AS staff FROM employees e JOIN branches b USING (branch_id) GROUP BY b.name, e.title ORDER BY b.name, e.title;

-- customers-per-adviser [none] How many customers each adviser has
SELECT e.name AS adviser, COUNT(c.customer_id) AS customers
FROM employees e LEFT JOIN customers c ON c.adviser_id = e.employee_id
GROUP BY e.employee_id, e.name ORDER BY customers DESC, e.name;

-- volume-by-weekday [none] Bookings by day of the week and hour
SELECT WEEKDAY(booked) AS weekday, HOUR(booked) AS hour, COUNT(*) FROM transactions GROUP BY 1, 2 ORDER BY 1, 2;

-- devices-by-platform [none] Enrolled devices by platform
SELECT platform, COUNT(*) AS devices, COUNT(DISTINCT customer_id) AS customers, SUM(trusted) AS trusted FROM devices GROUP BY platform ORDER BY platform;

-- kyc-backlog [none] Documents that wait for verification, by age
SELECT kind, COUNT(*) AS waiting, MIN(received) AS oldest, MAX(DATEDIFF(DATE '2026-06-30', received)) AS oldest_days
FROM kyc_documents WHERE NOT verified GROUP BY kind ORDER BY kind;

-- kyc-expiring [none] Which documents have expired or will soon
SELECT document_id, customer_id, kind, expires FROM kyc_documents WHERE expires < DATE '2026-09-30' ORDER BY expires, document_id;

-- fee-income [none] Fee income by quarter against the quarter before
WITH fees AS (
  SELECT CONCAT(YEAR(value_day), 'Q', QUARTER(value_day)) AS quarter, -SUM(amount) AS income
  FROM transactions WHERE category = 'fees' AND amount < 0 GROUP BY 1
)
SELECT quarter, income, income - LAG(income) OVER (ORDER BY quarter) AS difference FROM fees ORDER BY quarter;

-- net-flows [none] Inflow, outflow and net by day for one month
SELECT value_day, SUM(IF(amount > 0, amount, 0)) AS inflow, SUM(IF(amount < 0, amount, 0)) AS outflow, SUM(amount) AS net
FROM transactions WHERE value_day >= DATE '2025-03-01' AND value_day < DATE '2025-03-01' + INTERVAL 1 MONTH GROUP BY value_day ORDER BY value_day;

-- Windows, cohorts, top n

-- running-balance [none] Running total of one account
SELECT booked, amount, SUM(amount) OVER (ORDER BY booked, transaction_id) AS running FROM transactions WHERE account_id = 17 ORDER BY booked, transaction_id;

-- moving-average [none] Seven-day moving average of bookings
SELECT value_day, COUNT(*) AS bookings, ROUND(AVG(COUNT(*)) OVER (ORDER BY value_day ROWS BETWEEN 6 PRECEDING AND CURRENT ROW), 2) AS average
FROM transactions GROUP BY value_day ORDER BY value_day;

-- top-accounts-per-branch [none] The three largest accounts of each branch
SELECT * FROM (
  SELECT c.branch_id, a.account_id, a.balance, ROW_NUMBER() OVER (PARTITION BY c.branch_id ORDER BY a.balance DESC, a.account_id) AS place
  FROM accounts a JOIN customers c USING (customer_id)) ranked
WHERE place <= 3 ORDER BY branch_id, place;

-- last-bookings [none] The last two bookings of each account
WITH numbered AS (SELECT account_id, booked, amount, ROW_NUMBER() OVER (PARTITION BY account_id ORDER BY booked DESC, transaction_id) AS n FROM transactions)
SELECT account_id, booked, amount FROM numbered WHERE n <= 2 ORDER BY account_id, booked DESC LIMIT 40;

-- cohort-activity [none] Customers by the year in which they joined, and how many still are active
SELECT YEAR(since) AS cohort, COUNT(*) AS joined, SUM(active) AS still_active FROM customers GROUP BY cohort ORDER BY cohort;

-- cohort-retention [none] Accounts by month of opening and months with bookings since
WITH first AS (SELECT account_id, MIN(DATE_FORMAT(value_day, '%Y%m')) AS month FROM transactions GROUP BY account_id),
     activity AS (SELECT DISTINCT account_id, DATE_FORMAT(value_day, '%Y%m') AS month FROM transactions)
SELECT f.month AS cohort, PERIOD_DIFF(a.month, f.month) AS months_after, COUNT(*) AS accounts
FROM first f JOIN activity a USING (account_id)
GROUP BY 1, 2 ORDER BY 1, 2;

-- quartiles [none] Accounts in quartiles of balance
SELECT quartile, COUNT(*), MIN(balance), MAX(balance)
FROM (SELECT balance, NTILE(4) OVER (ORDER BY balance) AS quartile FROM accounts WHERE currency = 'CHF') q GROUP BY quartile ORDER BY quartile;

-- rank-branches [none] Branches ranked by number of customers
SELECT branch_id, COUNT(*) AS customers, RANK() OVER (ORDER BY COUNT(*) DESC) AS place, DENSE_RANK() OVER (ORDER BY COUNT(*) DESC) AS dense
FROM customers GROUP BY branch_id ORDER BY place, branch_id;

-- gaps-between-bookings [none] Accounts with long gaps between bookings
SELECT account_id, MAX(gap) AS longest_gap
FROM (SELECT account_id, DATEDIFF(value_day, LAG(value_day) OVER (PARTITION BY account_id ORDER BY value_day, transaction_id)) AS gap FROM transactions) g
GROUP BY account_id HAVING MAX(gap) > 90 ORDER BY longest_gap DESC, account_id;

-- first-and-last [none] First and last booking of each account
SELECT DISTINCT account_id, FIRST_VALUE(value_day) OVER w AS first_day, LAST_VALUE(value_day) OVER w AS last_day
FROM transactions
WINDOW w AS (PARTITION BY account_id ORDER BY value_day ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)
ORDER BY account_id;

-- cumulative-share [none] Which accounts make up eighty percent of balances
SELECT account_id, balance, share FROM (
  SELECT account_id, balance, SUM(balance) OVER (ORDER BY balance DESC, account_id) / SUM(balance) OVER () AS share
  FROM accounts WHERE balance > 0) s
WHERE share <= 0.8 ORDER BY balance DESC, account_id;

-- year-over-year [none] Each month against the same month a year before
WITH m AS (SELECT DATE_FORMAT(value_day, '%Y%m') AS month, SUM(amount) AS amount FROM transactions GROUP BY 1)
SELECT m.month, m.amount, p.amount AS year_before, m.amount - p.amount AS difference
FROM m LEFT JOIN m p ON p.month = PERIOD_ADD(m.month, -12) ORDER BY m.month;

-- latest-rate [none] The latest rate of each pair
SELECT f.base, f.quote, f.day, f.rate FROM fx f
JOIN (SELECT base, quote, MAX(day) AS day FROM fx GROUP BY base, quote) l ON l.base = f.base AND l.quote = f.quote AND l.day = f.day
ORDER BY f.base, f.quote;

-- Calendars and series

-- calendar-with-zero-days [none] Bookings of every day, also where there are none
WITH RECURSIVE d(day) AS (SELECT DATE '2025-01-01' UNION ALL SELECT day + INTERVAL 1 DAY FROM d WHERE day < DATE '2025-01-31')
SELECT d.day, COUNT(t.transaction_id) AS bookings FROM d LEFT JOIN transactions t ON t.value_day = d.day GROUP BY d.day ORDER BY d.day;

-- calendar-currencies [none] Every month and currency, also without turnover
WITH RECURSIVE m(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM m WHERE n < 12)
SELECT m.n AS month, c.currency, COALESCE(SUM(t.amount), 0) AS turnover
FROM m CROSS JOIN (SELECT 'CHF' AS currency UNION ALL SELECT 'EUR' UNION ALL SELECT 'USD') c
LEFT JOIN transactions t ON MONTH(t.value_day) = m.n AND YEAR(t.value_day) = 2025 AND t.currency = c.currency
GROUP BY m.n, c.currency ORDER BY 1, 2;

-- amortisation [none] A plan of repayment for one loan
WITH RECURSIVE plan(month, rest) AS (
  SELECT 0, principal FROM loans WHERE loan_id = 3
  UNION ALL
  SELECT month + 1, CAST(rest - (SELECT principal / term_months FROM loans WHERE loan_id = 3) AS DECIMAL(14,2)) FROM plan WHERE month < 12
)
SELECT month, rest FROM plan ORDER BY month;

-- rates-in-force [none] Rates in force on one day
SELECT product, percent, valid_from, valid_to FROM rates WHERE DATE '2025-08-15' BETWEEN valid_from AND valid_to ORDER BY product, rate_id;

-- rates-overlap [none] Do two rates of one product overlap
SELECT a.product, a.rate_id, b.rate_id FROM rates a JOIN rates b ON a.product = b.product AND a.rate_id < b.rate_id AND a.valid_from < b.valid_to AND b.valid_from < a.valid_to ORDER BY 1, 2, 3;

-- tiers-unnested [none] Tiers of each rate, one a line
SELECT r.product, t.position, t.tier FROM rates r, JSON_TABLE(r.tiers, '$[*]' COLUMNS (position FOR ORDINALITY, tier INT PATH '$')) t ORDER BY r.rate_id, t.position;

-- age-of-accounts [none] How old accounts are
SELECT account_id, TIMESTAMPDIFF(YEAR, opened, DATE '2026-07-01') AS years, DATEDIFF(DATE '2026-07-01', opened) AS days
FROM accounts ORDER BY opened, account_id LIMIT 20;

-- business-days [none] Bookings on weekends
SELECT value_day, DAYNAME(value_day) AS weekday, COUNT(*) FROM transactions WHERE WEEKDAY(value_day) IN (5, 6) GROUP BY value_day ORDER BY value_day LIMIT 30;

-- month-ends [none] Last day of each month of bookings
SELECT DISTINCT LAST_DAY(value_day) AS month_end, QUARTER(value_day) AS quarter FROM transactions ORDER BY 1;

-- in-local-time [none] When customers bank, in local time
SELECT HOUR(CONVERT_TZ(booked, '+00:00', '+02:00')) AS hour, COUNT(*) FROM transactions GROUP BY 1 ORDER BY 1;

-- Joins, existence, sets

-- customers-without-account [none] Customers who have no open account
SELECT c.customer_id, c.full_name FROM customers c
WHERE NOT EXISTS (SELECT 1 FROM accounts a WHERE a.customer_id = c.customer_id AND a.closed IS NULL) ORDER BY c.customer_id;

-- customers-with-loan-and-card [none] Customers with a loan and a card
SELECT c.customer_id, c.full_name, c.segment FROM customers c
WHERE EXISTS (SELECT 1 FROM loans l WHERE l.customer_id = c.customer_id)
  AND c.customer_id IN (SELECT a.customer_id FROM accounts a JOIN cards k ON k.account_id = a.account_id)
ORDER BY c.customer_id;

-- savers-not-borrowers [none] Savers who do not borrow
SELECT DISTINCT customer_id FROM accounts WHERE kind = 'savings' AND customer_id NOT IN (SELECT customer_id FROM loans) ORDER BY customer_id;

-- savers-and-borrowers [none] Savers who borrow too
SELECT DISTINCT a.customer_id FROM accounts a JOIN loans l ON l.customer_id = a.customer_id WHERE a.kind = 'savings' ORDER BY 1;

-- all-movements [none] Bookings and payments of one account in one list
SELECT 'booking' AS what, booked AS at, amount FROM transactions WHERE account_id = 12
UNION ALL
SELECT 'payment', submitted, -amount FROM payments WHERE account_id = 12
ORDER BY at, what;

-- self-join-managers [none] Staff and who they report to
SELECT e.name, e.title, m.name AS manager FROM employees e LEFT JOIN employees m ON m.employee_id = e.manager_id ORDER BY e.employee_id;

-- reporting-tree [none] The whole reporting line below the heads
WITH RECURSIVE line AS (
  SELECT employee_id, name, 1 AS depth, CAST(name AS CHAR(500)) AS path FROM employees WHERE manager_id IS NULL
  UNION ALL
  SELECT e.employee_id, e.name, l.depth + 1, CONCAT(l.path, ' > ', e.name) FROM employees e JOIN line l ON e.manager_id = l.employee_id
)
SELECT depth, path FROM line ORDER BY path;

-- branch-tree [none] Branches below each head branch
WITH RECURSIVE b AS (SELECT branch_id, parent_id, name, 1 AS depth FROM branches WHERE parent_id IS NULL
  UNION ALL SELECT c.branch_id, c.parent_id, c.name, b.depth + 1 FROM branches c JOIN b ON c.parent_id = b.branch_id WHERE b.depth < 5 AND c.branch_id <> c.parent_id)
SELECT name, depth FROM b ORDER BY depth, name;

-- full-join-reconcile [none] Payments against bookings by day, both ways
SELECT p.day, p.n AS payments, t.n AS bookings
FROM (SELECT DATE(submitted) AS day, COUNT(*) AS n FROM payments GROUP BY 1) p
LEFT JOIN (SELECT value_day AS day, COUNT(*) AS n FROM transactions GROUP BY 1) t ON t.day = p.day WHERE t.day IS NULL
UNION ALL
SELECT t.day, p.n, t.n
FROM (SELECT DATE(submitted) AS day, COUNT(*) AS n FROM payments GROUP BY 1) p
RIGHT JOIN (SELECT value_day AS day, COUNT(*) AS n FROM transactions GROUP BY 1) t ON t.day = p.day WHERE p.day IS NULL
ORDER BY 1 LIMIT 50;

-- natural-join [none] Loans with their customers' segment, written briefly
SELECT loan_id, product, segment FROM loans NATURAL JOIN (SELECT customer_id, segment FROM customers) c ORDER BY loan_id;

-- semi-join-any [none] Accounts with a large booking
SELECT account_id, kind FROM accounts WHERE account_id = ANY (SELECT account_id FROM transactions WHERE ABS(amount) > 2900) ORDER BY account_id;

-- correlated-max [none] Each account's largest booking
SELECT a.account_id, (SELECT MAX(t.amount) FROM transactions t WHERE t.account_id = a.account_id) AS largest FROM accounts a ORDER BY largest DESC, a.account_id LIMIT 25;

-- above-average [none] Bookings above twice their category's average
SELECT t.transaction_id, t.category, t.amount FROM transactions t
WHERE t.amount > 0 AND t.amount > 2 * (SELECT AVG(x.amount) FROM transactions x WHERE x.category = t.category AND x.amount > 0)
ORDER BY t.transaction_id;

-- values-mapping [none] Categories mapped to groups of the report
SELECT m.grouping_name, SUM(t.amount) AS amount
FROM transactions t JOIN (SELECT 'groceries' AS category, 'living' AS grouping_name UNION ALL SELECT 'rent', 'living' UNION ALL SELECT 'travel', 'leisure' UNION ALL SELECT 'fees', 'bank') m USING (category)
GROUP BY 1 ORDER BY 1;

-- cross-sell [none] Which products customers hold together
WITH holdings AS (
  SELECT customer_id, CONCAT('account ', kind) AS product FROM accounts
  UNION SELECT customer_id, CONCAT('loan ', product) FROM loans
)
SELECT a.product, b.product AS together_with, COUNT(*) AS customers
FROM holdings a JOIN holdings b ON a.customer_id = b.customer_id AND a.product < b.product
GROUP BY 1, 2 HAVING COUNT(*) > 1 ORDER BY customers DESC, 1, 2;

-- partition-read [none] One half-year, read from its partition
SELECT category, COUNT(*), SUM(amount) FROM bank.transactions PARTITION (h2025_1) GROUP BY category ORDER BY category;

-- Text, lists, JSON without protected columns

-- names-formatted [none] Names as letters need them
SELECT customer_id, CONCAT(UPPER(last_name), ', ', first_name) AS letter_name, UPPER(segment) AS segment, CHAR_LENGTH(full_name) AS letters FROM customers ORDER BY last_name, first_name, customer_id LIMIT 40;

-- search-by-name [none] Find a customer by the beginning of a name
SELECT customer_id, full_name, segment FROM customers WHERE last_name LIKE 'mei%' ORDER BY full_name, customer_id;

-- languages [none] Customers who want letters in French
SELECT customer_id, full_name, languages FROM customers WHERE JSON_CONTAINS(languages, '"fr"') ORDER BY customer_id;

-- languages-count [none] How many customers for each language
SELECT l.language, COUNT(*) FROM customers c, JSON_TABLE(c.languages, '$[*]' COLUMNS (language VARCHAR(5) PATH '$')) l GROUP BY l.language ORDER BY 2 DESC, 1;

-- preferences [none] Who wants paper
SELECT customer_id, JSON_UNQUOTE(JSON_EXTRACT(preferences, '$.theme')) AS theme FROM customers WHERE JSON_EXTRACT(preferences, '$.paper') = TRUE ORDER BY customer_id;

-- preferences-contained [none] Who uses the dark theme
SELECT COUNT(*) FROM customers WHERE JSON_CONTAINS(preferences, '{"theme": "dark"}');

-- opening-hours [none] Opening hours on Mondays
SELECT name, JSON_UNQUOTE(JSON_EXTRACT(opening_hours, '$.mon')) AS monday FROM branches ORDER BY branch_id;

-- liveness [none] Distribution of the liveness score
SELECT JSON_EXTRACT(checks, '$.liveness') DIV 10 AS bucket, COUNT(*) FROM kyc_documents GROUP BY bucket ORDER BY bucket;

-- audit-slow [none] Slow actions in the audit trail
SELECT at, actor, action, object, JSON_EXTRACT(details, '$.ms') AS ms FROM events WHERE JSON_EXTRACT(details, '$.ms') > 800 ORDER BY event_id;

-- audit-by-actor [none] Who exported most
SELECT actor, COUNT(*) AS exports, MAX(at) AS last FROM events WHERE action = 'export' GROUP BY actor ORDER BY exports DESC, actor LIMIT 10;

-- audit-objects [none] Kinds of objects in the audit trail
SELECT SUBSTRING_INDEX(object, ':', 1) AS kind, COUNT(DISTINCT SUBSTRING_INDEX(object, ':', -1)) AS objects FROM events GROUP BY kind ORDER BY kind;

-- audit-failures [none] Failed actions with how long they took
SELECT event_id, at, actor, took FROM events WHERE JSON_EXTRACT(details, '$.ok') = FALSE AND took > 1000 ORDER BY took DESC;

-- skills-search [none] Staff with one of two skills
SELECT name, skills FROM employees WHERE JSON_CONTAINS(skills, '"Zurich"') OR JSON_CONTAINS(skills, '"fees"') ORDER BY employee_id;

-- tags-aggregated [none] Tags of bookings in one line each category
SELECT t.category, GROUP_CONCAT(DISTINCT g.tag ORDER BY g.tag SEPARATOR ', ') AS tags FROM transactions t, JSON_TABLE(t.tags, '$[*]' COLUMNS (tag VARCHAR(20) PATH '$')) g GROUP BY t.category ORDER BY t.category;

-- json-for-dashboard [none] The dashboard's JSON
SELECT JSON_ARRAYAGG(JSON_OBJECT('branch', b.name, 'customers', c.n)) AS dashboard
FROM branches b JOIN (SELECT branch_id, COUNT(*) AS n FROM customers GROUP BY branch_id) c USING (branch_id);

-- histogram [none] A histogram of bookings
SELECT FLOOR(amount / 500) AS bucket, MIN(amount), MAX(amount), COUNT(*), REPEAT('*', COUNT(*) DIV 10) AS bar FROM transactions GROUP BY bucket ORDER BY bucket;

-- regexp-references [none] References that look made up
SELECT payment_id, reference FROM payments WHERE reference REGEXP '^0000' ORDER BY payment_id LIMIT 5;

-- distances [none] Branches near the head office
SELECT b.name, ROUND(SQRT(POW(b.latitude - h.latitude, 2) + POW(b.longitude - h.longitude, 2)), 2) AS distance FROM branches b, branches h WHERE h.branch_id = 1 ORDER BY distance, b.name;

-- Paging and applications, without protected columns

-- page-accounts [none] The second page of accounts
SELECT account_id, kind, currency, balance FROM accounts ORDER BY account_id LIMIT 20, 20;

-- page-keyset [none] The next page after a key
-- binds 40
SELECT account_id, kind, currency, balance FROM accounts WHERE account_id > ? ORDER BY account_id LIMIT 20;

-- page-with-total [none] A page and how many there are
SELECT loan_id, product, outstanding, COUNT(*) OVER () AS total FROM loans ORDER BY loan_id LIMIT 10;

-- page-found-rows [none] The same as older applications ask
SELECT SQL_CALC_FOUND_ROWS loan_id, product FROM loans ORDER BY loan_id LIMIT 10;
SELECT FOUND_ROWS();

-- account-by-id [none] An application reads an account
-- binds 17
SELECT account_id, customer_id, kind, currency, balance, available, opened, closed FROM bank.accounts WHERE account_id = ?;

-- bookings-of-account [none] An application reads an account's bookings
-- binds 17 | 2025-01-01 | 2025-06-30
SELECT transaction_id, booked, value_day, amount, currency, category, tags FROM bank.transactions
WHERE account_id = ? AND value_day BETWEEN ? AND ? ORDER BY booked DESC LIMIT 50;

-- accounts-of-many [none] An application reads several accounts at once
-- binds 1 | 2 | 3 | 17
SELECT account_id, balance FROM accounts WHERE account_id IN (?, ?, ?, ?) ORDER BY account_id;

-- optional-filter [none] A filter that may be left out
-- binds private | private | |
SELECT customer_id, full_name FROM customers WHERE (? IS NULL OR segment = ?) AND (? IS NULL OR branch_id = ?) ORDER BY customer_id;

-- update-preferences [none] The portal stores a preference
-- binds light | 5
UPDATE bank.customers SET preferences = JSON_SET(preferences, '$.theme', ?) WHERE customer_id = ?;

-- block-card [none] The portal blocks a card
-- binds 7
UPDATE bank.cards SET blocked = TRUE WHERE card_id = ?;

-- audit-insert [none] An application writes to the audit trail
-- binds teller | login | {"ms": 3, "ok": true}
INSERT INTO events (at, actor, action, object, details, took) VALUES ('2026-07-01 08:00', ?, ?, 'session:1', ?, 3);

-- audit-insert-id [none] The same, and the number it got
INSERT INTO events SET at = '2026-07-01 08:01', actor = 'teller', action = 'login', object = 'session:2', details = '{}', took = 4;
SELECT LAST_INSERT_ID();

-- fx-upsert [none] The rates job stores a rate
-- binds 2026-01-05 | 0.934100
INSERT INTO fx (day, base, quote, rate) VALUES (?, 'EUR', 'CHF', ?) ON DUPLICATE KEY UPDATE rate = VALUES(rate);

-- fx-replace [none] The same with REPLACE
REPLACE INTO fx (day, base, quote, rate) VALUES (DATE '2026-01-05', 'USD', 'CHF', 0.81);

-- archive-events [none] Old events are deleted
DELETE FROM events WHERE at < '2025-01-05' AND action = 'view';

-- settle-in-transaction [none] A payment is settled in a transaction
START TRANSACTION;
SELECT state FROM payments WHERE payment_id = 9 FOR UPDATE;
UPDATE payments SET state = 'settled', settled = '2026-07-01 09:00' WHERE payment_id = 9;
COMMIT;

-- joined-update [none] Overdrafts of customers of one branch
UPDATE accounts a JOIN customers c ON c.customer_id = a.customer_id SET a.overdraft = 2500 WHERE c.branch_id = 3 AND a.overdraft = 2000;

-- prepared-balance [none] A script that prepares its statement
PREPARE balance FROM 'SELECT SUM(balance) FROM accounts WHERE customer_id = ?';
SET @customer = 5;
EXECUTE balance USING @customer;
DEALLOCATE PREPARE balance;

-- variable-of-a-date [none] A script with its day in a variable
SET @day = DATE '2025-06-30';
SELECT COUNT(*) FROM transactions WHERE value_day <= @day;

-- repeatable-read-report [none] Two reports of one moment
START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY;
SELECT COUNT(*) FROM accounts;
SELECT SUM(balance) FROM accounts WHERE currency = 'CHF';
COMMIT;

-- scratch-table [none] A table for the moment
CREATE TEMPORARY TABLE big (account_id INT PRIMARY KEY, balance DECIMAL(14,2));
INSERT INTO big SELECT account_id, balance FROM accounts WHERE balance > 40000;
SELECT COUNT(*), SUM(balance) FROM big;
DROP TEMPORARY TABLE big;

-- Checks of data, without protected columns

-- check-duplicates [none] Bookings that may have been made twice
SELECT account_id, value_day, amount, COUNT(*) FROM transactions GROUP BY 1, 2, 3 HAVING COUNT(*) > 1;

-- check-orphans [none] Bookings with a card of another account
SELECT COUNT(*) FROM transactions t JOIN cards k ON k.card_id = t.card_id WHERE k.account_id <> t.account_id;

-- check-closed [none] Bookings after an account was closed
SELECT a.account_id, COUNT(*) AS late FROM accounts a JOIN transactions t ON t.account_id = a.account_id AND t.value_day > a.closed GROUP BY a.account_id ORDER BY late DESC, a.account_id;

-- check-rates-missing [none] Days without a rate
WITH RECURSIVE d(day) AS (SELECT DATE '2025-01-01' UNION ALL SELECT day + INTERVAL 1 DAY FROM d WHERE day < DATE '2025-02-01')
SELECT day FROM d WHERE NOT EXISTS (SELECT 1 FROM fx WHERE fx.day = d.day AND base = 'EUR') ORDER BY 1;

-- check-settled-before-submitted [none] Payments settled before they were submitted
SELECT payment_id, submitted, settled FROM payments WHERE settled < submitted;

-- check-available [none] Is the computed column what it should be
SELECT SUM(NOT available <=> balance + overdraft) AS wrong FROM accounts;

-- check-null-share [none] How complete the columns of customers are
SELECT COUNT(*) AS customers, COUNT(adviser_id) AS with_adviser, ROUND(100.0 * COUNT(adviser_id) / COUNT(*), 1) AS percent FROM customers;

-- Introspection

-- list-tables [none] Which tables there are
SELECT table_schema, table_name, table_type FROM information_schema.tables WHERE table_schema = 'bank' ORDER BY 1, 2;

-- list-columns [none] Columns of one table
SELECT column_name, data_type, is_nullable FROM information_schema.columns WHERE table_schema = 'bank' AND table_name = 'customers' ORDER BY ordinal_position;

-- list-keys [none] Keys of one table
SELECT constraint_name, column_name FROM information_schema.key_column_usage WHERE table_schema = 'bank' AND table_name = 'accounts' ORDER BY 1, 2;

-- show-tables [none] Which tables there are, briefly
SHOW TABLES;

-- show-columns [none] Columns, briefly
SHOW COLUMNS FROM customers;

-- describe [none] The same
DESCRIBE accounts;

-- show-create [none] How a table was made
SHOW CREATE TABLE fx;

-- show-index [none] Indexes of one table
SHOW INDEX FROM transactions;

-- show-databases [none] Which databases there are
SHOW DATABASES;

-- version [none] What every tool asks first
SELECT VERSION(), DATABASE(), USER(), CONNECTION_ID();

-- driver-variables [none] What a driver asks when it connects
SELECT @@session.auto_increment_increment AS auto_increment_increment, @@character_set_client AS character_set_client, @@max_allowed_packet AS max_allowed_packet, @@sql_mode AS sql_mode, @@wait_timeout AS wait_timeout;

-- explain-plan [none] How a report is run
EXPLAIN SELECT account_id, SUM(amount) FROM transactions WHERE value_day >= '2025-07-01' GROUP BY account_id;

-- show-settings [none] What a tool asks when it connects
SET NAMES utf8mb4;
SHOW VARIABLES LIKE 'sql_mode';

-- Protected columns, plainly

-- customer-card [projected] The customer's card in the branch
SELECT customer_id, full_name, segment, since, ssn, date_of_birth, email, phone FROM bank.customers WHERE customer_id = 42;

-- customer-card-bound [projected] The same from the application
-- binds 42
SELECT customer_id, full_name, ssn, date_of_birth, email, phone, annual_income, pep FROM bank.customers WHERE customer_id = ?;

-- customer-star [projected] A tool opens a table
SELECT * FROM bank.customers LIMIT 100;

-- customer-star-table [projected] The same of another
SELECT addresses.* FROM addresses ORDER BY address_id;

-- customer-alias [projected] Labels for a letter
SELECT c.full_name AS `Name`, c.email AS 'E-Mail', c.phone "Telephone" FROM bank.customers AS c WHERE c.segment = 'private' ORDER BY c.customer_id;

-- customer-orm [projected] What an object mapper makes of it
-- binds 17
select c1_0.customer_id,c1_0.branch_id,c1_0.email,c1_0.first_name,c1_0.last_name,c1_0.phone,c1_0.ssn from customers c1_0 where c1_0.customer_id=?;

-- customer-with-address [projected] Addresses for a mailing
SELECT c.customer_id, c.full_name, a.line, a.postcode, a.city, a.country
FROM customers c JOIN addresses a ON a.customer_id = c.customer_id AND a.kind = 'home' WHERE c.active ORDER BY c.customer_id;

-- contacts-view [projected] Contacts from the view
SELECT customer_id, name, mail, call_number FROM bank.v_contacts WHERE country = 'CH' ORDER BY customer_id;

-- account-overview-view [projected] Overview from the view
SELECT * FROM bank.v_account_overview WHERE branch = 'Branch Zurich' ORDER BY account_id;

-- accounts-of-customer [projected] A customer's accounts
-- binds 15
SELECT account_id, iban, kind, currency, balance FROM bank.accounts WHERE customer_id = ? ORDER BY account_id;

-- statement-of-account [projected] A statement with who paid
-- binds 17
SELECT value_day, amount, currency, counterparty_iban, remittance FROM bank.transactions WHERE account_id = ? ORDER BY value_day, transaction_id;

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
SELECT employee_id, name, title, hired, salary, rating FROM employees ORDER BY name;

-- staff-directory [none] The directory that everybody sees
SELECT * FROM v_directory ORDER BY employee_id;

-- kyc-file [projected] One document for the officer
SELECT document_id, kind, received, verified, document FROM kyc_documents WHERE document_id = 12;

-- devices-of-customer [projected] A customer's devices
SELECT device_id, platform, enrolled, trusted, last_ip FROM devices WHERE customer_id = 30 ORDER BY enrolled;

-- open-disputes [projected] Open disputes with the card
SELECT dispute_id, card_pan, reason, amount, opened FROM disputes WHERE closed IS NULL ORDER BY opened, dispute_id;

-- cte-plain [projected] Large clients for the advisers
WITH rich AS (SELECT customer_id, SUM(balance) AS total FROM accounts GROUP BY customer_id HAVING SUM(balance) > 50000)
SELECT c.customer_id, c.full_name, c.phone, r.total FROM rich r JOIN customers c USING (customer_id) ORDER BY r.total DESC, c.customer_id;

-- cte-carries [projected] The same, with the contact inside
WITH contact AS (SELECT customer_id, email AS address FROM customers WHERE active)
SELECT a.account_id, k.address FROM accounts a JOIN contact k USING (customer_id) WHERE a.kind = 'custody' ORDER BY a.account_id;

-- subquery-plain [projected] Through a derived table
SELECT t.id, t.mail FROM (SELECT customer_id AS id, email AS mail, since FROM customers WHERE segment = 'business') t WHERE t.since > DATE '2015-01-01' ORDER BY t.id;

-- latest-address [projected] The latest address of each customer
WITH a AS (SELECT customer_id, line, city, ROW_NUMBER() OVER (PARTITION BY customer_id ORDER BY valid_from DESC, address_id) AS n FROM addresses)
SELECT c.customer_id, c.full_name, a.line, a.city FROM customers c LEFT JOIN a ON a.customer_id = c.customer_id AND a.n = 1 ORDER BY c.customer_id LIMIT 50;

-- scalar-contact [projected] The adviser's list with each customer's mail
SELECT l.loan_id, l.days_overdue, (SELECT c.email FROM customers c WHERE c.customer_id = l.customer_id) AS mail FROM loans l WHERE l.days_overdue > 60 ORDER BY l.days_overdue DESC, l.loan_id;

-- union-contacts [projected] Mail addresses of customers and staff in one list
SELECT 'customer' AS who, customer_id AS id, email FROM customers WHERE active
UNION ALL
SELECT 'staff', employee_id, work_email FROM employees
ORDER BY 1, 2;

-- top-n-contact [projected] Each branch's largest client with the phone
SELECT branch_id, full_name, phone, total FROM (
  SELECT c.branch_id, c.full_name, c.phone, SUM(a.balance) AS total,
         ROW_NUMBER() OVER (PARTITION BY c.branch_id ORDER BY SUM(a.balance) DESC, c.customer_id) AS n
  FROM customers c JOIN accounts a USING (customer_id) GROUP BY c.customer_id, c.branch_id, c.full_name, c.phone) r
WHERE n = 1 ORDER BY branch_id;

-- top-n-contact-join [projected] The same with the phone joined afterwards
SELECT r.branch_id, c.full_name, c.phone, r.total FROM (
  SELECT c.branch_id, c.customer_id, SUM(a.balance) AS total, ROW_NUMBER() OVER (PARTITION BY c.branch_id ORDER BY SUM(a.balance) DESC, c.customer_id) AS n
  FROM customers c JOIN accounts a USING (customer_id) GROUP BY c.branch_id, c.customer_id) r
JOIN customers c ON c.customer_id = r.customer_id WHERE r.n = 1 ORDER BY r.branch_id;

-- one-account [projected] One account for each customer
SELECT customer_id, account_id, iban FROM accounts a WHERE account_id = (SELECT MIN(b.account_id) FROM accounts b WHERE b.customer_id = a.customer_id) ORDER BY customer_id;

-- page-customers [projected] A page of customers
SELECT customer_id, full_name, email FROM customers ORDER BY customer_id LIMIT 20 OFFSET 40;

-- page-customers-bound [projected] A page of customers for the portal
-- binds 60
SELECT customer_id, full_name, email, phone FROM customers WHERE customer_id > ? ORDER BY full_name, customer_id LIMIT 20;

-- export-contacts [projected] Contacts for the mailing house
SELECT customer_id, full_name, email FROM bank.customers WHERE active ORDER BY customer_id;

-- export-accounts [projected] Accounts for the warehouse
SELECT /*!40001 SQL_NO_CACHE */ account_id, customer_id, iban, currency, balance FROM accounts;

-- export-customers [projected] Customers for the warehouse
SELECT customer_id, ssn, date_of_birth, annual_income FROM bank.customers ORDER BY customer_id;

-- prepared-customer [projected] A script that prepares its look-up
PREPARE person FROM 'SELECT full_name, ssn, email FROM customers WHERE customer_id = ?';
SET @who = 3;
EXECUTE person USING @who;

-- update-contact [projected] The portal changes a mail address and reads it back
-- binds secret.new@mail.example | 8
UPDATE bank.customers SET email = ? WHERE customer_id = ?;

-- insert-address [projected] A new address
-- binds 901 | 8 | SECRET Street 5
INSERT INTO addresses (address_id, customer_id, kind, line, postcode, city, country, valid_from)
VALUES (?, ?, 'mail', ?, '8001', 'Zurich', 'CH', DATE '2026-07-01');

-- delete-device [none] A lost device
-- binds 99
DELETE FROM bank.devices WHERE device_id = ?;

-- partition-statement [projected] Bookings of one half-year
SELECT transaction_id, value_day, amount, counterparty_iban FROM transactions PARTITION (h2025_2) WHERE account_id = 20 ORDER BY transaction_id;

-- Something made of protected columns

-- masked-by-hand [derived] An analyst's own mask for a card
SELECT card_id, CONCAT('**** ', RIGHT(pan, 4)) AS card FROM cards ORDER BY card_id LIMIT 30;

-- age-of-customers [derived] How old customers are
SELECT customer_id, segment, TIMESTAMPDIFF(YEAR, date_of_birth, DATE '2026-07-01') AS age FROM customers ORDER BY customer_id;

-- birthday-month [derived] Birthdays by month
SELECT customer_id, full_name, DATE_FORMAT(date_of_birth, '%d %b') AS birthday FROM customers WHERE active ORDER BY customer_id;

-- age-bands [derived, predicate] Customers by age band
SELECT (2026 - YEAR(date_of_birth)) DIV 10 * 10 AS band, COUNT(*) AS customers FROM customers WHERE date_of_birth IS NOT NULL GROUP BY band ORDER BY band;

-- age-bands-view [derived, predicate] The same from the view
SELECT age_band, segment, COUNT(*) FROM bank.v_ages GROUP BY 1, 2 ORDER BY 1, 2;

-- mail-hosts [derived, predicate] Which mail providers customers use
SELECT SUBSTRING_INDEX(email, '@', -1) AS host, COUNT(*) FROM customers WHERE email IS NOT NULL GROUP BY host ORDER BY 2 DESC, 1;

-- average-salary [derived] Average salary by title
SELECT title, COUNT(*) AS staff, ROUND(AVG(salary), 2) AS average FROM employees GROUP BY title ORDER BY title;

-- salary-range [derived] Salaries by branch
SELECT branch_id, MIN(salary) AS least, MAX(salary) AS most FROM employees GROUP BY branch_id ORDER BY branch_id;

-- salary-share [derived] Each salary's share of the branch
SELECT employee_id, branch_id, ROUND(salary / SUM(salary) OVER (PARTITION BY branch_id), 4) AS share FROM employees ORDER BY branch_id, employee_id;

-- compensation [derived] Salary and bonus together
SELECT employee_id, name, salary + COALESCE(bonus, 0) AS compensation FROM employees ORDER BY employee_id;

-- income-by-segment [derived] Income by segment
SELECT segment, ROUND(AVG(annual_income)) AS average, MIN(annual_income), MAX(annual_income) FROM customers GROUP BY segment ORDER BY segment;

-- loan-to-value [derived] Loan to value
SELECT loan_id, ROUND(outstanding / NULLIF(collateral_value, 0) * 100, 1) AS ltv FROM loans ORDER BY loan_id;

-- contact-string [derived] A label with the contact
SELECT customer_id, CONCAT(full_name, ' <', COALESCE(email, 'no mail'), '>') AS label FROM customers ORDER BY customer_id LIMIT 30;

-- contact-format [derived] The same, otherwise
SELECT CONCAT_WS(' ', full_name, CONCAT('(', phone, ')')) AS label FROM customers WHERE branch_id = 2 ORDER BY customer_id;

-- address-block [derived] An address in one field
SELECT customer_id, CONCAT_WS('\n', line, CONCAT_WS(' ', postcode, city), country) AS block FROM addresses WHERE kind = 'home' ORDER BY address_id LIMIT 30;

-- has-mail [derived] Who can be reached by mail
SELECT customer_id, email IS NOT NULL AS reachable FROM customers ORDER BY customer_id;

-- reachable-share [derived] How many can be reached
SELECT COUNT(email) AS by_mail, COUNT(phone) AS by_phone, COUNT(*) AS customers FROM customers;

-- contact-preferred [derived] The first contact that there is
SELECT customer_id, COALESCE(email, phone, 'letter') AS contact FROM customers ORDER BY customer_id;

-- pseudonym [derived] A pseudonym for a study
SELECT MD5(ssn) AS pseudonym, segment, country FROM customers ORDER BY customer_id;

-- kyc-name [derived] The name in the document
SELECT document_id, JSON_UNQUOTE(JSON_EXTRACT(document, '$.holder.name')) AS holder, JSON_EXTRACT(document, '$.number') AS number FROM kyc_documents ORDER BY document_id LIMIT 40;

-- kyc-lines [derived] The machine-readable lines
SELECT d.document_id, l.line FROM kyc_documents d, JSON_TABLE(d.document, '$.lines[*]' COLUMNS (line VARCHAR(80) PATH '$')) l WHERE d.kind = 'passport' ORDER BY d.document_id, l.line;

-- row-as-json [derived] A customer as JSON for another system
SELECT JSON_OBJECT('id', customer_id, 'name', full_name, 'mail', email) FROM customers WHERE branch_id = 3 ORDER BY customer_id;

-- contacts-aggregated [derived] All addresses of a branch in one field
SELECT branch_id, GROUP_CONCAT(email ORDER BY customer_id SEPARATOR '; ') AS recipients FROM customers WHERE active GROUP BY branch_id ORDER BY branch_id;

-- accounts-aggregated [derived] Each customer's account numbers
SELECT customer_id, JSON_ARRAYAGG(iban) AS ibans FROM accounts GROUP BY customer_id ORDER BY customer_id LIMIT 40;

-- risk-rounded [derived] Risk in percent
SELECT customer_id, ROUND(risk_score * 100, 1) AS risk FROM customers ORDER BY customer_id;

-- pep-label [derived] Flags in words
SELECT customer_id, IF(pep, 'yes', 'no') AS exposed FROM customers ORDER BY customer_id;

-- subnet [derived] Networks of devices
SELECT device_id, SUBSTRING_INDEX(last_ip, '.', 2) AS net FROM devices WHERE platform = 'web' ORDER BY device_id;

-- Rows chosen by protected columns

-- find-by-iban [predicate] Support looks up an account by its number
-- binds CH93SECRET00171202
SELECT account_id, customer_id, kind FROM bank.accounts WHERE iban = ?;

-- find-by-phone [projected, predicate] A caller gives the number
-- binds +41SECRET00017717
SELECT customer_id, full_name, phone FROM bank.customers WHERE phone = ?;

-- find-by-mail [projected, predicate] A mail came from this address
SELECT customer_id, full_name, email FROM bank.customers WHERE LOWER(email) = 'secret.0012@mail.example';

-- find-by-pan [predicate] The card scheme asks about a card
-- binds 4929SECRET00017717
SELECT k.card_id, k.blocked, c.full_name FROM cards k JOIN accounts a USING (account_id) JOIN customers c USING (customer_id) WHERE k.pan = ?;

-- find-by-address [predicate] Somebody at this street
SELECT customer_id, city FROM addresses WHERE line LIKE '%lane 0012%';

-- pep-list [predicate] Politically exposed customers by branch
SELECT branch_id, COUNT(*) FROM customers WHERE pep GROUP BY branch_id ORDER BY branch_id;

-- born-before [predicate] Customers who are pensioners
SELECT customer_id, full_name FROM customers WHERE date_of_birth < DATE '1961-07-01' ORDER BY customer_id;

-- no-contact [predicate] Customers without any contact
SELECT customer_id, full_name FROM customers WHERE email IS NULL AND phone IS NULL ORDER BY customer_id;

-- disputes-with-cards [predicate] Disputes joined by the card's number
SELECT d.dispute_id, d.reason, d.amount, k.brand, k.card_id FROM disputes d JOIN cards k ON k.pan = d.card_pan ORDER BY d.dispute_id;

-- payments-inside [predicate] Payments from one of our accounts to another
SELECT p.payment_id, p.amount, a.account_id AS to_account FROM payments p JOIN accounts a ON a.iban = p.creditor_iban ORDER BY p.payment_id;

-- shared-address [projected, predicate] Customers at one address
SELECT line, postcode, COUNT(DISTINCT customer_id) AS customers FROM addresses GROUP BY line, postcode HAVING COUNT(DISTINCT customer_id) > 1 ORDER BY customers DESC;

-- duplicate-ssn [projected, predicate] Numbers that are there twice
SELECT ssn, COUNT(*) FROM customers GROUP BY ssn HAVING COUNT(*) > 1;

-- top-counterparties [projected, predicate] Where most money goes
SELECT counterparty_iban, COUNT(*) AS bookings, SUM(amount) AS amount FROM transactions WHERE counterparty_iban IS NOT NULL GROUP BY counterparty_iban ORDER BY bookings DESC, 1 LIMIT 10;

-- count-counterparties [derived] How many counterparties an account has
SELECT account_id, COUNT(DISTINCT counterparty_iban) AS counterparties FROM transactions GROUP BY account_id ORDER BY 2 DESC, 1 LIMIT 20;

-- remittance-search [predicate] Bookings that speak of rent
SELECT transaction_id, account_id, amount FROM transactions WHERE remittance LIKE 'rent%' AND category <> 'rent' ORDER BY transaction_id LIMIT 40;

-- best-paid [projected, predicate] The ten best paid
SELECT name, title, salary FROM employees ORDER BY salary DESC LIMIT 10;

-- raises [predicate] Who earns less than the average of the branch
SELECT e.employee_id, e.name FROM employees e WHERE e.salary < (SELECT AVG(x.salary) FROM employees x WHERE x.branch_id = e.branch_id) ORDER BY e.employee_id;

-- high-risk [projected, predicate] Customers of high risk
SELECT customer_id, full_name, risk_score FROM customers WHERE risk_score > 0.95 ORDER BY customer_id;

-- same-device [predicate] Devices of two customers on one address
SELECT a.device_id, b.device_id AS other FROM devices a JOIN devices b ON a.last_ip = b.last_ip AND a.device_id < b.device_id AND a.customer_id <> b.customer_id ORDER BY 1, 2;

-- kyc-expired-number [predicate] Which document has this number
SELECT document_id, customer_id FROM kyc_documents WHERE JSON_UNQUOTE(JSON_EXTRACT(document, '$.number')) = 'SECRET-0012-2613';

-- sorted-by-iban [projected, predicate] Accounts in the order of their number
SELECT iban, balance FROM accounts ORDER BY iban LIMIT 25;

-- customers-sorted-by-birth [projected, predicate] The oldest customers
SELECT customer_id, full_name, date_of_birth FROM customers ORDER BY date_of_birth IS NULL, date_of_birth, customer_id LIMIT 10;

-- mail-format-check [predicate] Addresses that cannot be right
SELECT COUNT(*) FROM customers WHERE email NOT REGEXP '^[^@ ]+@[^@ ]+$';

-- iban-country-check [derived, predicate] Accounts by the country in their number
SELECT iban_country, COUNT(*) FROM accounts GROUP BY iban_country ORDER BY 1;

-- sick-days [derived] Sick days by branch
SELECT branch_id, SUM(sick_days) AS days, ROUND(AVG(sick_days), 1) AS average FROM employees GROUP BY branch_id ORDER BY branch_id;

-- ratings [predicate] How ratings are spread
SELECT rating, COUNT(*) FROM employees GROUP BY rating ORDER BY rating;

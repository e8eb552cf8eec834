-- The small bank of bank-schema.sql beside this folder, in one database. Which columns are protected stands in
-- protected.yaml. None of them has an index: a server may take rows in the order of one.
CREATE TABLE countries (code CHAR(2) PRIMARY KEY, name VARCHAR(60) NOT NULL, eu BOOLEAN NOT NULL);
CREATE TABLE branches (branch_id INT PRIMARY KEY, name VARCHAR(60) NOT NULL, city VARCHAR(60) NOT NULL,
  country CHAR(2) NOT NULL, opened DATE NOT NULL, parent_id INT, opening_hours JSON NOT NULL,
  latitude DECIMAL(6,2) NOT NULL, longitude DECIMAL(6,2) NOT NULL);
CREATE TABLE fx (day DATE NOT NULL, base CHAR(3) NOT NULL, quote CHAR(3) NOT NULL, rate DECIMAL(12,6) NOT NULL,
  PRIMARY KEY (day, base, quote));
CREATE TABLE rates (rate_id INT PRIMARY KEY, product VARCHAR(40) NOT NULL, valid_from DATE NOT NULL,
  valid_to DATE NOT NULL, percent DECIMAL(6,3) NOT NULL, tiers JSON NOT NULL);
CREATE TABLE employees (employee_id INT PRIMARY KEY, branch_id INT NOT NULL, manager_id INT, name VARCHAR(60) NOT NULL,
  title VARCHAR(60) NOT NULL, hired DATE NOT NULL, skills JSON NOT NULL, work_email VARCHAR(80) NOT NULL,
  salary DECIMAL(12,2) NOT NULL, bonus DECIMAL(12,2), rating ENUM('low','fair','good','excellent'),
  sick_days SMALLINT NOT NULL, medical_leave_until DATETIME(2), national_id VARCHAR(40) NOT NULL);
CREATE TABLE customers (customer_id INT PRIMARY KEY, branch_id INT NOT NULL, adviser_id INT,
  first_name VARCHAR(60) NOT NULL, last_name VARCHAR(60) NOT NULL,
  full_name VARCHAR(130) GENERATED ALWAYS AS (CONCAT(first_name, ' ', last_name)) STORED,
  segment ENUM('retail','affluent','private','business') NOT NULL, country CHAR(2) NOT NULL, since DATE NOT NULL,
  active BOOLEAN NOT NULL, languages JSON NOT NULL, preferences JSON NOT NULL, ssn VARCHAR(40) NOT NULL,
  date_of_birth DATE, birth_year INT GENERATED ALWAYS AS (YEAR(date_of_birth)) STORED, email VARCHAR(80),
  phone VARCHAR(40), annual_income INT, pep BOOLEAN NOT NULL, risk_score DOUBLE, aliases JSON,
  password_hash VARBINARY(60) NOT NULL, portal_id CHAR(36) NOT NULL);
CREATE TABLE addresses (address_id INT PRIMARY KEY, customer_id INT NOT NULL, kind VARCHAR(10) NOT NULL,
  line VARCHAR(80) NOT NULL, postcode VARCHAR(10), city VARCHAR(60) NOT NULL, country CHAR(2) NOT NULL,
  valid_from DATE NOT NULL);
CREATE TABLE accounts (account_id INT PRIMARY KEY, customer_id INT NOT NULL,
  kind ENUM('current','savings','salary','custody') NOT NULL, currency CHAR(3) NOT NULL, balance DECIMAL(14,2) NOT NULL,
  overdraft DECIMAL(14,2) NOT NULL DEFAULT 0,
  available DECIMAL(14,2) GENERATED ALWAYS AS (balance + overdraft) STORED, opened DATE NOT NULL, closed DATE,
  iban VARCHAR(34) NOT NULL, iban_country VARCHAR(2) GENERATED ALWAYS AS (SUBSTR(iban, 1, 2)) STORED);
CREATE TABLE cards (card_id INT PRIMARY KEY, account_id INT NOT NULL, brand ENUM('visa','mastercard','debit') NOT NULL,
  issued DATE NOT NULL, expires DATE NOT NULL, blocked BOOLEAN NOT NULL, monthly_limit INT NOT NULL,
  pan VARCHAR(24) NOT NULL, pin_block VARBINARY(60));
CREATE TABLE transactions (transaction_id BIGINT NOT NULL, account_id INT NOT NULL, card_id INT, booked DATETIME NOT NULL,
  value_day DATE NOT NULL, amount DECIMAL(14,2) NOT NULL, currency CHAR(3) NOT NULL, category VARCHAR(20) NOT NULL,
  tags JSON NOT NULL, counterparty_iban VARCHAR(34), remittance VARCHAR(140), PRIMARY KEY (transaction_id, value_day))
  PARTITION BY RANGE COLUMNS (value_day) (
    PARTITION h2025_1 VALUES LESS THAN ('2025-07-01'), PARTITION h2025_2 VALUES LESS THAN ('2026-01-01'),
    PARTITION rest VALUES LESS THAN (MAXVALUE));
CREATE TABLE loans (loan_id INT PRIMARY KEY, customer_id INT NOT NULL, product VARCHAR(20) NOT NULL,
  principal DECIMAL(14,2) NOT NULL, outstanding DECIMAL(14,2) NOT NULL, percent DECIMAL(6,3) NOT NULL,
  term_months SMALLINT NOT NULL, started DATE NOT NULL, days_overdue INT NOT NULL, collateral_value BIGINT);
CREATE TABLE payments (payment_id BIGINT PRIMARY KEY, account_id INT NOT NULL,
  state ENUM('draft','submitted','settled','rejected','returned') NOT NULL, amount DECIMAL(14,2) NOT NULL,
  currency CHAR(3) NOT NULL, submitted DATETIME NOT NULL, settled DATETIME, reference CHAR(36) NOT NULL,
  creditor_name VARCHAR(80) NOT NULL, creditor_iban VARCHAR(34) NOT NULL);
CREATE TABLE kyc_documents (document_id INT PRIMARY KEY, customer_id INT NOT NULL, kind VARCHAR(20) NOT NULL,
  received DATE NOT NULL, expires DATE, verified BOOLEAN NOT NULL, checks JSON NOT NULL, document JSON NOT NULL,
  scan VARBINARY(60));
CREATE TABLE devices (device_id INT PRIMARY KEY, customer_id INT NOT NULL, platform VARCHAR(10) NOT NULL,
  enrolled DATETIME NOT NULL, trusted BOOLEAN NOT NULL, last_ip VARCHAR(45), push_token CHAR(36));
CREATE TABLE disputes (dispute_id INT PRIMARY KEY, card_pan VARCHAR(24) NOT NULL,
  reason ENUM('fraud','duplicate','not_received','amount') NOT NULL, amount DECIMAL(14,2) NOT NULL,
  opened DATE NOT NULL, closed DATE, won BOOLEAN, statement VARCHAR(140));
CREATE TABLE events (event_id BIGINT PRIMARY KEY AUTO_INCREMENT, at DATETIME NOT NULL, actor VARCHAR(60) NOT NULL,
  action VARCHAR(20) NOT NULL, object VARCHAR(40) NOT NULL, details JSON NOT NULL, took INT NOT NULL);
CREATE VIEW transactions_2025h1 AS SELECT transaction_id, account_id, value_day, amount, category, counterparty_iban
  FROM transactions PARTITION (h2025_1);
CREATE VIEW v_contacts AS
  SELECT customer_id, full_name AS name, email AS mail, phone AS call_number, country FROM customers WHERE active;
CREATE VIEW v_account_overview AS
  SELECT a.account_id, c.customer_id, c.full_name, a.iban AS account_number, a.kind, a.currency, a.balance, b.name AS branch
  FROM accounts a JOIN customers c ON c.customer_id = a.customer_id JOIN branches b ON b.branch_id = c.branch_id;
CREATE VIEW v_monthly_turnover AS
  SELECT DATE_FORMAT(value_day, '%Y-%m-01') AS month, currency, category, SUM(amount) AS turnover, COUNT(*) AS bookings
  FROM transactions GROUP BY DATE_FORMAT(value_day, '%Y-%m-01'), currency, category;
CREATE VIEW v_ages AS SELECT customer_id, segment, (2026 - birth_year) DIV 10 * 10 AS age_band FROM customers;
CREATE VIEW v_directory AS SELECT employee_id, name, title, branch_id, work_email FROM employees;

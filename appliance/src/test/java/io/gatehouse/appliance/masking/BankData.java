package io.gatehouse.appliance.masking;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The bank's schema and its rows. For one seed the rows are the same each time, and come in the
 * same order; which protected values they hold is for the {@link Variant} to say.
 */
public final class BankData {
  static final int CUSTOMERS = 120;
  static final int ACCOUNTS = 200;
  static final int CARDS = 130;
  static final int EMPLOYEES = 40;
  static final int BRANCHES = 8;
  static final LocalDate FIRST_DAY = LocalDate.of(2025, 1, 1);

  private static final List<String> COUNTRIES = List.of("CH", "DE", "FR", "IT", "AT", "LI");
  private static final List<String> CITIES =
      List.of("Zurich", "Bern", "Geneva", "Basel", "Lugano", "Vaduz", "Lyon", "Milan");
  private static final List<String> CATEGORIES =
      List.of("groceries", "rent", "salary", "travel", "fees", "cash", "insurance");

  private final Secrets secrets;
  private final SplittableRandom random;

  private BankData(long seed, Variant variant) {
    secrets = new Secrets(variant);
    random = new SplittableRandom(seed);
  }

  /** Run by a superuser in an empty database. */
  public static String schema() {
    return text("bank-schema.sql");
  }

  /** Run by a superuser for each database of the bank: a copy of one does not have them. */
  public static String settings(String database) {
    return "ALTER DATABASE %1$s SET search_path = bank, ref, hr, audit;".formatted(database)
        + "ALTER DATABASE %s SET timezone = 'UTC'".formatted(database);
  }

  /** Run by a superuser after the schema. */
  public static String rows(long seed, Variant variant) {
    return new BankData(seed, variant).script();
  }

  static String text(String resource) {
    try (InputStream in =
        Objects.requireNonNull(BankData.class.getResourceAsStream(resource), resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String script() {
    return String.join(
        ";\n",
        table("ref.countries", COUNTRIES.size(), this::country),
        table("ref.branches", BRANCHES, this::branch),
        table("ref.fx", 3 * 180, this::fx),
        table("ref.rates", 24, this::rate),
        table("hr.employees", EMPLOYEES, this::employee),
        table(
            """
            bank.customers (customer_id, branch_id, adviser_id, first_name, last_name, segment, country,
              since, active, languages, preferences, ssn, date_of_birth, email, phone, annual_income,
              pep, risk_score, aliases, password_hash, portal_id)\
            """,
            CUSTOMERS,
            this::customer),
        table("bank.addresses", 180, this::address),
        table(
            """
            bank.accounts (account_id, customer_id, kind, currency, balance, overdraft, opened, closed,
              iban)\
            """,
            ACCOUNTS,
            this::account),
        table("bank.cards", CARDS, this::card),
        table("bank.transactions", 1500, this::transaction),
        table("bank.loans", 60, this::loan),
        table("bank.payments", 300, this::payment),
        table("bank.kyc_documents", 140, this::document),
        table("bank.devices", 100, this::device),
        table("bank.disputes", 45, this::dispute),
        table("audit.events", 200, this::event),
        "SELECT setval('audit.events_event_id_seq', 1000)",
        "REFRESH MATERIALIZED VIEW bank.m_branch_balances");
  }

  /** Rows from 1 on. */
  private static String table(String target, int rows, IntFunction<String> row) {
    return IntStream.rangeClosed(1, rows)
        .mapToObj(n -> "(" + row.apply(n) + ")")
        .collect(Collectors.joining(",\n", "INSERT INTO " + target + " VALUES\n", ""));
  }

  private static String row(Object... values) {
    return IntStream.range(0, values.length)
        .mapToObj(i -> String.valueOf(values[i]))
        .collect(Collectors.joining(", "));
  }

  private static String quoted(Object value) {
    return "'" + value + "'";
  }

  private <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  private int upTo(int most) {
    return 1 + random.nextInt(most);
  }

  private boolean oneIn(int times) {
    return random.nextInt(times) == 0;
  }

  private LocalDate day(LocalDate from, int days) {
    return from.plusDays(random.nextInt(days));
  }

  private String instant(LocalDate day) {
    return quoted(
        "%s %02d:%02d:%02d+00"
            .formatted(day, random.nextInt(24), random.nextInt(60), random.nextInt(60)));
  }

  private String money(int most) {
    return random.nextInt(1, most) + "." + random.nextInt(10, 99);
  }

  private String country(int n) {
    String code = COUNTRIES.get(n - 1);
    return row(quoted(code), quoted("Country " + code), !code.equals("CH") && !code.equals("LI"));
  }

  private String branch(int n) {
    return row(
        n,
        quoted("Branch " + CITIES.get(n - 1)),
        quoted(CITIES.get(n - 1)),
        quoted(n < 6 ? "CH" : one(COUNTRIES)),
        quoted(day(LocalDate.of(1990, 1, 1), 9000)),
        n == 1 ? "NULL" : 1 + n / 3,
        quoted("{\"mon\": \"9-%d\", \"sat\": %s}".formatted(15 + n % 4, n % 2 == 0)),
        "point(%d.5,%d.25)".formatted(n + 5, n + 44));
  }

  private String fx(int n) {
    List<String> bases = List.of("EUR", "USD", "GBP");
    return row(
        quoted(FIRST_DAY.plusDays((n - 1) / 3 * 3L)),
        quoted(bases.get(n % 3)),
        quoted("CHF"),
        "0." + random.nextInt(850_000, 999_999));
  }

  private String rate(int n) {
    List<String> products = List.of("mortgage", "savings", "overdraft", "lombard");
    LocalDate from = FIRST_DAY.plusMonths((n - 1) / 4 * 3L);
    return row(
        n,
        quoted(products.get(n % 4)),
        "daterange('" + from + "', '" + from.plusMonths(3) + "')",
        random.nextInt(0, 9) + "." + random.nextInt(100, 999),
        "ARRAY[" + n * 1000 + ", " + n * 5000 + "]");
  }

  private String employee(int n) {
    List<String> titles = List.of("adviser", "teller", "analyst", "risk officer");
    return row(
        n,
        1 + n % BRANCHES,
        n <= 4 ? "NULL" : 1 + n % 4,
        quoted("Employee " + n),
        quoted(n <= 4 ? "head of branch" : one(titles)),
        quoted(day(LocalDate.of(2005, 1, 1), 7000)),
        "ARRAY['" + one(CITIES) + "', '" + one(CATEGORIES) + "']",
        quoted("employee" + n + "@bank.example"),
        secrets.salary(n),
        secrets.bonus(n),
        secrets.rating(n),
        secrets.sickDays(n),
        secrets.leave(n),
        secrets.nationalId(n));
  }

  private String customer(int n) {
    List<String> first = List.of("Anna", "Beat", "Carla", "David", "Eva", "Fritz", "Gina", "Hugo");
    List<String> last = List.of("Meier", "Keller", "Rossi", "Favre", "Huber", "Weber");
    List<String> segments = List.of("retail", "retail", "affluent", "private", "business");
    return row(
        n,
        upTo(BRANCHES),
        oneIn(9) ? "NULL" : upTo(EMPLOYEES),
        quoted(one(first)),
        quoted(one(last)),
        quoted(one(segments)),
        quoted(one(COUNTRIES)),
        quoted(day(LocalDate.of(2010, 1, 1), 5600)),
        !oneIn(8),
        oneIn(2) ? "ARRAY['de']" : "ARRAY['de', 'fr']",
        quoted(
            "{\"paper\": %s, \"theme\": \"%s\"}".formatted(oneIn(3), oneIn(2) ? "dark" : "light")),
        secrets.ssn(n),
        secrets.birth(n),
        secrets.email(n),
        secrets.phone(n),
        secrets.income(n),
        secrets.flag(n),
        secrets.score(n),
        secrets.alias(n),
        secrets.bytes(n),
        secrets.uuid(n));
  }

  private String address(int n) {
    return row(
        n,
        1 + n % CUSTOMERS,
        quoted(n <= CUSTOMERS ? "home" : one(List.of("mail", "work"))),
        secrets.address(n),
        secrets.postcode(n),
        quoted(one(CITIES)),
        quoted(one(COUNTRIES)),
        quoted(day(LocalDate.of(2015, 1, 1), 4000)));
  }

  private String account(int n) {
    LocalDate opened = day(LocalDate.of(2012, 1, 1), 4500);
    return row(
        n,
        1 + n * 7 % CUSTOMERS,
        quoted(one(List.of("current", "savings", "salary", "custody"))),
        quoted(one(List.of("CHF", "CHF", "EUR", "USD"))),
        (oneIn(6) ? "-" : "") + money(60_000),
        oneIn(3) ? 2000 : 0,
        quoted(opened),
        oneIn(10) ? quoted(opened.plusDays(upTo(400))) : "NULL",
        secrets.iban(n));
  }

  private String card(int n) {
    LocalDate issued = day(LocalDate.of(2022, 1, 1), 1200);
    return row(
        n,
        1 + n * 3 % ACCOUNTS,
        quoted(one(List.of("visa", "mastercard", "debit"))),
        quoted(issued),
        quoted(issued.plusYears(4)),
        oneIn(12),
        upTo(20) * 500,
        secrets.pan(n),
        secrets.bytesOrNone(n));
  }

  private String transaction(int n) {
    LocalDate day = day(FIRST_DAY, 600);
    return row(
        n,
        upTo(ACCOUNTS),
        oneIn(2) ? upTo(CARDS) : "NULL",
        instant(day),
        quoted(day),
        (oneIn(3) ? "" : "-") + money(3000),
        quoted(one(List.of("CHF", "CHF", "EUR", "USD"))),
        quoted(one(CATEGORIES)),
        "ARRAY['" + one(List.of("online", "branch", "atm")) + "', 'b" + n % 5 + "']",
        secrets.counterparty(n),
        secrets.freeText(n));
  }

  private String loan(int n) {
    int principal = upTo(90) * 10_000;
    return row(
        n,
        1 + n * 11 % CUSTOMERS,
        quoted(one(List.of("mortgage", "consumer", "lombard", "sme"))),
        principal,
        principal * (long) random.nextInt(0, 100) / 100,
        "1." + random.nextInt(100, 999),
        one(List.of(12, 36, 60, 120, 240)),
        quoted(day(LocalDate.of(2018, 1, 1), 2600)),
        oneIn(4) ? upTo(200) : 0,
        secrets.collateral(n));
  }

  private String payment(int n) {
    LocalDate day = day(FIRST_DAY, 600);
    String state =
        one(List.of("submitted", "settled", "settled", "settled", "rejected", "returned"));
    return row(
        n,
        upTo(ACCOUNTS),
        quoted(state),
        money(20_000),
        quoted(one(List.of("CHF", "EUR", "USD"))),
        instant(day),
        state.equals("settled") ? instant(day.plusDays(upTo(3))) : "NULL",
        quoted("0000%04d-1111-4222-8333-444455556666".formatted(n)),
        secrets.creditorName(n),
        secrets.creditorIban(n));
  }

  private String document(int n) {
    LocalDate received = day(LocalDate.of(2020, 1, 1), 2200);
    return row(
        n,
        1 + n % CUSTOMERS,
        quoted(one(List.of("passport", "id-card", "residence-permit"))),
        quoted(received),
        oneIn(7) ? "NULL" : quoted(received.plusYears(5)),
        !oneIn(5),
        quoted("{\"liveness\": %d, \"steps\": [\"ocr\", \"mrz\"]}".formatted(upTo(100))),
        secrets.document(n),
        secrets.bytesOrNone(n));
  }

  private String device(int n) {
    return row(
        n,
        upTo(CUSTOMERS),
        quoted(one(List.of("ios", "android", "web"))),
        instant(day(FIRST_DAY, 500)),
        !oneIn(4),
        secrets.ip(n),
        secrets.uuidOrNone(n));
  }

  private String dispute(int n) {
    LocalDate opened = day(FIRST_DAY, 500);
    boolean open = oneIn(3);
    return row(
        n,
        secrets.pan(upTo(CARDS)),
        quoted(one(List.of("fraud", "duplicate", "not_received", "amount"))),
        money(900),
        quoted(opened),
        open ? "NULL" : quoted(opened.plusDays(upTo(60))),
        open ? "NULL" : oneIn(2),
        secrets.freeText(n + 40));
  }

  private String event(int n) {
    return row(
        n,
        instant(day(FIRST_DAY, 600)),
        quoted("employee" + upTo(EMPLOYEES)),
        quoted(one(List.of("view", "change", "export", "login"))),
        quoted(one(List.of("customer", "account", "card")) + ":" + upTo(100)),
        quoted("{\"ms\": %d, \"ok\": %s}".formatted(upTo(900), !oneIn(9))),
        quoted(random.nextInt(1, 5000) + " milliseconds"));
  }
}

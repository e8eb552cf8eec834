package io.gatehouse.appliance.sql.postgres;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The server's keywords: what each may name, and since which version it is one. */
final class Keywords {
  /** Where a keyword may still stand as a name. */
  enum Category {
    UNRESERVED,
    /** May name a column or table, but no function or type. */
    COLUMN_NAME,
    /** May name a function or type, but no column or table. */
    TYPE_OR_FUNCTION_NAME,
    RESERVED
  }

  private static final String UNRESERVED =
      """
      abort absent absolute access action add admin after aggregate also alter always asensitive
      assertion assignment at atomic attach attribute backward before begin breadth by cache call
      called cascade cascaded catalog chain characteristics checkpoint class close cluster columns
      comment comments commit committed compression conditional configuration conflict connection
      constraints content continue conversion copy cost csv cube current cursor cycle data database
      day deallocate declare defaults deferred definer delete delimiter delimiters depends depth
      detach dictionary disable discard document domain double drop each empty enable encoding
      encrypted enforced enum error escape event exclude excluding exclusive execute explain
      expression extension external family filter finalize first following force format forward
      function functions generated global granted groups handler header hold hour identity if
      immediate immutable implicit import include including increment indent index indexes inherit
      inherits inline input insensitive insert instead invoker isolation keep key keys label
      language large last leakproof level listen load local location lock locked logged mapping
      match matched materialized maxvalue merge method minute minvalue mode month move name names
      nested new next nfc nfd nfkc nfkd no normalized nothing notify nowait nulls object objects of
      off oids old omit operator option options ordinality others over overriding owned owner
      parallel parameter parser partial partition passing password path period plan plans policy
      preceding prepare prepared preserve prior privileges procedural procedure procedures program
      publication quote quotes range read reassign recursive ref referencing refresh reindex
      relative release rename repeatable replace replica reset restart restrict return returns
      revoke role rollback rollup routine routines rows rule savepoint scalar schema schemas scroll
      search second security sequence sequences serializable server session set sets share show
      simple skip snapshot source sql stable standalone start statement statistics stdin stdout
      storage stored strict string strip subscription support sysid system tables tablespace target
      temp template temporary text ties transaction transform trigger truncate trusted type types
      uescape unbounded uncommitted unconditional unencrypted unknown unlisten unlogged until update
      vacuum valid validate validator value varying version view views virtual volatile whitespace
      within without work wrapper write xml year yes zone
      """;

  private static final String COLUMN_NAME =
      """
      between bigint bit boolean char character coalesce dec decimal exists extract float greatest
      grouping inout int integer interval json json_array json_arrayagg json_exists json_object
      json_objectagg json_query json_scalar json_serialize json_table json_value least merge_action
      national nchar none normalize nullif numeric out overlay position precision real row setof
      smallint substring time timestamp treat trim values varchar xmlattributes xmlconcat xmlelement
      xmlexists xmlforest xmlnamespaces xmlparse xmlpi xmlroot xmlserialize xmltable
      """;

  private static final String TYPE_OR_FUNCTION_NAME =
      """
      authorization binary collation concurrently cross current_schema freeze full ilike inner is
      isnull join left like natural notnull outer overlaps right similar tablesample verbose
      """;

  private static final String RESERVED =
      """
      all analyse analyze and any array as asc asymmetric both case cast check collate column
      constraint create current_catalog current_date current_role current_time current_timestamp
      current_user default deferrable desc distinct do else end except false fetch for foreign from
      grant group having in initially intersect into lateral leading limit localtime localtimestamp
      not null offset on only or order placing primary references returning select session_user some
      symmetric system_user table then to trailing true union unique user using variadic when where
      window with
      """;

  private static final String NO_BARE_LABEL =
      """
      array as char character create day except fetch filter for from grant group having hour
      intersect into isnull limit minute month notnull offset on order over overlaps precision
      returning second to union varying where window with within without year
      """;

  /** Keywords that a server before the version takes for plain identifiers. */
  private static final Map<Integer, String> SINCE =
      Map.of(
          15,
          "matched merge parameter",
          16,
          """
          absent format indent json_array json_arrayagg json_object json_objectagg keys scalar
          system_user
          """,
          17,
          """
          conditional empty error json json_exists json_query json_scalar json_serialize json_table
          json_value keep merge_action nested omit path plan quotes source string target
          unconditional
          """,
          18,
          "enforced objects period virtual");

  private record Keyword(Category category, boolean bareLabel, int since) {}

  private static final Map<String, Keyword> ALL = all();

  private Keywords() {}

  static boolean contains(String word, int serverMajor) {
    Keyword keyword = ALL.get(word);
    return keyword != null && keyword.since <= serverMajor;
  }

  static Optional<Category> category(String word) {
    return Optional.ofNullable(ALL.get(word)).map(Keyword::category);
  }

  /** Whether it may be a column's label without AS. */
  static boolean bareLabel(String word) {
    Keyword keyword = ALL.get(word);
    return keyword != null && keyword.bareLabel;
  }

  static Set<String> words() {
    return Set.copyOf(ALL.keySet());
  }

  private static Map<String, Keyword> all() {
    Map<String, Integer> since = new HashMap<>();
    SINCE.forEach((version, words) -> split(words).forEach(word -> since.put(word, version)));
    Map<String, Keyword> all = new HashMap<>();
    add(all, since, UNRESERVED, Category.UNRESERVED);
    add(all, since, COLUMN_NAME, Category.COLUMN_NAME);
    add(all, since, TYPE_OR_FUNCTION_NAME, Category.TYPE_OR_FUNCTION_NAME);
    add(all, since, RESERVED, Category.RESERVED);
    return Map.copyOf(all);
  }

  private static void add(
      Map<String, Keyword> all, Map<String, Integer> since, String words, Category category) {
    Set<String> notBare = split(NO_BARE_LABEL);
    for (String word : split(words)) {
      int version = since.getOrDefault(word, 0);
      all.put(word, new Keyword(category, !notBare.contains(word), version));
    }
  }

  private static Set<String> split(String words) {
    return Set.of(words.strip().split("\\s+"));
  }
}

package io.gatehouse.appliance.gated;

import java.util.List;

/** Whoever makes a name stand for something else between its check and its use. */
final class RawNameAttacks extends RawList {
  private static final String BY_PATH = "SELECT ssn FROM customers";
  private static final String VIEW = "CREATE OR REPLACE VIEW pub.v AS SELECT ssn AS note FROM ";
  private static final String HIDDEN = "SELECT 'a\\'', ssn FROM hr.customers --'";
  private static final String OWN_TABLE = "CREATE TEMP TABLE customers (ssn text)";

  RawNameAttacks() {
    paths();
    pathsInABatch();
    views();
    ownTables();
    portals();
    names();
    logins();
  }

  private void paths() {
    add(
        "R02",
        "step by step",
        client -> {
          simple(client, "SET search_path = pub");
          prepared(client, "s", BY_PATH);
          simple(client, "SET search_path = hr");
          client.say().bind("", "s").execute("").sync();
        });
    add(
        "R02",
        "pipelined",
        client -> {
          client.say().query("SET search_path = pub").parse("s", BY_PATH).sync();
          client.say().query("SET search_path = hr").bind("", "s").execute("").sync();
        });
    add(
        "R02",
        "one batch",
        client -> {
          simple(client, "SET search_path = pub");
          client.say().parse("s", BY_PATH).run("SET search_path = hr");
          client.say().bind("", "s").execute("").sync();
        });
    add(
        "R02",
        "path of a transaction",
        client -> {
          simple(client, "BEGIN; SET LOCAL search_path = pub");
          prepared(client, "s", BY_PATH);
          client.say().query("COMMIT").bind("", "s").execute("").sync();
        });
  }

  private void pathsInABatch() {
    for (String move :
        List.of(
            "SET search_path = hr",
            "SELECT set_config('search_path', 'hr', false)",
            "RESET ALL",
            "DISCARD ALL")) {
      add(
          "R03",
          "one batch, " + move.replaceAll("[ (].*", ""),
          client -> {
            simple(client, "SET search_path = pub");
            client.say().run(move).run(BY_PATH).sync();
          });
      add(
          "R03",
          "two queries unanswered, " + move.replaceAll("[ (].*", ""),
          client -> {
            simple(client, "SET search_path = pub");
            client.say().query(move).query(BY_PATH);
          });
    }
    add(
        "R03",
        "one query",
        client -> {
          simple(client, "SET search_path = pub");
          client.say().query("SET search_path = hr; " + BY_PATH);
        });
  }

  private void views() {
    for (String form : List.of("statement", "text")) {
      boolean kept = form.equals("statement");
      staged(
          "R04",
          form + " from before",
          scene -> {
            scene.meanwhile(VIEW + "pub.customers; GRANT SELECT ON pub.v TO app");
            RawClient client = scene.client();
            prepared(client, "s", "SELECT note FROM pub.v");
            simple(client, "SELECT note FROM pub.v");
            scene.meanwhile(VIEW + "hr.customers");
            with(
                client,
                again -> {
                  if (kept) {
                    again.say().bind("", "s").execute("").sync();
                  } else {
                    again.say().query("SELECT note FROM pub.v");
                  }
                });
          });
    }
  }

  private void ownTables() {
    for (String end : List.of("DROP TABLE pg_temp.customers", "DISCARD TEMP", "DISCARD ALL")) {
      String words = end.replace(" pg_temp.customers", "");
      add(
          "R05",
          "step by step, " + words,
          client -> {
            simple(client, OWN_TABLE);
            prepared(client, "s", BY_PATH);
            simple(client, end);
            client.say().bind("", "s").execute("").sync();
            client.say().query(BY_PATH);
          });
      add(
          "R05",
          "pipelined, " + words,
          client -> {
            simple(client, OWN_TABLE);
            client.say().parse("s", BY_PATH).sync().query(end);
            client.say().bind("", "s").execute("").sync().query(BY_PATH);
          });
    }
    add(
        "R05",
        "rolled back",
        client -> {
          simple(client, "BEGIN");
          simple(client, OWN_TABLE);
          prepared(client, "s", BY_PATH);
          client.say().query("ROLLBACK").bind("", "s").execute("").sync();
        });
    add(
        "R05",
        "rolled back to a savepoint",
        client -> {
          simple(client, "BEGIN");
          simple(client, "SAVEPOINT a");
          simple(client, OWN_TABLE);
          prepared(client, "s", BY_PATH);
          simple(client, "ROLLBACK TO a");
          client.say().bind("", "s").execute("").sync();
        });
  }

  private void portals() {
    add(
        "R07",
        "in portions",
        client -> {
          client.say().parse("s", SECRET).bind("p", "s").execute("p", 2).flush();
          client.say().execute("p", 1).sync();
        });
    add(
        "R07",
        "portal's name taken over",
        client -> {
          simple(client, "BEGIN");
          client.say().parse("a", OPEN).bind("p", "a").execute("p", 1).flush().close('P', "p");
          client.say().parse("b", SECRET).bind("p", "b").execute("p", 1).sync();
        });
    add(
        "R08",
        "cursor executed as a portal",
        client -> {
          simple(client, "BEGIN");
          client.say().query("DECLARE c CURSOR FOR " + SECRET).execute("c").sync();
        });
    add(
        "R08",
        "cursor's name taken over by a portal",
        client -> {
          simple(client, "BEGIN");
          simple(client, "DECLARE c CURSOR FOR " + OPEN);
          client.say().close('P', "c").parse("b", SECRET).bind("c", "b").sync();
          client.say().query("FETCH ALL FROM c");
        });
    add(
        "R08",
        "portal's name taken over by a cursor",
        client -> {
          simple(client, "BEGIN");
          client.say().parse("a", OPEN).bind("c", "a").execute("c", 1).sync();
          client.say().query("CLOSE c").query("DECLARE c CURSOR FOR " + SECRET);
          client.say().describe('P', "c").execute("c").sync();
        });
  }

  private void names() {
    add(
        "R14",
        "closed and made again",
        client -> {
          prepared(client, "s", OPEN);
          client.say().close('S', "s").parse("s", SECRET).bind("", "s").execute("").sync();
        });
    add(
        "R14",
        "unnamed, made again",
        client -> {
          client.say().parse("", OPEN).bind("", "").execute("").parse("", SECRET).sync();
          client.say().bind("", "").execute("").sync();
        });
    add(
        "R14",
        "kept by a Parse that fails",
        client -> {
          client.say().parse("s", SECRET).sync().parse("s", OPEN).sync();
          client.say().parse("t", "SELEC").sync().bind("", "s").execute("").sync();
        });
    add(
        "R14",
        "put there by PREPARE",
        client -> {
          prepared(client, "s", OPEN);
          client.say().query("DEALLOCATE s").query("PREPARE s AS " + SECRET);
          client.say().bind("", "s").execute("").sync();
        });
  }

  private void logins() {
    for (List<String> parameters :
        List.of(
            List.of("search_path", "hr"),
            List.of("options", "-c search_path=hr"),
            List.of("options", "-csearch_path=hr,pub"),
            List.of("options", "--search-path=hr"),
            List.of("options", "-c search\\_path=hr -c my.a=b"))) {
      staged(
          "R10",
          String.join(" ", parameters),
          scene ->
              with(
                  scene.client(parameters.toArray(String[]::new)),
                  client -> client.say().query(BY_PATH)));
    }
    staged(
        "R10",
        "other strings",
        scene -> {
          // Nothing is read of such a session: no question would be answered.
          RawClient client = scene.client("options", "-c standard_conforming_strings=off");
          simple(client, HIDDEN);
        });
    for (String replication : List.of("database", "true")) {
      noSession("R11", replication, scene -> scene.client("replication", replication));
    }
  }
}

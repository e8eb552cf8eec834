package io.gatehouse.appliance.gated;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;

/** Whoever asks by other messages than those with the text in them. */
final class RawMessageAttacks extends RawList {
  private static final byte[] ONE = "1".getBytes(UTF_8);

  RawMessageAttacks() {
    functionCalls();
    formats();
    copies();
    texts();
    afterErrors();
    otherMessages();
  }

  private void functionCalls() {
    staged(
        "R01",
        "alone",
        scene -> {
          int leak = scene.number("hr.sd_leak(int)");
          with(scene.client(), client -> client.say().call(leak, RawMessages.TEXT, ONE));
        });
    staged(
        "R01",
        "binary",
        scene -> {
          int leak = scene.number("hr.sd_leak(int)");
          byte[] one = RawMessages.number(1);
          with(scene.client(), client -> client.say().call(leak, RawMessages.BINARY, one));
        });
    staged(
        "R01",
        "inside a batch",
        scene -> {
          int leak = scene.number("hr.sd_leak(int)");
          with(
              scene.client(),
              client -> client.say().run("SELECT 1").call(leak, RawMessages.TEXT, ONE).sync());
        });
  }

  private void formats() {
    add(
        "R06",
        "binary",
        client -> {
          client.say().parse("", "SELECT ssn, salary FROM hr.customers");
          client.say().bind("", "", RawMessages.BINARY).execute("").sync();
        });
    add(
        "R06",
        "byte by byte",
        client -> {
          client.say().run(SECRET).sync();
          client.sendByByte();
        });
  }

  private void copies() {
    for (String copy :
        List.of(
            "COPY (" + SECRET + ") TO STDOUT",
            "COPY hr.customers (ssn) TO STDOUT (FORMAT binary)")) {
      String form = copy.contains("binary") ? "table, binary" : "query";
      add("R09", form + ", extended", client -> client.say().run(copy).sync());
      add("R09", form + ", simple", client -> client.say().query(copy));
    }
    add(
        "R09",
        "table, prepared",
        client -> {
          prepared(client, "s", "COPY hr.customers TO STDOUT");
          client.say().bind("", "s").execute("").sync();
        });
  }

  private void texts() {
    asServer("R13", "two in a Parse", client -> client.say().run("SELECT 1; " + SECRET).sync());
    ends("R15", "in a Query", client -> client.say().query("SELECT 1\0; " + SECRET));
    ends("R15", "in a Parse", client -> client.say().run("SELECT 1\0; " + SECRET).sync());
    for (int format : List.of(RawMessages.TEXT, RawMessages.BINARY)) {
      add(
          "R16",
          format == RawMessages.TEXT ? "text" : "binary",
          client -> {
            client.say().parse("", "SELECT query_to_xml($1::text, true, true, '')");
            client.say().bind("", "", format, SECRET.getBytes(UTF_8)).execute("").sync();
          });
    }
  }

  private void afterErrors() {
    add(
        "R17",
        "Query after a refusal",
        client -> client.say().parse("", SECRET).query(SECRET).sync().query(SECRET));
    add(
        "R17",
        "Query after an error",
        client -> client.say().run("SELECT 1/0").query(SECRET).sync().query(SECRET));
    add(
        "R17",
        "write after an error",
        client -> {
          client.say().run("SELECT 1/0").query("DELETE FROM hr.orders").sync();
          client.say().query("DELETE FROM pub.customers RETURNING (" + SECRET + " LIMIT 1)");
        });
  }

  private void otherMessages() {
    String name = "SELECT set_config('application_name', (" + SECRET + " LIMIT 1), false)";
    add("R18", "simple", client -> client.say().query(name));
    add("R18", "extended", client -> client.say().run(name).sync());
    add(
        "R18",
        "rolled back",
        client -> client.say().query("BEGIN").run(name).sync().query("ROLLBACK"));
    for (String notify :
        List.of(
            "SELECT pg_notify('c', (" + SECRET + " LIMIT 1))",
            "SELECT pg_notify('c', ssn) FROM hr.customers LIMIT 3")) {
      staged(
          "R19",
          notify.contains("LIMIT 3") ? "of rows" : "of a value",
          scene -> {
            RawClient listener = scene.client();
            simple(listener, "LISTEN c");
            RawClient sender = scene.client();
            with(sender, client -> client.say().run(notify).sync());
            // Its result is empty, so what comes to the other is all there is to see.
            with(listener, client -> client.say().query("SELECT 1"));
          });
    }
  }
}

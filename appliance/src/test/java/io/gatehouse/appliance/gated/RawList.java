package io.gatehouse.appliance.gated;

import static io.gatehouse.appliance.gated.RawAttack.Expected.AS_SERVER;
import static io.gatehouse.appliance.gated.RawAttack.Expected.NO_SESSION;
import static io.gatehouse.appliance.gated.RawAttack.Expected.REFUSED;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Attacks in the order in which they are added, and what their scripts share. */
class RawList {
  static final String SECRET = "SELECT ssn FROM hr.customers ORDER BY id";
  static final String OPEN = "SELECT ssn FROM pub.customers ORDER BY id";

  private final List<RawAttack> all = new ArrayList<>();

  final List<RawAttack> all() {
    return List.copyOf(all);
  }

  final void staged(String id, String form, RawAttack.Script script) {
    all.add(new RawAttack(id, form, REFUSED, script));
  }

  final void add(String id, String form, Talk talk) {
    staged(id, form, scene -> with(scene.client(), talk));
  }

  final void noSession(String id, String form, RawAttack.Script script) {
    all.add(new RawAttack(id, form, NO_SESSION, script));
  }

  final void ends(String id, String form, Talk talk) {
    noSession(
        id,
        form,
        scene -> {
          RawClient client = scene.client();
          talk.with(client);
          client.untilError();
        });
  }

  final void asServer(String id, String form, Talk talk) {
    all.add(new RawAttack(id, form, AS_SERVER, scene -> with(scene.client(), talk)));
  }

  /** What one client says; {@link RawClient#end} comes after it. */
  @FunctionalInterface
  interface Talk {
    void with(RawClient client) throws IOException;
  }

  static void with(RawClient client, Talk talk) throws IOException {
    talk.with(client);
    client.end();
  }

  static void simple(RawClient client, String sql) throws IOException {
    client.say().query(sql);
    client.ready(1);
  }

  static void prepared(RawClient client, String statement, String sql) throws IOException {
    client.say().parse(statement, sql).sync();
    client.ready(1);
  }
}

package io.gatehouse.appliance.engine;

import io.gatehouse.appliance.sql.SecretSpan;
import io.gatehouse.spi.CommandForm.Call;
import io.gatehouse.spi.json.JsonEdit;
import io.gatehouse.spi.json.JsonValue;
import java.util.List;

/**
 * A call with arguments that are SQL. Lives for one decision, on the session's event loop.
 *
 * @param sql those that the configuration marks
 */
record SqlCall(Call call, List<SqlArgument.Placed> sql) {
  SqlCall {
    sql = List.copyOf(sql);
  }

  /** In the order of the configuration. */
  List<SqlArgument.Found> found() {
    return sql.stream().map(one -> one.argument().in(call.arguments())).toList();
  }

  /**
   * The message without passwords.
   *
   * @param secrets characters of all texts, one behind the other
   */
  JsonEdit without(List<SecretSpan> secrets) {
    JsonEdit edit = new JsonEdit(call.message());
    if (secrets.isEmpty()) {
      return edit;
    }
    int from = 0;
    for (SqlArgument.Found found : found()) {
      if (found instanceof SqlArgument.Found.Texts(List<JsonValue> strings)) {
        for (JsonValue string : strings) {
          String text = string.text();
          String left = without(text, from, secrets);
          if (!left.equals(text)) {
            edit.text(string, left);
          }
          from += text.length();
        }
      }
    }
    return edit;
  }

  private static String without(String text, int from, List<SecretSpan> secrets) {
    StringBuilder left = new StringBuilder();
    int done = 0;
    for (SecretSpan span : secrets) {
      int start = Math.clamp((long) span.start() - from, 0, text.length());
      int end = Math.clamp((long) span.end() - from, 0, text.length());
      if (start < end) {
        left.append(text, done, start).append(Grounds.REDACTION);
        done = end;
      }
    }
    return left.append(text, done, text.length()).toString();
  }
}

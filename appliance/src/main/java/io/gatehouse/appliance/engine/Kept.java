package io.gatehouse.appliance.engine;

import io.gatehouse.appliance.journal.record.Understood;
import io.gatehouse.appliance.sql.Analysed;
import io.gatehouse.appliance.sql.SecretSpan;
import io.gatehouse.appliance.sql.SqlDialect;
import io.gatehouse.appliance.verdict.OnRecord;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What of a text may be put on record. Found once, on the thread that read the text. */
final class Kept {
  private Kept() {}

  static OnRecord of(
      byte[] bytes,
      SqlDialect dialect,
      SqlDialect.Scene scene,
      List<Analysed> all,
      String omitted) {
    return new OnRecord(
        Understood.of(all.stream().map(Analysed::command).toList()),
        secrets(bytes, dialect, scene),
        omitted);
  }

  /** In bytes. All of it, where nobody can look for them. */
  private static List<SecretSpan> secrets(
      byte[] bytes, SqlDialect dialect, SqlDialect.Scene scene) {
    try {
      String sql = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      List<SecretSpan> inBytes = new ArrayList<>();
      int character = 0;
      int at = 0;
      for (SecretSpan span : dialect.secrets(sql, scene)) {
        int start = at + length(sql, character, span.start());
        at = start + length(sql, span.start(), span.end());
        character = span.end();
        inBytes.add(new SecretSpan(start, at));
      }
      return inBytes;
    } catch (CharacterCodingException | RuntimeException | StackOverflowError e) {
      return List.of(new SecretSpan(0, bytes.length));
    }
  }

  private static int length(String sql, int from, int to) {
    return sql.substring(from, to).getBytes(StandardCharsets.UTF_8).length;
  }
}

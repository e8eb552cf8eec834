package io.gatehouse.appliance.journal.show;

import io.gatehouse.appliance.journal.read.Content;
import io.gatehouse.appliance.journal.read.Content.Said;
import io.gatehouse.appliance.journal.read.Entry;
import io.gatehouse.appliance.journal.read.Joining;
import io.gatehouse.appliance.journal.record.Datum;
import io.gatehouse.appliance.journal.record.Kind;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes records for other programs, one a line. Not thread-safe. */
public final class Export {
  /** How. */
  public enum Format {
    JSONL,
    CSV
  }

  private static final List<String> OWN =
      List.of("sequence", "index", "sealed", "time", "kind", "session", "answers", "absent");
  private static final List<String> PICKED =
      List.of(
          "subject",
          "target",
          "operation",
          "verdict",
          "rule",
          "fingerprint",
          "outcome",
          "rows",
          "code");
  private static final int LINES = 256;
  private static final Datum NOTHING = new Datum.Nothing();

  private final PrintWriter out;
  private final Format format;
  private final boolean values;
  private final Joining joining = new Joining();
  private long lines;

  /**
   * @param values whether literals and bind values are written
   */
  public Export(PrintWriter out, Format format, boolean values) {
    this.out = out;
    this.format = format;
    this.values = values;
    if (format == Format.CSV) {
      List<String> header = new ArrayList<>(OWN);
      header.addAll(PICKED);
      header.add("fields");
      out.print(Csv.line(header));
    }
  }

  /** Whether somebody still reads. */
  public boolean add(Entry entry, Content content) {
    return joining.next(entry, content).map(whole -> line(entry, whole)).orElse(true);
  }

  private boolean line(Entry entry, Content content) {
    Map<String, Datum> own = own(entry, content);
    Map<String, Datum> fields = content instanceof Said said ? fields(said) : Map.of();
    switch (format) {
      case JSONL -> {
        String object = Json.object(own);
        String more = fields.isEmpty() ? "" : ",\"fields\":" + Json.object(fields);
        out.print(object.substring(0, object.length() - 1) + more + "}\n");
      }
      case CSV -> {
        List<String> cells = new ArrayList<>();
        OWN.forEach(name -> cells.add(cell(own, name)));
        PICKED.forEach(name -> cells.add(cell(fields, name)));
        cells.add(fields.isEmpty() ? "" : Json.object(fields));
        out.print(Csv.line(cells));
      }
    }
    return ++lines % LINES != 0 || !out.checkError();
  }

  public long lines() {
    return lines;
  }

  private static String cell(Map<String, Datum> fields, String name) {
    return Wording.word(fields.getOrDefault(name, NOTHING));
  }

  private static Map<String, Datum> own(Entry entry, Content content) {
    Map<String, Datum> own = new LinkedHashMap<>();
    own.put("sequence", new Datum.Count(entry.row().sequence()));
    own.put("index", entry.index() < 0 ? NOTHING : new Datum.Count(entry.index()));
    own.put("sealed", new Datum.Flag(entry.sealed()));
    own.put("time", new Datum.Text(Wording.instant(entry.row().wallClock()).toString()));
    own.put(
        "kind",
        new Datum.Text(
            Kind.of(entry.row().kind())
                .map(Kind::label)
                .orElseGet(() -> Integer.toString(entry.row().kind()))));
    own.put(
        "session",
        entry.row().inSession() ? new Datum.Text(entry.row().session().toString()) : NOTHING);
    own.put(
        "answers", entry.row().answers() < 0 ? NOTHING : new Datum.Count(entry.row().answers()));
    own.put(
        "absent",
        switch (content) {
          case Said _, Content.Part _ -> NOTHING;
          case Content.Gone(String why) -> new Datum.Text("gone: " + why);
          case Content.Unreadable(String why) -> new Datum.Text("cannot be read: " + why);
        });
    return own;
  }

  private Map<String, Datum> fields(Said said) {
    if (values || said.kind() != Kind.COMMAND_INTENT) {
      return said.fields();
    }
    Map<String, Datum> fields = new LinkedHashMap<>(said.fields());
    fields.put("text", NOTHING);
    fields.put(
        "binds", new Datum.Row(said.rows("binds").stream().map(Export::withoutValue).toList()));
    said.bytes("text").ifPresent(text -> fields.put("text-bytes", new Datum.Count(text.length)));
    return fields;
  }

  private static Datum withoutValue(Datum bind) {
    return bind instanceof Datum.Row(List<Datum> parts)
        ? new Datum.Row(parts.subList(0, Math.min(2, parts.size())))
        : NOTHING;
  }
}

package io.gatehouse.appliance.journal.show;

import io.gatehouse.appliance.journal.read.Content;
import io.gatehouse.appliance.journal.read.Content.Said;
import io.gatehouse.appliance.journal.read.Entry;
import io.gatehouse.appliance.journal.read.Joining;
import io.gatehouse.appliance.journal.record.Datum;
import io.gatehouse.spi.ResultReader;
import java.util.Locale;
import java.util.Optional;

/** Prints the records of a session one after the other. Not thread-safe. */
public final class Transcript {
  private static final String MARGIN = "    ";
  private static final String QUOTE = "  | ";
  private static final double MILLIS = 1e6;

  private final Paper paper;
  private final boolean values;
  private Wording wording;
  private final Joining joining = new Joining();
  private Optional<Result> result = Optional.empty();

  /**
   * A result that is being printed.
   *
   * @param of the sequence of its intent
   * @param next the part that comes next
   */
  private record Result(long of, long next, ResultTable table, ResultReader reader) {
    void end() {
      reader.end();
      table.end();
    }
  }

  /**
   * @param values whether literals and bind values are shown
   */
  public Transcript(Paper paper, boolean values) {
    this.paper = paper;
    this.values = values;
    wording = new Wording(Renderings.POSTGRESQL, values);
  }

  public void add(Entry entry, Content content) {
    joining
        .next(entry, content)
        .ifPresent(
            whole -> {
              switch (whole) {
                case Content.Gone(String why) -> absent(entry, "gone: " + why);
                case Content.Unreadable(String why) -> absent(entry, "cannot be read: " + why);
                case Content.Part _ -> {}
                case Said said -> add(entry, said);
              }
            });
  }

  private void absent(Entry entry, String why) {
    end();
    paper.line(head(entry) + "  " + why);
  }

  private void add(Entry entry, Said said) {
    switch (said.kind()) {
      case SESSION_OPENED -> opened(entry, said);
      case COMMAND_INTENT -> intent(entry, said);
      case COMMAND_OUTCOME -> outcome(entry, said);
      case RESULT -> result(entry, said);
      case SESSION_CLOSED -> closed(entry, said);
      case CHANGED -> changed(entry, said);
      case RECORDER_STARTED,
          RECORDER_STOPPED,
          RECOVERED,
          GAP,
          PRUNED,
          HOLD,
          KEY_EVENT,
          TIME,
          LOGIN_REFUSED,
          DECISION_INPUTS,
          ADMINISTRATION,
          READING,
          ENTITLEMENTS,
          CREDENTIAL_ISSUED,
          CREDENTIAL_REVOKED,
          CREDENTIAL_REFRESHED,
          CREDENTIAL_WITHDRAWN,
          LOGGED_OUT ->
          other(entry, said);
      case PART -> {}
    }
  }

  private static String head(Entry entry) {
    return Wording.instant(entry.row().wallClock()) + "  " + Wording.place(entry);
  }

  private void opened(Entry entry, Said said) {
    wording = new Wording(Renderings.of(said.text("protocol").orElse("")), values);
    paper.line("session " + entry.row().session());
    paper.line(head(entry) + "  opened");
    String groups = Wording.word(new Datum.Row(said.rows("groups")));
    line("caller", said, "subject", "method", "actor", "issuer");
    if (said.text("kind").filter("agent"::equals).isPresent()) {
      paper.line(MARGIN + "kind     agent, on its own");
    }
    paper.line(MARGIN + "groups   " + groups);
    line("login", said, "login", "source", "listener");
    line("target", said, "target", "protocol", "database", "account", "role", "backend");
    line("client", said, "software", "tls", "certificate");
  }

  private void line(String title, Said said, String... fields) {
    StringBuilder words = new StringBuilder();
    for (String field : fields) {
      said.text(field)
          .filter(value -> !value.isEmpty())
          .ifPresent(
              value ->
                  words
                      .append(words.isEmpty() ? "" : ", ")
                      .append(field.equals(title) ? "" : field + " ")
                      .append(value));
    }
    paper.line(MARGIN + String.format(Locale.ROOT, "%-8s ", title) + words);
  }

  private void intent(Entry entry, Said said) {
    end();
    paper.line("");
    paper.line(head(entry) + "  " + Wording.verdict(said));
    paper.quoted(QUOTE, wording.text(said));
    wording.binds(said).forEach(bind -> paper.line(MARGIN + bind));
    Wording.accesses(said).forEach(access -> paper.line(MARGIN + access));
    said.text("results")
        .filter(kept -> !kept.equals("whole"))
        .ifPresent(kept -> paper.line(MARGIN + "results " + kept));
  }

  private void result(Entry entry, Said said) {
    long of = entry.row().answers();
    long part = said.number("part");
    if (result.isEmpty() || result.get().of() != of || result.get().next() != part) {
      end();
      if (part > 0) {
        paper.line(MARGIN + "(parts of the result are missing; from the middle of it:)");
      }
      ResultTable table = new ResultTable(paper, MARGIN);
      result = Optional.of(new Result(of, part, table, wording.rendering().results(table)));
    }
    Result open = result.get();
    if (said.flag("from-caller")) {
      int sent = said.bytes("data").map(data -> data.length).orElse(0);
      paper.line(MARGIN + "(the caller sent " + sent + " bytes)");
    } else {
      said.bytes("data").ifPresent(open.reader()::take);
    }
    result = Optional.of(new Result(of, part + 1, open.table(), open.reader()));
    if (said.flag("last")) {
      end();
    }
  }

  private void outcome(Entry entry, Said said) {
    end();
    String code = said.text("code").map(one -> ", " + one).orElse("");
    paper.line(
        String.format(
            Locale.ROOT,
            "%s  outcome of %d: %s%s, %d rows, %d bytes, %.3f ms",
            head(entry),
            entry.row().answers(),
            said.text("outcome").orElse(""),
            code,
            said.number("rows"),
            said.number("bytes"),
            said.number("nanos") / MILLIS));
    said.rows("masks").forEach(mask -> paper.line(MARGIN + "masked " + Wording.word(mask)));
    said.rows("findings").forEach(found -> paper.line(MARGIN + "found " + Wording.word(found)));
  }

  private void closed(Entry entry, Said said) {
    end();
    paper.line("");
    paper.line(
        "%s  closed: %s, %d commands, %d refused"
            .formatted(
                head(entry),
                said.text("reason").orElse(""),
                said.number("commands"),
                said.number("refused")));
  }

  private void changed(Entry entry, Said said) {
    end();
    paper.line(head(entry) + "  changed: " + said.text("what").orElse(""));
    line("from", said, "before");
    line("to", said, "after");
    line("by", said, "actor", "approver");
    paper.quoted(QUOTE, said.text("difference").orElse(""));
  }

  private void other(Entry entry, Said said) {
    end();
    paper.line(head(entry) + "  " + said.kind().label());
    said.fields().forEach((name, value) -> paper.line(MARGIN + name + " " + Wording.word(value)));
  }

  /** Whether somebody still reads. */
  public boolean wanted() {
    return paper.wanted();
  }

  /** What is held back is printed. */
  public void end() {
    result.ifPresent(Result::end);
    result = Optional.empty();
    paper.flush();
  }
}

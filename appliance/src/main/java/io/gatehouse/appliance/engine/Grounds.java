package io.gatehouse.appliance.engine;

import io.gatehouse.appliance.journal.record.CommandRecord;
import io.gatehouse.appliance.journal.record.SessionRecord;
import io.gatehouse.appliance.journal.record.Understood;
import io.gatehouse.appliance.policy.Policy;
import io.gatehouse.appliance.policy.RecordTerms;
import io.gatehouse.appliance.sql.NameState;
import io.gatehouse.appliance.sql.SecretSpan;
import io.gatehouse.appliance.verdict.Known;
import io.gatehouse.appliance.verdict.OnRecord;
import io.gatehouse.plugin.Command;
import io.gatehouse.spi.Binds;
import io.gatehouse.spi.CommandForm;
import io.gatehouse.spi.Decision;
import io.gatehouse.spi.SessionView;
import io.gatehouse.spi.Submission;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a session's last decision rests on, for the journal. One a session, written over by each
 * submission; owned by the session's event loop.
 */
final class Grounds {
  /** What stands for a password. */
  static final String REDACTION = "(redacted)";

  private static final byte[] REDACTED = REDACTION.getBytes(StandardCharsets.US_ASCII);
  private static final String WHOLE = "whole";
  private static final String OMITTED_BY = "omitted-by ";
  private static final Understood NOTHING = Understood.NOTHING;

  private List<Known> texts = List.of();

  /** Where it is no text that is decided over. */
  private @Nullable Command call;

  /** The arguments of a call that are SQL. */
  private List<SqlArgument.Placed> sql = List.of();

  /** What of them must not be kept. */
  private List<SecretSpan> secrets = List.of();

  /** Whether nobody looked for that in it. */
  private boolean unseen;

  private String rule = "";
  private String policy = "";
  private boolean masked;
  private RecordTerms terms = RecordTerms.DEFAULT;

  /** The rule by which what is said is not kept; empty without one. */
  private String omitted = "";

  /** That of what nobody read. */
  private String unread = "";

  private NameState names = NameState.UNKNOWN;
  private long catalog;

  /**
   * What decisions rest on beside text and policy.
   *
   * @param encoding empty if the server has not said
   */
  record Inputs(NameState names, long catalog, String encoding) {
    SessionRecord.DecisionInputs record(SessionView session) {
      String transaction = session.transaction().name().toLowerCase(Locale.ROOT);
      return switch (names) {
        case NameState.Known known ->
            new SessionRecord.DecisionInputs(
                catalog, known.path(), known.user(), transaction, encoding);
        case NameState.Unknown() ->
            new SessionRecord.DecisionInputs(catalog, List.of(), "", transaction, encoding);
      };
    }
  }

  /**
   * A submission comes, of which nothing is known yet.
   *
   * @param omittedUnread the rule by which nothing of it is kept if it is not read
   */
  void begin(String omittedUnread) {
    texts = List.of();
    call = null;
    sql = List.of();
    secrets = List.of();
    unseen = false;
    rule = "";
    masked = false;
    terms = RecordTerms.DEFAULT;
    omitted = omittedUnread;
    unread = omittedUnread;
  }

  /** What is decided over: the text that came first, then those behind the names that it uses. */
  void rest(List<Known> on, Policy by) {
    texts = on;
    omitted = omitted(on);
    policy = by.digest();
  }

  /**
   * A call, of which all is read.
   *
   * @param omittedBy the rule by which nothing that it says is kept; empty without one
   */
  void calls(Command command, Policy by, String omittedBy) {
    call = command;
    omitted = omittedBy;
    policy = by.digest();
  }

  /** A call that brings SQL which was looked through for passwords. */
  void without(List<SqlArgument.Placed> arguments, List<SecretSpan> passwords) {
    sql = arguments;
    secrets = passwords;
    unseen = false;
  }

  /** A call that brings SQL which nobody read. */
  void unseen() {
    unseen = true;
  }

  private String omitted(List<Known> on) {
    for (Known text : on) {
      String by = text.onRecord() == null ? unread : text.onRecord().omitted();
      if (!by.isEmpty()) {
        return by;
      }
    }
    return "";
  }

  /** A text that runs whatever the circumstances. */
  void free(Known known, Policy by) {
    rest(List.of(known), by);
    rule = known.settled() == null ? "" : known.settled().rule();
    terms = by.recordTerms(rule);
  }

  /** Which rule decides. */
  void by(String name, boolean masks, RecordTerms onRecord) {
    rule = name;
    masked = masks;
    terms = onRecord;
  }

  /** What names mean now. */
  void names(NameState now) {
    names = now;
  }

  void catalog(long version) {
    catalog = version;
  }

  Inputs inputs(SessionView session) {
    String encoding = session.setting("client_encoding");
    return new Inputs(names, catalog, encoding == null ? "" : encoding);
  }

  /** Without text and values. */
  CommandRecord.Asked unsaid(Submission submission) {
    CommandRecord.Asked said = asked(submission);
    return new CommandRecord.Asked(
        said.submission(), said.stage(), said.form(), null, -1, said.name(), Binds.NONE);
  }

  CommandRecord.Asked asked(Submission submission) {
    CommandRecord.Asked said = whole(submission);
    return omitted.isEmpty()
        ? said
        : new CommandRecord.Asked(
            said.submission(),
            said.stage(),
            said.form(),
            null,
            said.preparedBy(),
            said.name(),
            Binds.NONE);
  }

  private CommandRecord.Asked whole(Submission submission) {
    CommandForm form = submission.commands().getFirst();
    String stage = submission.stage().name().toLowerCase(Locale.ROOT);
    return switch (form) {
      case CommandForm.Sql sql ->
          new CommandRecord.Asked(
              submission.sequence(),
              stage,
              "sql",
              text(sql),
              preparedBy(sql),
              sql.statementName(),
              execution(submission) ? sql.binds() : Binds.NONE);
      case CommandForm.Named named ->
          new CommandRecord.Asked(
              submission.sequence(), stage, "named", null, -1, named.name(), named.binds());
      case CommandForm.FunctionCall function ->
          new CommandRecord.Asked(
              submission.sequence(),
              stage,
              "function",
              null,
              -1,
              Long.toString(function.function()),
              function.arguments());
      case CommandForm.Call called ->
          new CommandRecord.Asked(
              submission.sequence(),
              stage,
              "call",
              unseen ? null : Unpooled.wrappedBuffer(message(called)),
              -1,
              Calls.qualified(called.server(), called.name()),
              Binds.NONE);
    };
  }

  private byte[] message(CommandForm.Call called) {
    return secrets.isEmpty()
        ? called.message().bytes()
        : new SqlCall(called, sql).without(secrets).bytes();
  }

  /** Said once, where it was prepared. */
  private @Nullable ByteBuf text(CommandForm.Sql sql) {
    return preparedBy(sql) < 0 ? kept(sql.text()) : null;
  }

  /** A record that may be pruned before this one says nothing for it. */
  private long preparedBy(CommandForm.Sql sql) {
    return sql.memo().get() instanceof Prepared prepared
            && prepared.retention().equals(terms.retention())
        ? prepared.record()
        : -1;
  }

  private static boolean execution(Submission submission) {
    return submission.stage() == Submission.Stage.EXECUTE;
  }

  /** A text that nobody looked through may hold a password. */
  private @Nullable ByteBuf kept(ByteBuf text) {
    Optional<OnRecord> said = texts.stream().findFirst().map(Known::onRecord);
    if (said.isEmpty()) {
      return null;
    }
    return said.get().secrets().isEmpty() ? text : without(text, said.get().secrets());
  }

  private static ByteBuf without(ByteBuf text, List<SecretSpan> secrets) {
    ByteBuf left = Unpooled.buffer(text.readableBytes() + REDACTED.length * secrets.size());
    int start = text.readerIndex();
    int end = 0;
    for (SecretSpan span : secrets) {
      left.writeBytes(text, start + end, span.start() - end).writeBytes(REDACTED);
      end = span.end();
    }
    return left.writeBytes(text, start + end, text.readableBytes() - end);
  }

  Understood understood() {
    if (call != null) {
      return Understood.of(List.of(call));
    }
    if (texts.size() == 1) {
      OnRecord said = texts.getFirst().onRecord();
      return said == null ? NOTHING : said.understood();
    }
    List<Command> all =
        texts.stream()
            .flatMap(text -> text.parts().stream())
            .map(part -> part.analysed().command())
            .toList();
    return all.isEmpty() ? NOTHING : Understood.of(all);
  }

  /** Whether what comes of it is put on record. */
  boolean results() {
    return omitted.isEmpty() && terms.results();
  }

  /** The name of the class that the command is kept in; empty for the default one. */
  String retention() {
    return terms.retention();
  }

  CommandRecord.Decided decided(Decision decision) {
    return switch (decision) {
      case Decision.Run _ ->
          new CommandRecord.Decided(masked ? "mask" : "allow", rule, policy, null, kept());
      case Decision.Refuse refuse ->
          new CommandRecord.Decided(
              "deny",
              rule,
              policy,
              refuse.refusal().message(),
              omitted.isEmpty() ? WHOLE : OMITTED_BY + omitted);
    };
  }

  private String kept() {
    if (!omitted.isEmpty()) {
      return OMITTED_BY + omitted;
    }
    return terms.results() ? WHOLE : "left-out";
  }
}

package io.gatehouse.appliance.engine;

import io.gatehouse.appliance.catalog.CatalogKey;
import io.gatehouse.appliance.catalog.QualifiedName;
import io.gatehouse.appliance.sql.Consequence;
import io.gatehouse.appliance.sql.NameState;
import io.gatehouse.appliance.verdict.Known;
import io.gatehouse.plugin.Verdict;
import io.gatehouse.spi.OutcomeKind;
import io.gatehouse.spi.SessionControl;
import io.gatehouse.spi.SessionView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * A session's commands that may run and have not ended, as far as they leave something behind or
 * have a deadline. Owned by the session's event loop; deadlines cancel from a thread of their own.
 */
final class Running {
  private final Court court;
  private final CatalogKey place;
  private final SessionControl control;
  private final Keeping keeping;
  private final long session;
  private final Map<Long, Command> commands = new HashMap<>();

  /** Whether code ran that nobody read, in a transaction whose end was not seen. */
  private boolean code;

  /** How often what stands behind names was given up. */
  private long distrusted;

  /** Definitions of the transaction that is open, by their tokens. */
  private final List<Long> definitions = new ArrayList<>();

  /** Relations that the transaction that is open has made. */
  private Set<QualifiedName> made = Set.of();

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Command(
      Known known, byte[] text, NameState names, long distrusted, @Nullable Future<?> deadline) {}

  Running(Court court, CatalogKey place, SessionControl control, Keeping keeping, long session) {
    this.court = court;
    this.place = place;
    this.control = control;
    this.keeping = keeping;
    this.session = session;
  }

  /**
   * A command may run from now on.
   *
   * @param text what it came as, where that stands behind a name afterwards
   */
  void runs(long sequence, Known known, byte[] text, NameState names, Duration time) {
    // A session's commands are far fewer than 2^24 between two of its transactions' ends.
    long token = session << 24 ^ sequence;
    for (Known.Part part : known.parts()) {
      for (Consequence consequence : part.analysed().consequences()) {
        if (consequence instanceof Consequence.Defines(var touched, _)) {
          court.catalogs().ddlBegan(place, touched, token);
          definitions.add(token);
        }
        begins(consequence);
      }
    }
    Future<?> deadline =
        time.equals(Verdict.Bounds.NONE.time())
            ? null
            : court.analyses().after(time, control::cancel);
    commands.put(sequence, new Command(known, text, names, distrusted, deadline));
  }

  /** What stood behind a name cannot be relied on from the moment something else may. */
  private void begins(Consequence consequence) {
    switch (consequence) {
      case Consequence.Prepares(String name, _, _) -> keeping.deallocated(name);
      case Consequence.Deallocates(String name) -> keeping.deallocated(name);
      case Consequence.Closes(String name) -> keeping.closed(name);
      case Consequence.Declares(String name) -> keeping.closed(name);
      case Consequence.RunsCode _ -> {
        code = true;
        codeRuns();
      }
      case Consequence.BeginsAnew _ -> codeRuns();
      case Consequence.EndsTransaction _ -> transactionEnds();
      case Consequence.MovesNames _,
          Consequence.MovesObjects _,
          Consequence.MakesTemporary _,
          Consequence.Defines _,
          Consequence.RunsPrepared _,
          Consequence.Fetches _ -> {}
    }
  }

  /** What the code did to names that are being given now is not known either. */
  private void codeRuns() {
    distrusted++;
    keeping.distrust();
  }

  /** What code put off to the end of its transaction runs, or may have run. */
  void transactionEnds() {
    // Back to a savepoint, what was made since is gone, and may be somebody else's next.
    made = Set.of();
    if (code) {
      codeRuns();
    }
  }

  void outcome(long sequence, OutcomeKind kind) {
    Command command = commands.remove(sequence);
    if (command == null) {
      return;
    }
    if (command.deadline() != null) {
      command.deadline().cancel(false);
    }
    boolean kept = command.distrusted() == distrusted;
    for (Known.Part part : command.known().parts()) {
      part.analysed().consequences().forEach(one -> happened(one, command, kind, kept));
    }
  }

  private void happened(Consequence consequence, Command command, OutcomeKind kind, boolean kept) {
    boolean succeeded = kind == OutcomeKind.SUCCEEDED || kind == OutcomeKind.SUSPENDED;
    switch (consequence) {
      case Consequence.Prepares(String name, _, _) -> {
        if (succeeded && kept) {
          keeping.prepared(name, command.text(), command.names());
        }
      }
      case Consequence.Declares(String name) -> {
        if (succeeded && kept) {
          keeping.declared(name, command.text(), command.names());
        }
      }
      case Consequence.Deallocates(String name) -> keeping.deallocated(name);
      case Consequence.RunsCode _, Consequence.BeginsAnew _ -> codeRuns();
      case Consequence.EndsTransaction _ -> transactionEnds();
      case Consequence.Defines(var touched, boolean made) -> {
        if (succeeded) {
          defined(touched, made);
        }
      }
      case Consequence.MovesNames _,
          Consequence.MovesObjects _,
          Consequence.MakesTemporary _,
          Consequence.RunsPrepared _,
          Consequence.Fetches _,
          Consequence.Closes _ -> {}
    }
  }

  private void defined(Set<QualifiedName> touched, boolean isNew) {
    Set<QualifiedName> now = new HashSet<>(made);
    if (isNew) {
      now.addAll(touched);
    }
    made = Set.copyOf(now);
  }

  /** Relations that only this session can see yet. */
  Set<QualifiedName> made() {
    return made;
  }

  /** Whether code ran that nobody read, in a transaction that may still be open. */
  boolean code() {
    return code;
  }

  /** Whether the open transaction has changed definitions. */
  boolean defining() {
    return !definitions.isEmpty();
  }

  void settled(SessionView view) {
    if (view.transaction() == SessionView.Transaction.NONE) {
      transactionEnds();
      code = false;
      definitionsEnd();
    }
  }

  private void definitionsEnd() {
    for (long token : definitions) {
      // Whether it lasted is for the new reading to say.
      court.catalogs().ddlEnded(place, token, true);
    }
    definitions.clear();
    made = Set.of();
  }

  void closed() {
    commands.values().stream()
        .map(Command::deadline)
        .forEach(
            deadline -> {
              if (deadline != null) {
                deadline.cancel(false);
              }
            });
    commands.clear();
    definitionsEnd();
  }
}

package io.gatehouse.appliance.journal.keep;

import io.gatehouse.appliance.journal.record.ControlRecord;
import io.gatehouse.appliance.journal.record.RecorderRecord;
import io.gatehouse.appliance.journal.seal.RefusedException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out the orders of operators, one after the other, on a thread of its own; and at a start,
 * what the process before had put on record and not done. Closed before the journal is.
 */
public final class Keeper implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofSeconds(2);
  private static final Duration LOOK = Duration.ofMillis(10);
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Logger LOG = LoggerFactory.getLogger("io.gatehouse.journal");

  private final KeptJournal journal;
  private final Clock clock;
  private final Aftermath aftermath;
  private final Pruning pruning;
  private final OrderFolder folder;
  private final Thread thread;

  /** Whether signed records may say of keys that they are shredded which are not. */
  private boolean unfinished = true;

  /** Whether this process may have written such a record, which may not be signed yet. */
  private boolean begun;

  private volatile boolean closed;

  /** It is not carried out, and is not tried again. */
  private static final class NotDoneException extends Exception {
    private static final long serialVersionUID = 1L;

    NotDoneException(String message) {
      super(message);
    }
  }

  /** What else says something of records whose keys are shredded now, and forgets it. */
  public interface Aftermath {
    void shredded() throws IOException;
  }

  /** Does nothing until it is told to. */
  Keeper(KeptJournal journal, Clock clock, Aftermath aftermath) throws IOException {
    this.journal = journal;
    this.clock = clock;
    this.aftermath = aftermath;
    this.pruning = new Pruning(journal, new Patience());
    this.folder = OrderFolder.open(journal.directory());
    this.thread = Thread.ofPlatform().daemon().name("journal-orders").unstarted(this::run);
  }

  public static Keeper start(KeptJournal journal, Clock clock, Aftermath aftermath)
      throws IOException {
    Keeper keeper = new Keeper(journal, clock, aftermath);
    keeper.thread.start();
    return keeper;
  }

  private void run() {
    while (!closed) {
      try {
        round();
      } catch (IOException | RuntimeException e) {
        if (!closed) {
          LOG.atWarn().addKeyValue("reason", e.getMessage()).log("orders wait for the journal");
        }
      }
      if (!closed) {
        LockSupport.parkNanos(this, PAUSE.toNanos());
      }
    }
  }

  /** One look at what there is to do. */
  void round() throws IOException {
    if (unfinished) {
      awaitSigned(begun ? journal.write(record("", "", "prune", "goes on")) : journal.started());
      finish();
    }
    for (OrderFolder.Waiting waiting : folder.waiting()) {
      if (!closed) {
        handle(waiting);
      }
    }
  }

  private void finish() throws IOException {
    try {
      int files = pruning.finish();
      if (files > 0) {
        aftermath.shredded();
      }
      unfinished = false;
      if (files > 0) {
        LOG.atInfo().addKeyValue("files", files).log("payloads deleted whose keys are shredded");
      }
    } catch (RefusedException e) {
      unfinished = false; // somebody has to look, and starts anew
      LOG.atError().addKeyValue("reason", e.getMessage()).log("nothing can be pruned");
    }
  }

  private void awaitSigned(long sequence) throws IOException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (journal.sealed() < sequence) {
      if (closed || System.nanoTime() - end > 0) {
        throw new IOException(closed ? "closed" : "the journal is not being sealed");
      }
      LockSupport.parkNanos(this, LOOK.toNanos());
    }
  }

  private final class Patience implements Pruning.Signing {
    @Override
    public void await(long sequence) throws IOException {
      awaitSigned(sequence);
    }

    @Override
    public boolean closing() {
      return closed;
    }
  }

  private void handle(OrderFolder.Waiting waiting) throws IOException {
    String actor = "";
    String id = "";
    String what = "order";
    String result;
    try {
      Order order = waiting.order();
      id = order.id();
      what = order.action().words();
      List<Operator> signers = order.signers(journal.plan().operators());
      actor = String.join(", ", signers.stream().map(Operator::name).toList());
      check(order, signers);
      begin(actor, order);
      result = "done: " + carryOut(order, signers.stream().map(Operator::fingerprint).toList());
    } catch (NotDoneException | Order.MalformedException | RefusedException e) {
      result = "refused: " + e.getMessage();
    }
    LOG.atInfo()
        .addKeyValue("order", id)
        .addKeyValue("what", what)
        .addKeyValue("result", result)
        .log("order");
    awaitSigned(journal.write(record(actor, id, what, result)));
    waiting.remove();
  }

  private static ControlRecord.Administration record(
      String actor, String id, String what, String result) {
    return new ControlRecord.Administration(actor, "order " + id, what, result);
  }

  /** All that was written before is signed when this is. */
  private void begin(String actor, Order order) throws IOException {
    awaitSigned(journal.write(record(actor, order.id(), order.action().words(), "begun")));
  }

  private void check(Order order, List<Operator> signers) throws NotDoneException {
    Order.Journal here = new Order.Journal(journal.signedBy().getFirst().name(), journal.node());
    Instant now = clock.instant();
    if (!order.journal().equals(here)) {
      throw new NotDoneException("it is for another journal, or another node");
    }
    if (!order.validUntil().isAfter(now)) {
      throw new NotDoneException("it was valid until " + order.validUntil());
    }
    if (order.validUntil().isAfter(now.plus(Order.LONGEST))) {
      throw new NotDoneException("it is valid for more than " + Order.LONGEST.toDays() + " days");
    }
    if (signers.size() < order.action().operators()) {
      throw new NotDoneException(
          "it needs the signatures of %d operators and has those of %d"
              .formatted(order.action().operators(), signers.size()));
    }
  }

  private String carryOut(Order order, List<String> operators)
      throws IOException, NotDoneException, RefusedException {
    Survey survey = Survey.of(pruning.rows());
    if (survey.orders().contains(order.id())) {
      throw new NotDoneException("it was carried out before");
    }
    return switch (order.action()) {
      case Action.Prune prune -> prune(order, prune, operators);
      case Action.Hold hold -> {
        if (survey.holds().containsKey(hold.name())) {
          throw new NotDoneException("a hold of that name is in force");
        }
        yield hold(order, hold, operators);
      }
      case Action.Lift lift -> {
        if (!survey.holds().containsKey(lift.name())) {
          throw new NotDoneException("no hold of that name is in force");
        }
        write(new RecorderRecord.Hold(lift.name(), false, operators, NOTHING, order.id()));
        yield "lifted";
      }
    };
  }

  private static final RecorderRecord.Scope NOTHING =
      new RecorderRecord.Scope(null, null, List.of());

  private String hold(Order order, Action.Hold hold, List<String> operators) throws IOException {
    Covered covered = hold.covered();
    RecorderRecord.Scope scope =
        new RecorderRecord.Scope(
            covered.from() == null ? null : Nanos.of(covered.from()),
            covered.until() == null ? null : Nanos.of(covered.until()),
            covered.sessions());
    write(new RecorderRecord.Hold(hold.name(), true, operators, scope, order.id()));
    return "placed";
  }

  private void write(RecorderRecord one) throws IOException {
    awaitSigned(journal.write(one));
  }

  private String prune(Order order, Action.Prune prune, List<String> operators)
      throws IOException, NotDoneException, RefusedException {
    Optional<RetentionClass> found =
        journal.plan().retention().classes().stream()
            .filter(one -> one.name().equals(prune.retention()))
            .findFirst();
    if (found.isEmpty()) {
      throw new NotDoneException("there is no such retention class");
    }
    Instant free = clock.instant().minus(Duration.ofDays(found.get().keepDays()));
    Instant until = prune.until() == null ? free : prune.until();
    if (until.isAfter(free)) {
      throw new NotDoneException("the class is kept for %d days".formatted(found.get().keepDays()));
    }
    begun = true;
    unfinished = true;
    Pruning.Announced announced =
        pruning.announce(order.id(), found.get().number(), Nanos.of(until), operators);
    int files = pruning.finish();
    aftermath.shredded();
    unfinished = false;
    return "%d keys shredded, %d files deleted, %d keys held, %d in use"
        .formatted(announced.named(), files, announced.held(), announced.live());
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

package io.gatehouse.appliance.engine;

import io.gatehouse.appliance.catalog.CatalogKey;
import io.gatehouse.plugin.Target.Protocol;
import io.gatehouse.spi.Answer;
import io.gatehouse.spi.CommandForm;
import io.gatehouse.spi.Decision;
import io.gatehouse.spi.OutcomeKind;
import io.gatehouse.spi.Reply;
import io.gatehouse.spi.Submission;
import io.gatehouse.spi.Upstream;
import io.gatehouse.spi.json.JsonPath;
import io.gatehouse.spi.json.JsonWriter;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A session that calls tools with SQL, as its protocol sees it. The test's thread is its event
 * loop.
 */
final class SqlCaller implements Reply {
  static final Upstream TOOLS = Courtroom.upstream("tools", "/mcp", null);

  final BlockingQueue<Long> wanted = new LinkedBlockingQueue<>();
  final CallDeciding deciding;
  long sequence;

  SqlCaller(Courtroom room, SqlArgument... arguments) {
    List<SqlArgument.Placed> placed =
        List.of(arguments).stream()
            .map(
                one ->
                    new SqlArgument.Placed(one, one.meant().map(_ -> Courtroom.SHOP).orElse(null)))
            .toList();
    deciding =
        new CallDeciding(
            room.court,
            Courtroom.ANN,
            new Routes.Passage(Protocol.MCP, TOOLS, TOOLS, placed),
            new Deciding.Origin(7, InetAddress.getLoopbackAddress(), false),
            new NoControl());
  }

  /** Of the shop, in PostgreSQL's SQL. */
  static SqlArgument argument(String tool, String place) {
    return argument(tool, place, Protocol.POSTGRESQL);
  }

  static SqlArgument argument(String tool, String place, Protocol dialect) {
    return new SqlArgument(
        tool, JsonPath.parse(place), dialect, Optional.of(CatalogKey.of(Courtroom.SHOP)));
  }

  /** Of a database that nobody can see. */
  static SqlArgument blind(String tool, String place) {
    return new SqlArgument(tool, JsonPath.parse(place), Protocol.POSTGRESQL, Optional.empty());
  }

  /** The tool query with this in the argument sql. */
  static Called query(String sql) {
    String text = new String(JsonWriter.bytes(sql), StandardCharsets.UTF_8);
    return Called.tool("query", "{\"sql\":" + text + "}");
  }

  Answer submit(CommandForm call) {
    return deciding.submit(
        new Asked(++sequence, Submission.Stage.EXECUTE, call, Called.VIEW), this);
  }

  long awaitAgain() {
    try {
      Long asked = wanted.poll(60, TimeUnit.SECONDS);
      if (asked == null) {
        throw new AssertionError("nobody is wanted, though " + sequence + " waits");
      }
      return asked;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Answered whenever that is. */
  Decision ask(CommandForm call) {
    Answer answer = submit(call);
    while (!(answer instanceof Decision decision)) {
      awaitAgain();
      answer = submit(call);
    }
    return decision;
  }

  /** {@code run}, or all of why not. */
  String asks(CommandForm call) {
    Decision decision = ask(call);
    return decision instanceof Decision.Run ? "run" : Client.refusal(decision);
  }

  /** The last call is over. */
  void ends() {
    deciding.outcome(sequence, OutcomeKind.SUCCEEDED, 1, 1);
  }

  @Override
  public void answer(long number, Decision decision) {
    throw new AssertionError("the engine has every call submitted again");
  }

  @Override
  public void again(long number) {
    wanted.add(number);
  }

  @Override
  public void progress(long number, String message) {
    throw new AssertionError("nothing is said in between");
  }
}

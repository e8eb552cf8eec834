package io.gatehouse.appliance.masking.twin;

import io.gatehouse.appliance.masking.Answer;
import io.gatehouse.appliance.masking.Login;
import io.gatehouse.appliance.masking.Markers;
import io.gatehouse.appliance.masking.Received;
import io.gatehouse.appliance.masking.TappedClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Has the same done at two ends, each time on new connections, and compares what came back: each
 * byte of it but the login, in which two sessions differ by themselves. Used by one thread, which
 * may have the other end done by a thread of its own.
 */
public final class TwinRunner {
  private final Login one;
  private final Login other;

  public TwinRunner(Login one, Login other) {
    this.one = one;
    this.other = other;
  }

  /**
   * What came back.
   *
   * @param answers one for each step that was taken: the end of the connection ends them
   * @param greeting settings that were told, but not the key for cancelling
   */
  public record Transcript(List<Received> greeting, List<Answer> answers) {
    public Transcript {
      greeting = List.copyOf(greeting);
      answers = List.copyOf(answers);
    }

    public Optional<String> error() {
      return answers.stream().flatMap(answer -> answer.error().stream()).findFirst();
    }

    /** All that came after the login. */
    public byte[] bytes() {
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      answers.forEach(answer -> all.writeBytes(answer.bytes()));
      return all.toByteArray();
    }

    List<Received> messages() {
      List<Received> all = new ArrayList<>(greeting);
      answers.forEach(answer -> all.addAll(answer.messages()));
      return all;
    }
  }

  /** Both transcripts. */
  public record Outcome(Transcript one, Transcript other) {
    /** The first message in which they differ, in both forms; empty if there is none. */
    public Optional<String> difference() {
      List<Received> left = one.messages();
      List<Received> right = other.messages();
      for (int i = 0; i < Math.max(left.size(), right.size()); i++) {
        Optional<Received> here = i < left.size() ? Optional.of(left.get(i)) : Optional.empty();
        Optional<Received> there = i < right.size() ? Optional.of(right.get(i)) : Optional.empty();
        if (!here.equals(there)) {
          return Optional.of("message " + i + ": " + text(here) + " <> " + text(there));
        }
      }
      return Optional.empty();
    }

    private static String text(Optional<Received> message) {
      return message.map(Received::text).orElse("nothing");
    }

    public boolean differs() {
      return difference().isPresent();
    }

    /** Whether either holds a protected value. */
    public boolean holds(Markers markers) {
      return !markers.in(one.bytes()).isEmpty() || !markers.in(other.bytes()).isEmpty();
    }
  }

  public Outcome run(Generated generated) throws IOException {
    return run(generated.steps());
  }

  public Outcome run(List<Step> steps) throws IOException {
    return new Outcome(transcript(one, steps), transcript(other, steps));
  }

  /** As the other, at both ends at once: for ends that have no server in common. */
  public Outcome runAtOnce(List<Step> steps)
      throws IOException, InterruptedException, ExecutionException {
    FutureTask<Transcript> there = new FutureTask<>(() -> transcript(other, steps));
    Thread.ofVirtual().start(there);
    Transcript here = transcript(one, steps);
    return new Outcome(here, there.get());
  }

  /** What comes back from one end. */
  public static Transcript transcript(Login login, List<Step> steps) throws IOException {
    try (TappedClient client = TappedClient.connect(login)) {
      List<Received> greeting =
          client.greeting().stream().filter(message -> message.type() != 'K').toList();
      List<Answer> answers = new ArrayList<>();
      boolean open = true;
      for (int i = 0; i < steps.size() && open; i++) {
        Answer answer = steps.get(i).take(client);
        answers.add(answer);
        open = answer.of('Z').findAny().isPresent();
      }
      return new Transcript(greeting, answers);
    }
  }
}

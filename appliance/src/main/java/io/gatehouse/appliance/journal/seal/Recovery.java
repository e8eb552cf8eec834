package io.gatehouse.appliance.journal.seal;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * What a start found of a crash before it, for the <em>recovered</em> record. The sealer writes
 * that record itself, behind the last entry that survived: its sequence must be greater than all
 * that was ever given out, and the writers of the new process go on behind it.
 *
 * @param sequence of the recovered record
 * @param holes of the sequence, in their order
 * @param found how many unsealed entries survived
 * @param torn the queues whose end was not whole
 * @param mode the sync setting that the lost entries were written under
 * @param machineRestarted whether the machine was started again since, not only the process
 * @param queues how many queues were being written
 */
public record Recovery(
    long sequence,
    List<Hole> holes,
    long found,
    List<String> torn,
    String mode,
    boolean machineRestarted,
    int queues,
    Start start) {
  /** Sequences that are lost, the last included. */
  public record Hole(long first, long last) {}

  /** The start of the process that found it. */
  public record Start(long wall, long monotonic, UUID boot, long node) {}

  public Recovery {
    holes = List.copyOf(holes);
    torn = List.copyOf(torn);
  }

  /** The same, naming holes before its own as well. */
  Recovery with(List<Hole> earlier) {
    List<Hole> all = new ArrayList<>(earlier);
    all.addAll(holes);
    return new Recovery(sequence, all, found, torn, mode, machineRestarted, queues, start);
  }

  /** Whether a sequence may be absent. */
  boolean explains(long first, long last) {
    return holes.stream().anyMatch(hole -> hole.first() == first && hole.last() == last);
  }

  Unsealed.Entry entry() {
    byte[] payload = payload();
    ByteBuffer head = Head.clear(Head.RECOVERED, payload.length, sequence, start);
    return new Unsealed.Entry(head, ByteBuffer.wrap(payload));
  }

  private byte[] payload() {
    Cbor cbor = new Cbor().map(6);
    cbor.number(0).array(holes.size());
    holes.forEach(hole -> cbor.array(2).number(hole.first()).number(hole.last()));
    cbor.number(1).number(found);
    cbor.number(2).array(torn.size());
    torn.forEach(cbor::text);
    cbor.number(3).text(mode);
    cbor.number(4).truth(machineRestarted);
    cbor.number(5).number(queues);
    return cbor.bytes();
  }
}

package io.gatehouse.appliance.policy;

import io.gatehouse.appliance.yaml.InvalidFileException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A folder that keeps every policy that was activated, which one is in force, and who said so.
 *
 * <pre>
 *   versions/DIGEST/NAME.yaml   the files of a policy, never changed
 *   activations.log             a line for each activation, only appended to
 *   active                      the digest of the one in force, replaced by renaming
 * </pre>
 *
 * <p>Files only; used from ordinary threads. Two activations at a time exclude each other by a lock
 * on the record; readers need none, because each file is there as a whole or not at all.
 */
public final class PolicyStore {
  private static final String POINTER = "active";

  private final Path folder;
  private final MaskCheck masks;

  public PolicyStore(Path folder, MaskCheck masks) {
    this.folder = folder;
    this.masks = masks;
  }

  /** The policy in force in a store, or of plain files: one file, or a folder of them. */
  public static LoadedPolicy open(Path place, MaskCheck masks) throws InvalidFileException {
    if (Files.exists(place.resolve(POINTER))) {
      return new PolicyStore(place, masks).current();
    }
    return new LoadedPolicy(Policy.load(PolicyFiles.of(List.of(place)), masks), Optional.empty());
  }

  private LoadedPolicy current() throws InvalidFileException {
    try {
      String digest = pointer();
      Policy policy = version(digest);
      return new LoadedPolicy(
          policy, record().last().filter(activation -> activation.digest().equals(digest)));
    } catch (IOException e) {
      throw PolicySource.invalid(folder, "cannot be read: " + e.getMessage());
    }
  }

  private String pointer() throws IOException {
    return Files.readString(folder.resolve(POINTER)).strip();
  }

  private ActivationRecord record() {
    return new ActivationRecord(folder.resolve("activations.log"));
  }

  /** A version's folder is named by what must be in it. */
  private Policy version(String digest) throws InvalidFileException {
    Path version = folder.resolve("versions").resolve(digest);
    if (!digest.matches("[0-9a-f]{64}") || !Files.isDirectory(version)) {
      throw PolicySource.invalid(folder.resolve(POINTER), "does not name a policy of this store");
    }
    Policy policy = Policy.load(PolicyFiles.of(List.of(version)), masks);
    if (!policy.digest().equals(digest)) {
      throw PolicySource.invalid(version, "was changed after it was activated");
    }
    return policy;
  }

  /**
   * Checks everything, keeps the files, writes the record, and only then changes what is in force.
   *
   * @param operator somebody who has proved to be this
   */
  public Activation activate(List<Path> places, String operator, Clock clock)
      throws InvalidFileException, IOException {
    List<PolicySource> sources = new ArrayList<>();
    for (Path file : PolicyFiles.of(places)) {
      PolicyFiles.requireName(file);
      sources.add(PolicySource.read(file));
    }
    Policy policy = Policy.of(sources, masks);
    Files.createDirectories(folder.resolve("versions"));
    ActivationRecord record = record();
    try (FileChannel channel = record.open();
        FileLock _ = lock(channel)) {
      keep(policy, sources);
      Optional<String> replaced =
          Files.exists(folder.resolve(POINTER)) ? Optional.of(pointer()) : Optional.empty();
      Activation activation =
          new Activation(
              clock.instant().truncatedTo(ChronoUnit.MILLIS),
              operator,
              policy.digest(),
              replaced.filter(digest -> digest.matches("[0-9a-f]{64}")),
              sources.size());
      record.append(channel, activation);
      Durable.replace(folder.resolve(POINTER), policy.digest() + "\n");
      return activation;
    }
  }

  private static FileLock lock(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return lock;
      }
    } catch (OverlappingFileLockException e) {
      // the same answer: held by this process
    }
    throw new IOException("another activation is under way; nothing was changed");
  }

  private void keep(Policy policy, List<PolicySource> sources)
      throws IOException, InvalidFileException {
    Path versions = folder.resolve("versions");
    Path version = versions.resolve(policy.digest());
    if (!Files.exists(version)) {
      Path draft = Durable.draft(version);
      Files.createDirectory(draft);
      for (PolicySource source : sources) {
        Durable.write(
            draft.resolve(source.name()), source.content(), StandardOpenOption.CREATE_NEW);
      }
      Durable.rename(draft, version);
    }
    version(policy.digest());
  }
}

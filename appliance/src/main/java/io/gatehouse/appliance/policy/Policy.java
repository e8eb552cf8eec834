package io.gatehouse.appliance.policy;

import io.gatehouse.appliance.yaml.InvalidFileException;
import io.gatehouse.plugin.Caller;
import io.gatehouse.plugin.Command;
import io.gatehouse.plugin.Resource;
import io.gatehouse.plugin.Target;
import io.gatehouse.plugin.Verdict;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A whole policy in force. Immutable, safe for any thread. */
public final class Policy {
  private static final AtomicLong VERSIONS = new AtomicLong();

  /** What decides. */
  private final List<Rule> rules;

  /** What says what the journal must not hold. */
  private final List<Rule> omissions;

  private final Masks masks;
  private final Detectors detectors;
  private final String digest;
  private final long version;
  private final CallerReading callers;

  /** Of rules that say anything of it. */
  private final Map<String, RecordTerms> terms = new HashMap<>();

  private Policy(PolicyLoader.Loaded loaded, String digest) {
    Map<Boolean, List<Rule>> all =
        loaded.rules().stream()
            .collect(Collectors.partitioningBy(rule -> rule.kind() == RuleKind.OMIT));
    rules = all.getOrDefault(false, List.of());
    omissions = all.getOrDefault(true, List.of());
    this.masks = loaded.masks();
    this.detectors = loaded.detectors();
    this.digest = digest;
    version = VERSIONS.incrementAndGet();
    callers = CallerReading.of(rules);
    rules.forEach(rule -> terms.put(rule.name(), rule.record()));
    terms.values().removeIf(RecordTerms.DEFAULT::equals);
  }

  /** As the other, with masks taken as they are defined: they are never made by such a policy. */
  public static Policy load(List<Path> files) throws InvalidFileException {
    return load(files, MaskCheck.NONE);
  }

  /**
   * Either a policy of all these files, in this order, or everything that is wrong with them. Reads
   * files and compiles conditions, so never on an event loop.
   */
  public static Policy load(List<Path> files, MaskCheck masks) throws InvalidFileException {
    List<PolicySource> sources = new ArrayList<>();
    for (Path file : files) {
      sources.add(PolicySource.read(file));
    }
    return of(sources, masks);
  }

  static Policy of(List<PolicySource> sources, MaskCheck masks) throws InvalidFileException {
    return new Policy(PolicyLoader.load(sources, masks), digest(sources));
  }

  /** Names and contents, each behind its length, so that no two policies look alike. */
  private static String digest(List<PolicySource> sources) {
    MessageDigest sha256 = sha256();
    for (PolicySource source : sources) {
      update(sha256, source.name().getBytes(StandardCharsets.UTF_8));
      update(sha256, source.content());
    }
    return HexFormat.of().formatHex(sha256.digest());
  }

  private static void update(MessageDigest digest, byte[] bytes) {
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
    digest.update(bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** SHA-256 over the names and the content of its files, in hex. */
  public String digest() {
    return digest;
  }

  /** Unique in this process; a file that is loaded again is another version. */
  public long version() {
    return version;
  }

  public int ruleCount() {
    return rules.size() + omissions.size();
  }

  /** How a command is put on record that this rule decided. */
  public RecordTerms recordTerms(String rule) {
    return terms.getOrDefault(rule, RecordTerms.DEFAULT);
  }

  /** By which rule the journal must not hold text, values and results of this command. */
  public Optional<String> omits(Target target, String database, Command command) {
    return omissions.stream()
        .filter(rule -> rule.matcher().there(target, database))
        .filter(rule -> Omission.of(rule.matcher().resources(), command))
        .map(Rule::name)
        .findFirst();
  }

  /** The same of a command of which nothing was read. */
  public Optional<String> omitsUnread(Target target, String database) {
    for (Rule rule : omissions) {
      if (rule.matcher().there(target, database)) {
        return Optional.of(rule.name());
      }
    }
    return Optional.empty();
  }

  /** What its rules call masks. */
  public Masks masks() {
    return masks;
  }

  /** What its rules call detectors. */
  public Detectors detectors() {
    return detectors;
  }

  /** The masks that rules have for something, for some caller and whatever their conditions say. */
  public List<MaskUse> masksOf(Target target, String database, Resource resource) {
    return rules.stream()
        .filter(
            rule ->
                rule.kind() == RuleKind.MASK
                    && rule.matcher().there(target, database)
                    && rule.matcher().resources().matches(resource) != Truth.NO)
        .map(rule -> new MaskUse(rule.treatment().mask(), place(rule.place())))
        .toList();
  }

  private static MaskUse.Place place(Rule.Place place) {
    return new MaskUse.Place(place.file(), place.line(), place.path());
  }

  /**
   * What a rule may open.
   *
   * @param operation {@code any} if it names none
   */
  public record Opening(String operation, String rule) {}

  /** What this caller may get there at all, in some database and whatever conditions say. */
  public List<Opening> openings(Caller caller, Target target) {
    return rules.stream()
        .filter(rule -> rule.kind().opens() && rule.matcher().reachable(caller, target))
        .flatMap(rule -> operations(rule).map(one -> new Opening(one, rule.name())))
        .toList();
  }

  private static Stream<String> operations(Rule rule) {
    return rule.matcher().operations().isEmpty()
        ? Stream.of("any")
        : rule.matcher().operations().stream()
            .map(one -> one.name().toLowerCase(Locale.ROOT))
            .sorted();
  }

  /**
   * Whether some rule masks something of a database for this caller there, whatever its condition
   * says.
   */
  public boolean masksAnything(Caller caller, Target target, String database) {
    return rules.stream()
        .anyMatch(
            rule ->
                rule.kind() == RuleKind.MASK
                    && !rule.matcher().resources().onlyCalled()
                    && rule.matcher().about(caller, target, database));
  }

  /** How far rules protect this from this caller there, whatever their conditions say. */
  public Optional<Verdict.Strength> protects(
      Caller caller, Target target, String database, Resource resource) {
    return masking(caller, target, database, resource)
        .map(rule -> rule.treatment().strength())
        .max(Comparator.naturalOrder());
  }

  /**
   * What the rules can read of a caller, in the form of one: equal for all callers whom this policy
   * cannot tell apart, and with nothing of theirs that it does not ask for. It is planned for as
   * the caller itself would be, and is good for nothing else: its subject may be nobody's.
   */
  public Caller relevant(Caller caller) {
    return callers.relevant(caller);
  }

  /** Asks no clock, no network and no file, and never fails: what goes wrong is denied. */
  public Plan plan(Caller caller, Target target, String database, Command command) {
    return Planner.plan(rules, facts(caller, target, database, command));
  }

  /** The same as if whatever the rules do not forbid were allowed: what they deny, hold or mask. */
  public Plan restrictions(Caller caller, Target target, String database, Command command) {
    List<Rule> all = new ArrayList<>(rules);
    all.add(Rule.OPENS_ALL);
    return Planner.plan(all, facts(caller, target, database, command));
  }

  /** The first rule that masks this for this caller there, whatever its condition says. */
  public Optional<String> maskOf(Caller caller, Target target, String database, Resource resource) {
    return masking(caller, target, database, resource).map(Rule::name).findFirst();
  }

  private Stream<Rule> masking(Caller caller, Target target, String database, Resource resource) {
    return rules.stream()
        .filter(
            rule ->
                rule.kind() == RuleKind.MASK
                    && rule.matcher().about(caller, target, database)
                    && rule.matcher().resources().matches(resource) != Truth.NO);
  }

  private Facts facts(Caller caller, Target target, String database, Command command) {
    return new Facts(caller, target, database, command, masksAnything(caller, target, database));
  }

  /** The same verdict as the plan's, and how each rule contributed. */
  public Explanation explain(
      Caller caller, Target target, String database, Command command, Circumstances now) {
    return new Explainer(facts(caller, target, database, command), now).explain(rules);
  }
}

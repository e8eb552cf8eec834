package io.gatehouse.appliance.policy;

import io.gatehouse.appliance.mask.detect.Detector;
import io.gatehouse.appliance.mask.detect.Kind;
import io.gatehouse.appliance.mask.detect.OwnPattern;
import io.gatehouse.appliance.yaml.Item;
import io.gatehouse.appliance.yaml.Section;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads one detector: {@code {kinds: [pan], patterns: {staff: "E[0-9]{6}"}}}. */
final class DetectorReader {
  private static final Map<String, Kind> KINDS =
      Stream.of(Kind.values()).collect(Collectors.toMap(Kind::label, Function.identity()));

  /** Each is a pass over every text of a result. */
  private static final int MOST_PATTERNS = 10;

  private static final int VERSION_DIGITS = 12;

  private final Map<String, String> texts = new TreeMap<>();
  private final List<OwnPattern> patterns = new ArrayList<>();

  private DetectorReader() {}

  static Detectors.Defined read(Section section) {
    if (section.empty()) {
      section.problem("names neither kinds nor patterns");
    }
    Set<Kind> kinds = Lists.constants(section, "kinds", Kind.class, KINDS);
    DetectorReader reader = new DetectorReader();
    section.find("patterns").ifPresent(item -> reader.patterns(item));
    return new Detectors.Defined(
        new Detector(kinds, reader.patterns), reader.version(kinds), reader.texts.keySet());
  }

  private void patterns(Item item) {
    int count =
        item.section(
            section -> {
              section.entries().forEach(this::pattern);
              return section.entries().size();
            });
    if (count == 0) {
      item.problem("must not be empty; leave the key out where there are none");
    } else if (count > MOST_PATTERNS) {
      item.problem("has " + count + " patterns; at most " + MOST_PATTERNS);
    }
  }

  private void pattern(String name, Item item) {
    if (KINDS.containsKey(name)) {
      item.problem("is the name of a kind; give the pattern another");
    } else if (!PolicyFile.NAME.matcher(name).matches()) {
      item.problem(PolicyFile.NAME_WORDS);
    }
    String text = item.text();
    if (text.isBlank()) {
      return;
    }
    switch (OwnPattern.of(name, text)) {
      case OwnPattern.Read.Usable(OwnPattern pattern) -> {
        patterns.add(pattern);
        texts.put(name, text);
      }
      case OwnPattern.Read.Problem(String problem) -> item.problem(problem);
    }
  }

  /** In one order, each part behind its length, so that no two definitions look alike. */
  private String version(Set<Kind> kinds) {
    Stream<String> parts =
        Stream.concat(
            kinds.stream().map(Kind::label).sorted(),
            texts.entrySet().stream().flatMap(one -> Stream.of(one.getKey(), one.getValue())));
    String all = parts.map(part -> part.length() + ":" + part).collect(Collectors.joining());
    return HexFormat.of()
        .formatHex(sha256().digest((kinds.size() + ";" + all).getBytes(StandardCharsets.UTF_8)))
        .substring(0, VERSION_DIGITS);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}

package io.gatehouse.appliance.mask.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DetectorTest {
  private static final long SEED = 20_261_121L;

  private static final Detector ALL = new Detector(EnumSet.allOf(Kind.class), List.of());

  private static List<Finding> find(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return ALL.find(bytes, 0, bytes.length);
  }

  private static int rounds() {
    return Boolean.getBoolean("gatehouse.long") ? 500_000 : 10_000;
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "pan,4111111111111111",
        "pan,4111 1111 1111 1111",
        "pan,4111-1111-1111-1111",
        "pan,5500005555555559",
        "pan,2223000048400011",
        "pan,378282246310005",
        "pan,3782 822463 10005",
        "pan,30569309025904",
        "pan,3056 930902 5904",
        "pan,6011000990139424",
        "pan,3530111333300000",
        "pan,6200000000000005",
        "pan,4222222222222",
        "pan,4000 0000 0000 0000 006",
        "ssn,536-22-8726",
        "ssn,536 22 8726",
        "iban,DE89370400440532013000",
        "iban,DE89 3704 0044 0532 0130 00",
        "iban,GB82 WEST 1234 5698 7654 32",
        "iban,NO9386011117947",
        "iban,MT84MALT011000012345MTLCAST001S",
        "iban,CH9300762011623852957",
        "email,joe@example.com",
        "email,Joe.O_Neil+tag@sub.example.co.uk",
        "email,x@xn--bcher-kva.example",
        "phone,+41 44 668 18 00",
        "phone,+41446681800",
        "phone,+1 (212) 555-1234",
        "phone,(212) 555-1234",
        "phone,212-555-1234",
        "phone,212.555.1234",
        "ipv4,192.168.0.1",
        "ipv4,255.255.255.255",
        "ipv6,2001:db8:0:0:0:0:0:1",
        "ipv6,2001:db8::1",
        "ipv6,::1",
        "ipv6,fe80::",
        "ipv6,1:2:3:4:5:6:7::",
        "jwt,eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc-_123",
        "jwt,eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.",
      })
  void valueOfAKind_isFoundAsAWhole_whereverItStands(String kind, String value) {
    assertThat(find(value)).contains(new Finding(kind, 0, value.length()));
    for (String around : List.of(" ", "\"", "=", ",", "'", "\n", ";", "€", "<", "|")) {
      int start = around.getBytes(StandardCharsets.UTF_8).length;
      assertThat(find(around + value + around))
          .as("between %s", around)
          .contains(new Finding(kind, start, start + value.length()));
    }
    assertThat(find("see " + value + ", please"))
        .contains(new Finding(kind, 4, 4 + value.length()));
  }

  /** Not in one piece, so that nothing takes this file for a leak. */
  @Test
  void keyOfAProvider_isFoundAsAWhole() {
    assertFound("aws-key-id", "AKIA" + "IOSFODNN7EXAMPLE");
    assertFound("aws-key-id", "ASIA" + "IOSFODNN7EXAMPLE");
    assertFound("gcp-api-key", "AIza" + "SyD-" + "9tSrke72PouQMnMX-a7eZSW0jkFMBWY");
    assertFound("github-token", "ghp" + "_" + "a1B2".repeat(9));
    assertFound("github-token", "github" + "_pat_" + "11AAAAAAA0" + "a".repeat(72));
    assertFound("gitlab-token", "glpat" + "-" + "x".repeat(20));
    assertFound("slack-token", "xoxb" + "-123456789012-abcdefABCDEF");
    assertFound("stripe-key", "sk" + "_live_" + "4eC39HqLyjWDarjtT1zdp7dc");
  }

  private static void assertFound(String kind, String value) {
    assertThat(find("key=" + value + "\n"))
        .containsExactly(new Finding(kind, 4, 4 + value.length()));
  }

  @Test
  void privateKey_isFoundUpToItsEnd_andToTheTextsEndWhereItWasCutOff() {
    String begin = "-----BEGIN " + "RSA PRIVATE KEY-----\nMII";
    String end = "\n-----END " + "RSA PRIVATE KEY-----";
    assertThat(find("x " + begin + end + " y"))
        .containsExactly(new Finding("private-key", 2, 2 + begin.length() + end.length()));
    assertThat(find("x " + begin + " y"))
        .containsExactly(new Finding("private-key", 2, 4 + begin.length()));
    assertThat(find("-----BEGIN " + "PRIVATE KEY-----")).hasSize(1);
    assertThat(find("-----BEGIN PUBLIC KEY-----")).isEmpty();
    assertThat(find("-----BEGIN CERTIFICATE-----")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // wrong check digit, no issuer, a digit more or less
        "4111111111111112",
        "9111111111111111",
        "41111111111111111",
        "411111111111111",
        // in the middle of something
        "x4111111111111111",
        "4111111111111111x",
        "0.4111111111111111",
        "_4111111111111111",
        "4111 1111-1111 1111",
        "4111  1111 1111 1111",
        "41 11 11 11 11 11 11 11",
        // areas, groups and serials that are not given
        "000-12-3456",
        "666-12-3456",
        "900-12-3456",
        "536-00-8726",
        "536-22-0000",
        "078-05-1120",
        "536228726",
        "1536-22-8726",
        "536-22-87261",
        "536-22 8726",
        "1-536-22-8726",
        "DE89370400440532013001",
        "DE8937040044053201300",
        "de89370400440532013000",
        "XX89370400440532013000",
        "DE89 37040044 0532 0130 00",
        "joe@example",
        "@example.com",
        "joe@",
        "joe@example.c",
        "joe@.com",
        "joe@-x.com",
        "a@b@c",
        "+0446681800",
        "+1234567",
        "+1234567890123456",
        "1+41446681800",
        "112-555-1234",
        "212-155-1234",
        "212-555-123",
        "212-555-12345",
        "212-555.1234",
        "256.1.1.1",
        "1.2.3",
        "1.2.3.4.5",
        "01.2.3.4",
        "v1.2.3.4",
        "1.2.3.",
        "12:34:56",
        "a::b",
        "std::vector",
        "00:1a:2b:3c:4d:5e",
        "1:2:3:4:5:6:7",
        "1::2::3",
        "::",
        "1:2:3:4:5:6:7:8:9",
        ":1:2",
        "12345::1",
        "eyJhbGciOiJIUzI1NiJ9",
        "eyJhbGciOiJIUzI1NiJ9.e30.abc",
        "xeyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.",
        "AKIAIOSFODNN7",
        "AKIAiosfodnn7example",
        "AIzaSyD",
        "ghp_abc",
        "xoxb-1",
        "sk_test_4eC39HqLyjWD",
        "2026-11-21 10:00:00.123456",
        "550e8400-e29b-41d4-a716-446655440000",
        "1234567890123456"
      })
  void lookAlike_isNotFound(String text) {
    assertThat(find(text)).isEmpty();
  }

  @Test
  void cardWithItsExpiryBehind_isFound() {
    assertThat(find("4111 1111 1111 1111 12/27")).containsExactly(new Finding("pan", 0, 19));
  }

  @Test
  void findings_areThoseOfTheObviousWay() {
    Detector detector = new Detector(SlowReference.kinds(), List.of());
    RandomTexts texts = new RandomTexts(SEED);
    int found = 0;
    for (int round = 0; round < rounds(); round++) {
      byte[] text = texts.next();
      List<Finding> expected =
          SlowReference.find(text).stream().filter(DetectorTest::saidThere).toList();
      List<Finding> actual =
          detector.find(text, 0, text.length).stream().filter(DetectorTest::saidThere).toList();
      assertThat(actual)
          .as("seed %s, round %s: %s", SEED, round, new String(text, StandardCharsets.ISO_8859_1))
          .isEqualTo(expected);
      found += expected.size();
    }
    assertThat(found).as("findings that were compared").isGreaterThan(rounds() / 2);
  }

  /** Telephone numbers with a plus are not said there, and findings of one kind do not overlap. */
  private static boolean saidThere(Finding finding) {
    return !finding.kind().equals(Kind.PHONE.label());
  }

  @Test
  void partOfAnArray_isReadAsIfThereWasNothingElse() {
    RandomTexts texts = new RandomTexts(SEED + 1);
    Random random = new Random(SEED + 1);
    for (int round = 0; round < rounds(); round++) {
      byte[] text = texts.next();
      int from = random.nextInt(text.length + 1);
      int to = from + random.nextInt(text.length - from + 1);
      byte[] part = Arrays.copyOfRange(text, from, to);
      List<Finding> alone =
          ALL.find(part, 0, part.length).stream()
              .map(it -> new Finding(it.kind(), it.start() + from, it.end() + from))
              .toList();
      assertThat(ALL.find(text, from, to))
          .as("seed %s, round %s", SEED + 1, round)
          .isEqualTo(alone);
    }
    assertThatThrownBy(() -> ALL.find(new byte[3], 2, 4))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void anyBytes_areReadWithoutAnError_andFindingsLieWithinThem() {
    Random random = new Random(SEED + 2);
    Detector detector = new Detector(EnumSet.allOf(Kind.class), List.of(own("x[a-zü]+|\\d{9}")));
    for (int round = 0; round < rounds(); round++) {
      byte[] bytes = new byte[random.nextInt(200)];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] =
            (byte)
                (random.nextBoolean()
                    ? random.nextInt(256)
                    : "0123456789@.:-+eyJ AKIA(".charAt(random.nextInt(24)));
      }
      for (Finding finding : detector.find(bytes, 0, bytes.length)) {
        assertThat(finding.start()).as("seed %s", SEED + 2).isNotNegative();
        assertThat(finding.end())
            .as("seed %s", SEED + 2)
            .isBetween(finding.start() + 1, bytes.length);
      }
    }
  }

  /** With anything that grows faster than the text these would take hours. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "4",
        "4 ",
        "4111 ",
        "4111-1111-1111-1111-",
        "a@",
        "a.",
        "@",
        "a@a.",
        "a.a@a-a.",
        "eyJ",
        "eyJ.",
        "eyJaaaaaaaa.eyJaaaaaaaa",
        "-",
        "-----BEGIN ",
        "-----BEGIN PRIVATE KEY-----",
        "-----END ",
        "xoxb-",
        "AIza-",
        "glpat-",
        "ghp_",
        "github_pat_",
        "1.",
        "1:",
        ":",
        "::",
        "f",
        "+1",
        "+1 ",
        "(212) ",
        "DE89 ",
        "DE89",
        "536-22-",
        "\u20ac",
        "A"
      })
  void repeatedPiece_isReadInProportionToItsLength(String piece) {
    byte[] text = piece.repeat((4 << 20) / piece.length()).getBytes(StandardCharsets.UTF_8);
    Detector detector = new Detector(EnumSet.allOf(Kind.class), List.of());
    Assertions.assertTimeout(
        Duration.ofSeconds(20), () -> assertThat(detector.find(text, 0, text.length)).isNotNull());
  }

  @Test
  void randomText_hasFewFindings() {
    assertThat(foundInAMegabyte("abcdefghijklmnopqrstuvwxyz    ")).isZero();
    assertThat(foundInAMegabyte("abcdefghijklmnopqrstuvwxyz0123456789   ")).isZero();
    assertThat(foundInAMegabyte("0123456789abcdef")).isZero();
    assertThat(
            foundInAMegabyte("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="))
        .isLessThanOrEqualTo(2);
  }

  private static int foundInAMegabyte(String alphabet) {
    Random random = new Random(SEED + 3);
    byte[] text = new byte[1 << 20];
    for (int i = 0; i < text.length; i++) {
      text[i] = (byte) alphabet.charAt(random.nextInt(alphabet.length()));
    }
    return ALL.find(text, 0, text.length).size();
  }

  /** One in ten has the check digit by chance, and what is left is the issuers' share. */
  @Test
  void sixteenRandomDigits_areTakenForACardOnceInTwentyTimesAtMost() {
    Random random = new Random(SEED + 4);
    int taken = 0;
    for (int i = 0; i < 100_000; i++) {
      taken +=
          find(Long.toString(1_000_000_000_000_000L + random.nextLong(9_000_000_000_000_000L)))
              .size();
    }
    assertThat(taken).as("of 100000, seed " + (SEED + 4)).isBetween(1, 5_000);
  }

  @Test
  void kindThatWasNotAskedFor_isNotFound() {
    byte[] text = "4111111111111111 joe@example.com".getBytes(StandardCharsets.UTF_8);
    assertThat(new Detector(Set.of(Kind.EMAIL), List.of()).find(text, 0, text.length))
        .containsExactly(new Finding("email", 17, 32));
  }

  @Test
  void ownPattern_isFoundInBytes_whateverStandsAround() {
    Detector detector = new Detector(Set.of(), List.of(own("K[0-9]{4}")));
    byte[] text = "€ K1234 K99".getBytes(StandardCharsets.UTF_8);
    assertThat(detector.find(text, 0, text.length)).containsExactly(new Finding("own", 4, 9));
    byte[] broken = {(byte) 0xE2, 'K', '1', '2', '3', '4', (byte) 0xF0, (byte) 0x80};
    assertThat(detector.find(broken, 1, broken.length)).containsExactly(new Finding("own", 1, 6));
  }

  private static OwnPattern own(String expression) {
    return ((OwnPattern.Read.Usable) OwnPattern.of("own", expression)).pattern();
  }

  @ParameterizedTest
  @ValueSource(strings = {"(", "a*", "(a)\\1", "(?=a)b", "a{1001}", "(a{30}){30}", "[", "|"})
  void patternThatIsNoneOrTooGreatOrMatchesNothing_isAProblem(String expression) {
    assertThat(OwnPattern.of("own", expression)).isInstanceOf(OwnPattern.Read.Problem.class);
  }

  /** An engine that goes back would not end with this one. */
  @Test
  void patternThatIsHardForOthers_isReadInTime() {
    Detector detector = new Detector(Set.of(), List.of(own("(a+)+$b")));
    byte[] text = "a".repeat(100_000).getBytes(StandardCharsets.UTF_8);
    Assertions.assertTimeout(
        Duration.ofSeconds(20), () -> assertThat(detector.find(text, 0, text.length)).isEmpty());
  }
}

package io.gatehouse.verifier;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A C2SP tlog-checkpoint whose signature was verified. Two extension lines: {@code utc} and the
 * nanoseconds since 1970, {@code number} and its place in the checkpoints' log.
 *
 * @param root in base64
 */
public record Checkpoint(String origin, long size, String root, long utc, long number) {
  private static final Pattern TEXT =
      Pattern.compile(
          "([^\\n]+)\\n(0|[1-9][0-9]{0,17})\\n([A-Za-z0-9+/]{43}=)\\n"
              + "utc (0|[1-9][0-9]{0,18})\\nnumber (0|[1-9][0-9]{0,17})\\n");
  private static final Pattern SIGNATURE = Pattern.compile("\u2014 ([^ \\n]+) ([A-Za-z0-9+/]+=*)");
  private static final int MOST_SIGNATURES = 16;

  /** A note that is not a checkpoint, or not one of these keys. */
  public static final class NotSignedException extends Exception {
    private static final long serialVersionUID = 1;

    NotSignedException(String message) {
      super(message);
    }
  }

  /** The text that is signed. */
  public String text() {
    return origin + "\n" + size + "\n" + root + "\nutc " + utc + "\nnumber " + number + "\n";
  }

  /** Whether both state the same tree. */
  public boolean sameTree(Checkpoint other) {
    return size == other.size && root.equals(other.root);
  }

  /**
   * Reads a whole note, and believes it only if one of the keys signed it and none signed it badly.
   */
  public static Checkpoint open(byte[] note, List<VerifierKey> keys) throws NotSignedException {
    String whole = new String(note, StandardCharsets.UTF_8);
    int blank = whole.lastIndexOf("\n\n", whole.length() - 3);
    if (blank < 0
        || !whole.endsWith("\n")
        || !Arrays.equals(whole.getBytes(StandardCharsets.UTF_8), note)) {
      throw new NotSignedException("is not a signed note");
    }
    String text = whole.substring(0, blank + 1);
    verify(text, whole.substring(blank + 2, whole.length() - 1).split("\n", -1), keys);
    Matcher fields = TEXT.matcher(text);
    if (!fields.matches()) {
      throw new NotSignedException("is signed, but is not a checkpoint of a journal");
    }
    try {
      String root = VerifierKey.base64(Base64.getDecoder().decode(fields.group(3)));
      long utc = Long.parseLong(fields.group(4));
      Checkpoint read =
          new Checkpoint(
              fields.group(1),
              Long.parseLong(fields.group(2)),
              root,
              utc,
              Long.parseLong(fields.group(5)));
      if (read.text().equals(text)) {
        return read;
      }
    } catch (IllegalArgumentException e) {
      throw new NotSignedException("holds a number that is too large");
    }
    throw new NotSignedException("is signed, but not in the one form that a checkpoint has");
  }

  private static void verify(String text, String[] lines, List<VerifierKey> keys)
      throws NotSignedException {
    if (lines.length > MOST_SIGNATURES) {
      throw new NotSignedException("has more than " + MOST_SIGNATURES + " signatures");
    }
    boolean signed = false;
    for (String line : lines) {
      Matcher parts = SIGNATURE.matcher(line);
      if (!parts.matches()) {
        throw new NotSignedException("has a line behind its text that is not a signature");
      }
      byte[] signature = decode(parts.group(2));
      for (VerifierKey key : keys) {
        if (key.name().equals(parts.group(1))
            && Arrays.equals(key.id(), Arrays.copyOf(signature, 4))) {
          byte[] bare = Arrays.copyOfRange(signature, 4, signature.length);
          // the origin is the signer's name, or one node's journal would pass for another's
          if (!text.startsWith(key.name() + "\n")
              || !key.verifies(text.getBytes(StandardCharsets.UTF_8), bare)) {
            throw new NotSignedException("has a signature that is not of its text");
          }
          signed = true;
        }
      }
    }
    if (!signed) {
      throw new NotSignedException("is not signed by this key");
    }
  }

  /** Base64 with its unused bits zero, so that no other line means the same. */
  private static byte[] decode(String base64) throws NotSignedException {
    try {
      byte[] decoded = Base64.getDecoder().decode(base64);
      if (decoded.length > 4 && VerifierKey.base64(decoded).equals(base64)) {
        return decoded;
      }
    } catch (IllegalArgumentException e) {
      throw new NotSignedException("has a signature that is not base64");
    }
    throw new NotSignedException("has a signature that is not base64 in its one form");
  }
}

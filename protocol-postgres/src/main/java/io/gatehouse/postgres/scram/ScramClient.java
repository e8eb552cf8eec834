package io.gatehouse.postgres.scram;

import io.gatehouse.spi.login.ScramKeys;
import io.gatehouse.spi.login.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** The client's side of one exchange. Used from one thread at a time. */
public final class ScramClient {

  /** A server that asks for more is trying to keep us busy. */
  private static final int MOST_ITERATIONS = 10_000_000;

  private final String mechanism;
  private final byte[] channel;
  private final String clientNonce;
  private String clientFirstBare = "";
  private String serverFirst = "";
  private String nonce = "";
  private byte[] serverSignature = {};

  /**
   * @param offered what the server offers
   * @param binding the channel's binding, empty without TLS
   */
  public ScramClient(List<String> offered, Optional<byte[]> binding, SecureRandom random)
      throws ScramFailure {
    if (binding.isPresent() && offered.contains(Attributes.PLUS)) {
      mechanism = Attributes.PLUS;
      channel = concat(("p=" + ChannelBinding.NAME + ",,"), binding.get());
    } else if (offered.contains(Attributes.PLAIN)) {
      mechanism = Attributes.PLAIN;
      channel = concat(binding.isPresent() ? "y,," : "n,,", new byte[0]);
    } else {
      throw new ScramFailure("the server offers none of " + Attributes.PLAIN + ", PLUS");
    }
    clientNonce = Attributes.nonce(random);
  }

  private static byte[] concat(String header, byte[] rest) {
    byte[] start = header.getBytes(StandardCharsets.US_ASCII);
    byte[] all = java.util.Arrays.copyOf(start, start.length + rest.length);
    System.arraycopy(rest, 0, all, start.length, rest.length);
    return all;
  }

  public String mechanism() {
    return mechanism;
  }

  /** client-first-message. PostgreSQL takes the user from the start-up packet. */
  public byte[] first() {
    clientFirstBare = "n=,r=" + clientNonce;
    String text = new String(channel, StandardCharsets.ISO_8859_1);
    String header = text.substring(0, text.indexOf(",,") + 2);
    return (header + clientFirstBare).getBytes(StandardCharsets.US_ASCII);
  }

  /** What to derive the keys from. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Challenge(byte[] salt, int iterations) {}

  /** server-first-message in. */
  public Challenge challenge(byte[] message) throws ScramFailure {
    serverFirst = new String(message, StandardCharsets.UTF_8);
    String[] parts = serverFirst.split(",", -1);
    nonce = Attributes.value(parts, 0, 'r');
    Attributes.checkNonce(nonce);
    if (!nonce.startsWith(clientNonce) || nonce.length() == clientNonce.length()) {
      throw new ScramFailure("the server's nonce does not extend ours");
    }
    byte[] salt = Attributes.decoded(Attributes.value(parts, 1, 's'));
    int iterations;
    try {
      iterations = Integer.parseInt(Attributes.value(parts, 2, 'i'));
    } catch (NumberFormatException e) {
      throw new ScramFailure("the server's iteration count is not a number");
    }
    if (iterations < 1 || iterations > MOST_ITERATIONS || salt.length == 0) {
      throw new ScramFailure("the server's salt or iteration count is out of bounds");
    }
    return new Challenge(salt, iterations);
  }

  /** client-final-message. */
  public byte[] last(ScramKeys keys) {
    String withoutProof = "c=" + Base64.getEncoder().encodeToString(channel) + ",r=" + nonce;
    byte[] authMessage =
        (clientFirstBare + "," + serverFirst + "," + withoutProof).getBytes(StandardCharsets.UTF_8);
    byte[] storedKey = Sha256.digest(keys.clientKey());
    byte[] proof = Attributes.xor(keys.clientKey(), Sha256.hmac(storedKey, authMessage));
    serverSignature = Sha256.hmac(keys.serverKey(), authMessage);
    return (withoutProof + ",p=" + Base64.getEncoder().encodeToString(proof))
        .getBytes(StandardCharsets.UTF_8);
  }

  /** server-final-message in: proves that the server knows the password too. */
  public void verify(byte[] message) throws ScramFailure {
    String[] parts = new String(message, StandardCharsets.UTF_8).split(",", -1);
    byte[] signature = Attributes.decoded(Attributes.value(parts, 0, 'v'));
    if (serverSignature.length == 0 || !MessageDigest.isEqual(signature, serverSignature)) {
      throw new ScramFailure("the server did not prove that it knows the password");
    }
  }
}

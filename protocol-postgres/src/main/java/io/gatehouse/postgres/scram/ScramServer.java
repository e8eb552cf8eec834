package io.gatehouse.postgres.scram;

import io.gatehouse.spi.login.ScramVerifier;
import io.gatehouse.spi.login.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** The server's side of one exchange. Used from one thread; costs a few HMACs. */
public final class ScramServer {
  private static final String UNSUPPORTED = "0A000";
  private static final String WRONG_CHANNEL = "28000";

  private final ScramVerifier verifier;
  private final Optional<byte[]> binding;
  private final SecureRandom random;
  private final boolean plus;
  private String gs2Header = "";
  private String clientFirstBare = "";
  private String serverFirst = "";
  private String nonce = "";
  private String serverFinal = "";

  /** The mechanisms to offer: binding to the channel where there is one to bind to. */
  public static List<String> mechanisms(Optional<byte[]> binding) {
    return binding.isPresent()
        ? List.of(Attributes.PLUS, Attributes.PLAIN)
        : List.of(Attributes.PLAIN);
  }

  public ScramServer(
      ScramVerifier verifier, Optional<byte[]> binding, String mechanism, SecureRandom random)
      throws ScramFailure {
    if (!mechanisms(binding).contains(mechanism)) {
      throw new ScramFailure("client selected an invalid SASL authentication mechanism");
    }
    this.verifier = verifier;
    this.binding = binding;
    this.random = random;
    this.plus = mechanism.equals(Attributes.PLUS);
  }

  /** client-first-message in, server-first-message out. */
  public byte[] first(byte[] message) throws ScramFailure {
    String text = new String(message, StandardCharsets.UTF_8);
    int flagEnd = text.indexOf(',');
    int headerEnd = flagEnd < 0 ? -1 : text.indexOf(',', flagEnd + 1);
    if (headerEnd < 0) {
      throw new ScramFailure("malformed SCRAM message: no GS2 header");
    }
    checkFlag(text.substring(0, flagEnd));
    if (headerEnd != flagEnd + 1) {
      throw new ScramFailure(
          UNSUPPORTED, "client uses authorization identity, but it is not supported");
    }
    gs2Header = text.substring(0, headerEnd + 1);
    clientFirstBare = text.substring(headerEnd + 1);
    if (clientFirstBare.startsWith("m=")) {
      throw new ScramFailure(UNSUPPORTED, "client requires an unsupported SCRAM extension");
    }
    String[] parts = clientFirstBare.split(",", -1);
    Attributes.value(parts, 0, 'n');
    String clientNonce = Attributes.value(parts, 1, 'r');
    Attributes.checkNonce(clientNonce);
    nonce = clientNonce + Attributes.nonce(random);
    serverFirst =
        "r=%s,s=%s,i=%d"
            .formatted(
                nonce, Base64.getEncoder().encodeToString(verifier.salt()), verifier.iterations());
    return serverFirst.getBytes(StandardCharsets.UTF_8);
  }

  /** The GS2 flag tells whether somebody took the better mechanism off our list. */
  private void checkFlag(String flag) throws ScramFailure {
    switch (flag) {
      case "n" -> {
        if (plus) {
          throw new ScramFailure(
              "the client selected SCRAM-SHA-256-PLUS, but its message has no channel binding");
        }
      }
      case "y" -> {
        if (plus || binding.isPresent()) {
          throw new ScramFailure(
              WRONG_CHANNEL,
              "SCRAM channel binding negotiation error: the client thinks the server does not"
                  + " support it, but it does");
        }
      }
      case "p=" + ChannelBinding.NAME -> {
        if (!plus) {
          throw new ScramFailure(
              "the client selected SCRAM-SHA-256, but its message has channel binding");
        }
      }
      default -> throw new ScramFailure("unsupported SCRAM channel-binding type");
    }
  }

  /** client-final-message in; whether it proves the password. Malformed ones fail. */
  public boolean proves(byte[] message) throws ScramFailure {
    String text = new String(message, StandardCharsets.UTF_8);
    String[] parts = text.split(",", -1);
    String channel = Attributes.value(parts, 0, 'c');
    String answered = Attributes.value(parts, 1, 'r');
    int proofAt = text.lastIndexOf(",p=");
    if (proofAt < 0) {
      throw new ScramFailure("malformed SCRAM message: no proof");
    }
    byte[] proof = Attributes.decoded(text.substring(proofAt + 3));
    if (!same(answered, nonce)) {
      throw new ScramFailure("SCRAM nonce does not match");
    }
    if (!MessageDigest.isEqual(Attributes.decoded(channel), expectedChannel())) {
      throw new ScramFailure(WRONG_CHANNEL, "SCRAM channel binding check failed");
    }
    if (proof.length != Sha256.BYTES) {
      throw new ScramFailure("malformed SCRAM message: malformed proof");
    }
    String authMessage = clientFirstBare + "," + serverFirst + "," + text.substring(0, proofAt);
    return check(proof, authMessage.getBytes(StandardCharsets.UTF_8));
  }

  private boolean check(byte[] proof, byte[] authMessage) {
    byte[] signature = Sha256.hmac(verifier.storedKey(), authMessage);
    byte[] clientKey = Attributes.xor(proof, signature);
    boolean proved = MessageDigest.isEqual(Sha256.digest(clientKey), verifier.storedKey());
    serverFinal =
        "v=" + Base64.getEncoder().encodeToString(Sha256.hmac(verifier.serverKey(), authMessage));
    return proved;
  }

  /** server-final-message, for a client that proved itself. */
  public byte[] last() {
    return serverFinal.getBytes(StandardCharsets.UTF_8);
  }

  private byte[] expectedChannel() {
    byte[] header = gs2Header.getBytes(StandardCharsets.UTF_8);
    byte[] bound = plus ? binding.orElseThrow() : new byte[0];
    byte[] all = java.util.Arrays.copyOf(header, header.length + bound.length);
    System.arraycopy(bound, 0, all, header.length, bound.length);
    return all;
  }

  private static boolean same(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }
}

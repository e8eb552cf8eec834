package io.gatehouse.appliance.identity.issued;

import io.gatehouse.spi.login.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** {@code name.password}: the name finds the credential, the whole proves it. */
final class BearerToken {
  private static final byte SEPARATOR = '.';

  private BearerToken() {}

  static Secret of(String name, Secret password) {
    byte[] start = name.getBytes(StandardCharsets.US_ASCII);
    byte[] end = password.bytes();
    byte[] token = new byte[start.length + 1 + end.length];
    System.arraycopy(start, 0, token, 0, start.length);
    token[start.length] = SEPARATOR;
    System.arraycopy(end, 0, token, start.length + 1, end.length);
    return Secret.of(token);
  }

  /** The name in front of the first full stop, if it can be one. */
  static Optional<String> name(Secret token) {
    byte[] bytes = token.bytes();
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == SEPARATOR) {
        return Optional.of(new String(bytes, 0, i, StandardCharsets.ISO_8859_1))
            .filter(IssuedName::hasForm);
      }
    }
    return Optional.empty();
  }
}

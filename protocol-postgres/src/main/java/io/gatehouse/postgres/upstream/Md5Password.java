package io.gatehouse.postgres.upstream;

import io.gatehouse.spi.login.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The answer to AuthenticationMD5Password: md5(md5(password, user), salt), in hexadecimal. */
final class Md5Password {
  private Md5Password() {}

  static byte[] answer(String user, Secret password, byte[] salt) {
    MessageDigest md5 = md5();
    md5.update(password.bytes());
    md5.update(user.getBytes(StandardCharsets.UTF_8));
    md5.update(hex(md5.digest()));
    md5.update(salt);
    return ("md5" + HexFormat.of().formatHex(md5.digest())).getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] hex(byte[] digest) {
    return HexFormat.of().formatHex(digest).getBytes(StandardCharsets.US_ASCII);
  }

  private static MessageDigest md5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(
          "this JDK runs without MD5; give the database user a SCRAM password", e);
    }
  }
}

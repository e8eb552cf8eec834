package io.gatehouse.mysql.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.spi.login.Secret;
import io.gatehouse.spi.login.Sha256;
import io.gatehouse.spi.message.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PasswordsTest {
  /** The scramble and the proofs are those that go-sql-driver/mysql tests itself with. */
  private static final byte[] SCRAMBLE = {
    10, 47, 74, 111, 75, 73, 34, 48, 88, 76, 114, 74, 37, 13, 3, 80, 82, 2, 23, 21
  };

  private static Secret secret(String text) {
    return Secret.of(text.toCharArray());
  }

  @Test
  void fastPath_matchesPublishedVectors() {
    assertThat(CachingSha2.prove(secret("secret"), SCRAMBLE))
        .isEqualTo(hex("f490e76f66d9d86665ce54d98c78d0acfe2fb0b08b423da807144873d30b312c"));
    assertThat(CachingSha2.prove(secret("secret2"), SCRAMBLE))
        .isEqualTo(hex("abc3934a012cf342e876071c8ee202de51785b430258a7a0138bc79c4d800bc6"));
  }

  @Test
  void fastPathProof_fitsItsDigestAndNoOther() {
    byte[] digest = CachingSha2.digest(secret("secret"));
    byte[] proof = CachingSha2.prove(secret("secret"), SCRAMBLE);
    assertThat(CachingSha2.proves(proof, digest, SCRAMBLE)).isTrue();
    assertThat(CachingSha2.proves(proof, CachingSha2.digest(secret("other")), SCRAMBLE)).isFalse();
    byte[] later = SCRAMBLE.clone();
    later[19]++;
    assertThat(CachingSha2.proves(proof, digest, later)).isFalse();
    for (int i = 0; i < proof.length; i++) {
      byte[] wrong = proof.clone();
      wrong[i] ^= 1;
      assertThat(CachingSha2.proves(wrong, digest, SCRAMBLE)).isFalse();
    }
    assertThat(CachingSha2.proves(Arrays.copyOf(proof, 31), digest, SCRAMBLE)).isFalse();
    assertThat(CachingSha2.proves(new byte[0], digest, SCRAMBLE)).isFalse();
  }

  /** Whoever has the digest alone, from a stolen store, cannot make a proof of it. */
  @Test
  void digest_isNotEnoughToProve() {
    byte[] digest = CachingSha2.digest(secret("secret"));
    assertThat(CachingSha2.proves(digest, digest, SCRAMBLE)).isFalse();
    assertThat(digest)
        .isEqualTo(Sha256.digest(Sha256.digest("secret".getBytes(StandardCharsets.UTF_8))));
  }

  @Test
  void nativePassword_matchesPublishedVectors() {
    byte[] scramble = {
      70, 114, 92, 94, 1, 38, 11, 116, 63, 114, 23, 101, 126, 103, 26, 95, 81, 17, 24, 21
    };
    assertThat(NativePassword.prove(secret("secret"), scramble))
        .isEqualTo(hex("35b18c9ffbbd7f356dfcac32d3c0f0a41a30cf2d"));
  }

  @Test
  void emptyPassword_isProvedByNothing() {
    assertThat(CachingSha2.prove(secret(""), SCRAMBLE)).isEmpty();
    assertThat(NativePassword.prove(secret(""), SCRAMBLE)).isEmpty();
  }

  @Test
  void passwordUnderAKey_comesOutAgain() throws GeneralSecurityException {
    KeyPair keys = keys(2048);
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int length = 0; length < 100; length++) {
      byte[] password = new byte[length];
      for (int i = 0; i < length; i++) {
        password[i] = (byte) (1 + random.nextInt(255));
      }
      byte[] sent =
          RsaPassword.encrypt(
              Secret.of(password.clone()), SCRAMBLE, RsaPassword.publicKey(pem(keys)));
      assertThat(RsaPassword.decrypt(sent, SCRAMBLE, keys.getPrivate()).bytes())
          .as("seed %d", seed)
          .isEqualTo(password);
    }
  }

  @Test
  void passwordTooLongForTheKey_isRefused() throws GeneralSecurityException {
    KeyPair keys = keys(2048);
    assertThatThrownBy(
            () ->
                RsaPassword.encrypt(
                    secret("x".repeat(300)), SCRAMBLE, RsaPassword.publicKey(pem(keys))))
        .isInstanceOf(ProtocolException.class)
        .hasMessage("the password is too long for the server's public key");
  }

  @Test
  void keyThatIsNoneOrTooSmall_isRefused() throws GeneralSecurityException {
    byte[] small = pem(keys(1024));
    assertThatThrownBy(() -> RsaPassword.publicKey(small))
        .isInstanceOf(ProtocolException.class)
        .hasMessage("the server's public key has 1024 bits");
    for (String bad :
        new String[] {
          "",
          "x",
          "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n",
          "-----BEGIN PUBLIC KEY-----\n=\n-----END PUBLIC KEY-----"
        }) {
      assertThatThrownBy(() -> RsaPassword.publicKey(bad.getBytes(StandardCharsets.US_ASCII)))
          .as(bad)
          .isInstanceOf(ProtocolException.class);
    }
  }

  @Test
  void passwordWithoutItsZero_isRefused() {
    assertThat(RsaPassword.cleared(new byte[] {'a', 0}).bytes()).containsExactly('a');
    assertThat(RsaPassword.cleared(new byte[] {0}).bytes()).isEmpty();
    for (byte[] bad : new byte[][] {{}, {'a'}, {'a', 0, 0}, {'a', 0, 'b', 0}, {0, 'b'}}) {
      assertThatThrownBy(() -> RsaPassword.cleared(bad)).isInstanceOf(ProtocolException.class);
    }
  }

  private static KeyPair keys(int bits) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(bits);
    return generator.generateKeyPair();
  }

  private static byte[] pem(KeyPair keys) {
    String body =
        Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(keys.getPublic().getEncoded());
    return ("-----BEGIN PUBLIC KEY-----\n" + body + "\n-----END PUBLIC KEY-----\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text);
  }
}

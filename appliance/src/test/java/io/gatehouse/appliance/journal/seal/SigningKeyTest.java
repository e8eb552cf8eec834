package io.gatehouse.appliance.journal.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.verifier.VerifierKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Signed notes as other implementations make them. */
class SigningKeyTest {
  // the example of golang.org/x/mod/sumdb/note, which C2SP signed-note was made from
  private static final String VERIFIER =
      "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
  private static final String SEED = "AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
  private static final String TEXT =
      """
      If you think cryptography is the answer to your problem,
      then you don't know what your problem is.
      """;
  private static final String NOTE =
      TEXT
          + "\n"
          + "\u2014 PeterNeumann"
          + " x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

  @TempDir private Path directory;

  @Test
  void exampleKey_signsTheExampleNoteToTheByte() throws Exception {
    byte[] typed = Base64.getDecoder().decode(SEED);
    Path file = directory.resolve("key.der");
    byte[] header = HexFormat.of().parseHex("302e020100300506032b657004220420");
    byte[] pkcs8 = Arrays.copyOf(header, header.length + 32);
    System.arraycopy(typed, 1, pkcs8, header.length, 32);
    Files.write(file, pkcs8);

    SigningKey key = SigningKey.read(file, VerifierKey.parse(VERIFIER));

    assertThat(new String(key.note(TEXT), StandardCharsets.UTF_8)).isEqualTo(NOTE);
  }

  @ParameterizedTest
  @EnumSource(SigningKey.Algorithm.class)
  void keyWrittenAsPem_isReadAgain(SigningKey.Algorithm algorithm) throws Exception {
    SigningKey made = SigningKey.generate("gate.example/a", algorithm);
    Path file = Files.write(directory.resolve("key.pem"), made.pem());

    SigningKey read = SigningKey.read(file, VerifierKey.parse(made.verifier().toString()));

    String note = new String(read.note("text\n"), StandardCharsets.UTF_8);
    byte[] signature =
        Base64.getDecoder().decode(note.strip().substring(note.strip().lastIndexOf(' ') + 1));
    byte[] bare = Arrays.copyOfRange(signature, 4, signature.length);
    assertThat(made.verifier().verifies("text\n".getBytes(StandardCharsets.UTF_8), bare)).isTrue();
  }

  @Test
  void keyOfAnotherPair_isRefused() throws Exception {
    SigningKey made = SigningKey.generate("gate.example/a", SigningKey.Algorithm.ED25519);
    SigningKey other = SigningKey.generate("gate.example/a", SigningKey.Algorithm.ED25519);
    Path file = Files.write(directory.resolve("key.pem"), made.pem());

    assertThatThrownBy(() -> SigningKey.read(file, other.verifier()))
        .isInstanceOf(GeneralSecurityException.class)
        .hasMessageContaining("does not belong to the verifier key");
  }

  @Test
  void fileWithoutAKey_isRefusedWithWhatToDo() throws Exception {
    Path file = Files.writeString(directory.resolve("key.pem"), "not a key");
    SigningKey other = SigningKey.generate("gate.example/a", SigningKey.Algorithm.ED25519);

    assertThatThrownBy(() -> SigningKey.read(file, other.verifier()))
        .isInstanceOf(GeneralSecurityException.class)
        .hasMessageContaining("openssl genpkey");
  }
}

package io.gatehouse.verifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tree and the notes against what other implementations agree on. */
class VectorsTest {
  // golang.org/x/mod/sumdb/note, and the example of C2SP signed-note's Go module
  private static final String PETER =
      "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
  private static final String FOO =
      "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";

  @Test
  void referenceLeaves_haveTheReferenceRoots() {
    Tree tree = new Tree();
    List<String> roots = new ArrayList<>();
    for (String leaf :
        List.of(
            "",
            "00",
            "10",
            "2021",
            "3031",
            "40414243",
            "5051525354555657",
            "606162636465666768696a6b6c6d6e6f")) {
      tree.add(Tree.leaf(HexFormat.of().parseHex(leaf)), null);
      roots.add(HexFormat.of().formatHex(tree.root()));
    }

    assertThat(HexFormat.of().formatHex(new Tree().root()))
        .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    assertThat(roots)
        .containsExactly(
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");
  }

  @Test
  void notesOfOthers_verify_andNoOtherTextDoes() throws Exception {
    String text =
        """
        If you think cryptography is the answer to your problem,
        then you don't know what your problem is.
        """;
    byte[] signature =
        signature(
            "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=");
    assertThat(VerifierKey.parse(PETER).verifies(utf8(text), signature)).isTrue();
    assertThat(VerifierKey.parse(PETER).verifies(utf8(text + "\n"), signature)).isFalse();

    byte[] foo =
        signature(
            "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=");
    assertThat(VerifierKey.parse(FOO).verifies(utf8("This is an example message.\n"), foo))
        .isTrue();
    assertThat(VerifierKey.parse(PETER).verifies(utf8("This is an example message.\n"), foo))
        .isFalse();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] signature(String base64) {
    byte[] named = Base64.getDecoder().decode(base64);
    return java.util.Arrays.copyOfRange(named, 4, named.length);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "PeterNeumann",
        "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10T",
        "Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+c74f20a3+BBpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+c74f20a3+Ag==",
        "+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
      })
  void lineThatIsNoKey_isRefused(String line) {
    assertThatThrownBy(() -> VerifierKey.parse(line)).isInstanceOf(InvalidKeyException.class);
  }

  @Test
  void tiles_areNamedAsTheSpecificationNamesThem() {
    assertThat(TileFiles.name(0, 1_234_067)).isEqualTo("tile/0/x001/x234/067");
    assertThat(TileFiles.name(3, 7)).isEqualTo("tile/3/007");
    assertThat(TileFiles.name(1, 1_000)).isEqualTo("tile/1/x001/000");
  }
}

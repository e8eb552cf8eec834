package io.gatehouse.appliance.journal.seal;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The tree against the vectors of certificate-transparency, and against the words of RFC 6962. */
class MerkleTreeTest {
  // the reference inputs and roots of certificate-transparency, which all implementations share
  private static final List<String> LEAVES =
      List.of(
          "",
          "00",
          "10",
          "2021",
          "3031",
          "40414243",
          "5051525354555657",
          "606162636465666768696a6b6c6d6e6f");
  private static final List<String> ROOTS =
      List.of(
          "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
          "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
          "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
          "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
          "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
          "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
          "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
          "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
          "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

  @Test
  void referenceLeaves_haveTheReferenceRoots() {
    MerkleTree tree = new MerkleTree();
    List<String> roots = new ArrayList<>();
    roots.add(HexFormat.of().formatHex(tree.root()));
    for (String leaf : LEAVES) {
      tree.add(hash((byte) 0, HexFormat.of().parseHex(leaf)));
      roots.add(HexFormat.of().formatHex(tree.root()));
    }

    assertThat(roots).isEqualTo(ROOTS);
  }

  @Test
  void treesOfAllSizes_haveTheRootsThatTheRecursionGives_andComeBackFromTheirTiles() {
    List<byte[]> leaves = leaves(66_000);
    MerkleTree tree = new MerkleTree();
    List<Integer> sizes = new ArrayList<>(List.of(65_535, 65_536, 65_537, 65_792, 66_000));
    for (int size = 1; size <= 600; size++) {
      sizes.add(size);
    }
    for (int size = 1; size <= leaves.size(); size++) {
      tree.add(leaves.get(size - 1));
      if (sizes.contains(size)) {
        byte[] slow = slow(leaves.subList(0, size));
        assertThat(tree.root()).as("size %d", size).isEqualTo(slow);
        assertThat(MerkleTree.of(size, tree.partial()).root()).as("again %d", size).isEqualTo(slow);
      }
    }
  }

  @Test
  void tiles_areTheHashesThatTheSpecificationNames() {
    List<byte[]> leaves = leaves(70_000);
    MerkleTree tree = new MerkleTree();
    leaves.forEach(tree::add);

    // the example of tlog-tiles
    List<MerkleTree.Tile> full = tree.takeFull();
    List<MerkleTree.Tile> partial = tree.partial();
    assertThat(full.stream().filter(tile -> tile.level() == 0)).hasSize(273);
    assertThat(full.stream().filter(tile -> tile.level() == 1)).hasSize(1);
    assertThat(partial.stream().map(MerkleTree.Tile::width)).containsExactly(112, 17, 1);
    for (MerkleTree.Tile tile : full) {
      long span = 1L << (8 * tile.level());
      for (int i : new int[] {0, 1, 255}) {
        long start = (tile.number() * 256 + i) * span;
        byte[] slow = slow(leaves.subList((int) start, (int) (start + span)));
        assertThat(Arrays.copyOfRange(tile.hashes(), i * 32, i * 32 + 32)).isEqualTo(slow);
      }
    }
  }

  private static List<byte[]> leaves(int count) {
    Random random = new Random(1);
    List<byte[]> leaves = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] leaf = new byte[32];
      random.nextBytes(leaf);
      leaves.add(leaf);
    }
    return leaves;
  }

  /** RFC 6962, section 2.1, word by word. */
  private static byte[] slow(List<byte[]> leaves) {
    if (leaves.size() == 1) {
      return leaves.getFirst();
    }
    int split = Integer.highestOneBit(leaves.size() - 1);
    byte[] left = slow(leaves.subList(0, split));
    byte[] right = slow(leaves.subList(split, leaves.size()));
    return hash((byte) 1, left, right);
  }

  private static byte[] hash(byte prefix, byte[]... parts) {
    MessageDigest digest = MerkleTree.sha256();
    digest.update(prefix);
    for (byte[] part : parts) {
      digest.update(part);
    }
    return digest.digest();
  }
}

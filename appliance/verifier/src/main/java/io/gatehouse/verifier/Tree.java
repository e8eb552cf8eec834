package io.gatehouse.verifier;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/** The Merkle tree of RFC 6962, section 2.1, of which only the right edge is kept: 64 hashes. */
final class Tree {
  private final byte[][] complete = new byte[64][];
  private long size;

  /**
   * Is told the hash of each complete tile's subtree: level 0 is a leaf, level 1 are 256 of them.
   */
  interface Tiles {
    void hash(int level, byte[] hash);
  }

  Tree copy() {
    Tree copy = new Tree();
    System.arraycopy(complete, 0, copy.complete, 0, complete.length);
    copy.size = size;
    return copy;
  }

  long size() {
    return size;
  }

  void add(byte[] leafHash, @Nullable Tiles tiles) {
    byte[] hash = leafHash;
    int height = 0;
    while (true) {
      if (tiles != null && height % 8 == 0) {
        tiles.hash(height / 8, hash);
      }
      if ((size >> height & 1) == 0) {
        break;
      }
      hash = node(complete[height++], hash);
    }
    complete[height] = hash;
    size++;
  }

  byte[] root() {
    byte[] root = null;
    for (int height = 0; height < 63; height++) {
      if ((size >> height & 1) == 1) {
        root = root == null ? complete[height] : node(complete[height], root);
      }
    }
    return root == null ? sha256() : root;
  }

  static byte[] leaf(byte[] record) {
    return sha256(new byte[] {0}, record);
  }

  private static byte[] node(byte[] left, byte[] right) {
    return sha256(new byte[] {1}, left, right);
  }

  static byte[] sha256(byte[]... parts) {
    MessageDigest digest = digest();
    for (byte[] part : parts) {
      digest.update(part);
    }
    return digest.digest();
  }

  static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}

package io.gatehouse.appliance.journal.seal;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tree of RFC 6962, section 2.1, kept as the rightmost tile of each level: 256 hashes, each of
 * a full tile of the level below. Full tiles are kept until they are written. Owned by the sealer's
 * thread.
 */
final class MerkleTree {
  static final int WIDTH = 256;
  static final int HASH = 32;

  /** A tile: level, number within it, and its hashes, less than 256 if it is partial. */
  static final class Tile {
    private final int level;
    private final long number;
    private final byte[] hashes;

    Tile(int level, long number, byte[] hashes) {
      this.level = level;
      this.number = number;
      this.hashes = hashes;
    }

    int level() {
      return level;
    }

    long number() {
      return number;
    }

    byte[] hashes() {
      return hashes;
    }

    int width() {
      return hashes.length / HASH;
    }
  }

  private static final class Edge {
    long number;
    int width;
    final byte[] hashes = new byte[WIDTH * HASH];

    byte[] taken() {
      return Arrays.copyOf(hashes, width * HASH);
    }
  }

  private final MessageDigest digest = sha256();
  private final List<Edge> edges = new ArrayList<>();
  private final List<Tile> full = new ArrayList<>();
  private long size;

  /** A tree of that size whose partial tiles are these, from level 0 up. */
  static MerkleTree of(long size, List<Tile> partial) {
    MerkleTree tree = new MerkleTree();
    tree.size = size;
    for (Tile tile : partial) {
      Edge edge = tree.edge(tile.level());
      edge.number = tile.number();
      edge.width = tile.width();
      System.arraycopy(tile.hashes(), 0, edge.hashes, 0, tile.hashes().length);
    }
    return tree;
  }

  long size() {
    return size;
  }

  /** Adds the hash of a leaf. */
  void add(byte[] leaf) {
    byte[] hash = leaf;
    for (int level = 0; ; level++) {
      Edge edge = edge(level);
      System.arraycopy(hash, 0, edge.hashes, edge.width++ * HASH, HASH);
      if (edge.width < WIDTH) {
        break;
      }
      full.add(new Tile(level, edge.number++, edge.hashes.clone()));
      hash = subtree(edge.hashes, 0, WIDTH, null);
      edge.width = 0;
    }
    size++;
  }

  /** Tiles that became full since the last call. */
  List<Tile> takeFull() {
    List<Tile> taken = List.copyOf(full);
    full.clear();
    return taken;
  }

  /** The tiles that are not full, without empty ones. */
  List<Tile> partial() {
    List<Tile> partial = new ArrayList<>();
    for (int level = 0; level < edges.size(); level++) {
      Edge edge = edges.get(level);
      if (edge.width > 0) {
        partial.add(new Tile(level, edge.number, edge.taken()));
      }
    }
    return partial;
  }

  /** In base64, as checkpoints have it. */
  String rootText() {
    return Base64.getEncoder().encodeToString(root());
  }

  byte[] root() {
    byte[] right = null;
    for (Edge edge : edges) {
      if (edge.width > 0) {
        right = subtree(edge.hashes, 0, edge.width, right);
      }
    }
    return right == null ? digest.digest() : right;
  }

  /**
   * The hash over some hashes of a tile and what is right of them, which is less than one of them.
   */
  private byte[] subtree(byte[] hashes, int from, int to, byte @Nullable [] right) {
    int width = to - from + (right == null ? 0 : 1);
    if (width == 1) {
      return right != null ? right : Arrays.copyOfRange(hashes, from * HASH, to * HASH);
    }
    int left = Integer.highestOneBit(width - 1);
    byte[] first = subtree(hashes, from, from + left, null);
    byte[] second = subtree(hashes, from + left, to, right);
    digest.update((byte) 1);
    digest.update(first);
    return digest.digest(second);
  }

  private Edge edge(int level) {
    while (edges.size() <= level) {
      edges.add(new Edge());
    }
    return edges.get(level);
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}

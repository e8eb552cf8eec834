package io.gatehouse.postgres.message;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Bodies that are noise, or real ones with something wrong. One seed, one sequence. */
public final class RandomBodies {
  private static final int[] TELLING = {
    0, 1, 2, 0x7FFF, 0x8000, 0xFFFF, 0x7FFFFFFF, 0x80000000, -1
  };

  private final Random random;
  private final List<byte[]> real;

  public RandomBodies(long seed, List<byte[]> real) {
    this.random = new Random(seed);
    this.real = real;
  }

  /** How many to try of each kind: more where {@code -Dgatehouse.long=true}. */
  public static int rounds() {
    return Boolean.getBoolean("gatehouse.long") ? 100_000 : 2_000;
  }

  public byte[] next() {
    if (real.isEmpty() || random.nextInt(4) == 0) {
      return noise(random.nextInt(64));
    }
    byte[] body = real.get(random.nextInt(real.size())).clone();
    for (int changes = random.nextInt(4); changes > 0 && body.length > 0; changes--) {
      body = changed(body);
    }
    return body;
  }

  private byte[] changed(byte[] body) {
    int at = random.nextInt(body.length);
    return switch (random.nextInt(5)) {
      case 0 -> with(body, at, random.nextInt(), 1);
      case 1 -> with(body, at, TELLING[random.nextInt(TELLING.length)], 2);
      case 2 -> with(body, at, TELLING[random.nextInt(TELLING.length)], 4);
      case 3 -> Arrays.copyOf(body, at);
      default -> Arrays.copyOf(body, body.length + random.nextInt(8));
    };
  }

  private static byte[] with(byte[] body, int at, int number, int width) {
    for (int i = 0; i < width && at + i < body.length; i++) {
      body[at + i] = (byte) (number >>> (8 * (width - 1 - i)));
    }
    return body;
  }

  private byte[] noise(int length) {
    byte[] body = new byte[length];
    random.nextBytes(body);
    return body;
  }
}

package io.gatehouse.appliance.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.bouncycastle.crypto.macs.SipHash128;
import org.bouncycastle.crypto.params.KeyParameter;
import org.junit.jupiter.api.Test;

final class KeyedHashTest {
  private static final KeyedHash.Key REFERENCE =
      new KeyedHash.Key(0x0706050403020100L, 0x0f0e0d0c0b0a0908L);

  /** Of the authors' own vectors.h: the digests of 00, 00 01, 00 01 02 and so on. */
  private static final List<String> VECTORS =
      List.of(
          "a3817f04ba25a8e66df67214c7550293",
          "da87c1d86b99af44347659119b22fc45",
          "8177228da4a45dc7fca38bdef60affe4",
          "9c70b60c5267a94e5f33b6b02985ed51",
          "f88164c12d9c8faf7d0f6e7c7bcd5579",
          "1368875980776f8854527a07690e9627",
          "14eeca338b208613485ea0308fd7a15e",
          "a1f1ebbed8dbc153c0b84aa61ff08239",
          "3b62a9ba6258f5610f83e264f31497b4",
          "264499060ad9baabc47f8b02bb6d71ed");

  private static String hex(KeyedHash hash) {
    hash.finish();
    return HexFormat.of()
        .formatHex(
            ByteBuffer.allocate(16)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(hash.low())
                .putLong(hash.high())
                .array());
  }

  private static byte[] counting(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) i;
    }
    return bytes;
  }

  @Test
  void referenceInputs_haveTheReferenceDigests() {
    List<String> digests = new ArrayList<>();
    for (int i = 0; i < VECTORS.size(); i++) {
      digests.add(hex(new KeyedHash(REFERENCE).add(Unpooled.wrappedBuffer(counting(i)))));
    }

    assertThat(digests).isEqualTo(VECTORS);
  }

  @Test
  void anyBytesInAnyPieces_asAnotherImplementationSays() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int length = 0; length <= 300; length++) {
      for (int i = 0; i < 5; i++) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        KeyedHash.Key key = new KeyedHash.Key(random.nextLong(), random.nextLong());
        KeyedHash used = new KeyedHash(key).add(random.nextLong()).finish().reset();

        assertThat(hex(inPieces(used, bytes, random)))
            .as("seed %d, length %d", seed, length)
            .isEqualTo(other(key, bytes));
      }
    }
  }

  private static KeyedHash inPieces(KeyedHash hash, byte[] bytes, Random random) {
    int at = 0;
    while (at < bytes.length) {
      int left = bytes.length - at;
      switch (random.nextInt(3)) {
        case 0 -> hash.add(bytes[at++]);
        case 1 -> {
          if (left >= Long.BYTES) {
            hash.add(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(at));
            at += Long.BYTES;
          }
        }
        default -> {
          int piece = 1 + random.nextInt(left);
          hash.add(offset(bytes, at, piece, random));
          at += piece;
        }
      }
    }
    return hash;
  }

  /** In the middle of a larger buffer. */
  private static ByteBuf offset(byte[] bytes, int from, int length, Random random) {
    int before = random.nextInt(20);
    ByteBuf buffer = Unpooled.buffer(before + length + 20);
    buffer.writeZero(before).writeBytes(bytes, from, length).writeLong(random.nextLong());
    buffer.readerIndex(before).writerIndex(before + length);
    return buffer;
  }

  private static String other(KeyedHash.Key key, byte[] bytes) {
    byte[] secret =
        ByteBuffer.allocate(16)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(key.low())
            .putLong(key.high())
            .array();
    SipHash128 siphash = new SipHash128();
    siphash.init(new KeyParameter(secret));
    siphash.update(bytes, 0, bytes.length);
    byte[] digest = new byte[16];
    siphash.doFinal(digest, 0);
    return HexFormat.of().formatHex(digest);
  }

  @Test
  void readerIndex_staysWhereItWas() {
    ByteBuf text = Unpooled.wrappedBuffer(counting(20)).readerIndex(3);

    new KeyedHash(REFERENCE).add(text).finish();

    assertThat(text.readerIndex()).isEqualTo(3);
    assertThat(text.readableBytes()).isEqualTo(17);
  }

  @Test
  void otherKey_otherDigest() {
    byte[] text = counting(20);

    assertThat(hex(new KeyedHash(new KeyedHash.Key(0, 1)).add(Unpooled.wrappedBuffer(text))))
        .isNotEqualTo(hex(new KeyedHash(REFERENCE).add(Unpooled.wrappedBuffer(text))));
    assertThat(REFERENCE.toString()).isEqualTo("Key[hidden]");
  }

  @Test
  void hashing_allocatesNothing() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long self = Thread.currentThread().threadId();
    KeyedHash hash = new KeyedHash(REFERENCE);
    Digest digest = new Digest();
    ByteBuf text = Unpooled.wrappedBuffer(counting(60));
    hashed(hash, digest, text, 1_000);
    threads.getThreadAllocatedBytes(self);

    long before = threads.getThreadAllocatedBytes(self);
    hashed(hash, digest, text, 10_000);
    long allocated = threads.getThreadAllocatedBytes(self) - before;

    // The counter itself may cost a little, once; a single byte per text would be 10,000.
    assertThat(allocated).isLessThan(5_000);
  }

  private static void hashed(KeyedHash hash, Digest digest, ByteBuf text, int times) {
    for (int i = 0; i < times; i++) {
      digest.set(hash.reset().add((long) i).add((byte) 1).add(text).finish());
    }
  }
}

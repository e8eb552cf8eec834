package io.gatehouse.spi.testing;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class BufferWatchTest {
  private final BufferWatch watch = new BufferWatch(Duration.ZERO);

  @Test
  void a_released_buffer_passes() {
    ByteBufAllocator.DEFAULT.buffer().release();
    assertThatCode(() -> watch.check("Planted")).doesNotThrowAnyException();
  }

  @Test
  void an_unreleased_buffer_fails_the_class_and_names_where_it_was_made() {
    List<ByteBuf> leaked =
        List.of(
            ByteBufAllocator.DEFAULT.buffer(),
            ByteBufAllocator.DEFAULT.heapBuffer(),
            PooledByteBufAllocator.DEFAULT.directBuffer(),
            Unpooled.directBuffer());
    assertThatThrownBy(() -> watch.check("Planted"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("Planted")
        .hasStackTraceContaining("BufferWatchTest.an_unreleased_buffer");
    leaked.forEach(ByteBuf::release);
    assertThatThrownBy(() -> watch.check("Late")).hasStackTraceContaining("previously reported");
  }
}

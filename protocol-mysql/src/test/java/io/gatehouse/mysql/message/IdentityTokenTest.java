package io.gatehouse.mysql.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.spi.message.Bodies;
import io.gatehouse.spi.message.ProtocolException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentityTokenTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 250, 251, 70_000})
  void token_isWhatStandsBehindItsLength(int length) {
    byte[] token = "t".repeat(length).getBytes(StandardCharsets.US_ASCII);
    ByteBuf proof = Unpooled.buffer().writeByte(1);
    Fields.writeLenenc(proof, token);
    proof.writeZero(length % 9);
    assertThat(IdentityToken.of(Bodies.rest(proof))).isEqualTo(token);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "01", "0002aabb", "0202aabb", "0103aabb", "0101aabb", "01fb", "01ff"})
  void anythingElse_isNoToken(String hex) {
    assertThatThrownBy(() -> IdentityToken.of(HexFormat.of().parseHex(hex)))
        .isInstanceOf(ProtocolException.class);
  }
}

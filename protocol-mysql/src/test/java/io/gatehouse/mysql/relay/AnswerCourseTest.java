package io.gatehouse.mysql.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.mysql.frame.PacketReader;
import io.gatehouse.mysql.message.Capabilities;
import io.gatehouse.mysql.message.Capability;
import io.gatehouse.mysql.message.CommandType;
import io.gatehouse.mysql.relay.AnswerCourse.Part;
import io.gatehouse.spi.message.ProtocolException;
import io.gatehouse.spi.testing.Wire;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AnswerCourseTest {
  private static final Capabilities OLD = Capabilities.of(Capability.PROTOCOL_41);
  private static final Capabilities NEW = OLD.with(Capability.DEPRECATE_EOF);
  private static final String COLUMN = "03 'def'";
  private static final String EOF = "fe 0000 0200";
  private static final String EOF_MORE = "fe 0000 0a00";
  private static final String OK = "00 00 00 0200 0000";
  private static final String OK_MORE = "00 00 00 0a00 0000";
  private static final String LAST = "fe 00 00 0200 0000";
  private static final String ERROR = "ff 2804 '#42000no'";

  private static List<Part> follow(AnswerCourse course, String... payloads) {
    List<Part> parts = new ArrayList<>();
    for (String notation : payloads) {
      byte[] payload = Wire.bytes(notation);
      assertThat(course.done()).isFalse();
      Part part = course.part(payload[0] & 0xFF, payload.length);
      course.take(part, Unpooled.wrappedBuffer(payload));
      parts.add(part);
    }
    return parts;
  }

  @Test
  void rows_endWithTheOldEnd() {
    AnswerCourse course = new AnswerCourse(CommandType.COM_QUERY, OLD);
    assertThat(follow(course, "02", COLUMN, COLUMN, EOF, "01 '1' fb", "fb fb", EOF))
        .containsExactly(
            Part.COUNT,
            Part.DEFINITION,
            Part.DEFINITION,
            Part.DEFINITIONS_END,
            Part.ROW,
            Part.ROW,
            Part.ROWS_END);
    assertThat(course.done()).isTrue();
  }

  @Test
  void rows_endWithAnOk() {
    AnswerCourse course = new AnswerCourse(CommandType.COM_QUERY, NEW);
    assertThat(follow(course, "01", COLUMN, "01 '1'", LAST))
        .containsExactly(Part.COUNT, Part.DEFINITION, Part.ROW, Part.ROWS_END);
    assertThat(course.done()).isTrue();
  }

  @Test
  void rowThatBeginsLikeTheEnd_isARow() {
    AnswerCourse course = new AnswerCourse(CommandType.COM_QUERY, NEW);
    follow(course, "01", COLUMN);
    assertThat(course.part(0xFE, PacketReader.FULL_BYTES)).isEqualTo(Part.ROW);
    assertThat(course.part(0xFE, PacketReader.FULL_BYTES - 1)).isEqualTo(Part.ROWS_END);
    AnswerCourse old = new AnswerCourse(CommandType.COM_QUERY, OLD);
    follow(old, "01", COLUMN, EOF);
    assertThat(old.part(0xFE, PacketReader.FULL_BYTES)).isEqualTo(Part.ROW);
    assertThat(old.part(0xFE, 9)).isEqualTo(Part.ROW);
    assertThat(old.part(0xFE, 5)).isEqualTo(Part.ROWS_END);
  }

  @Test
  void moreResults_follow() {
    AnswerCourse course = new AnswerCourse(CommandType.COM_QUERY, OLD);
    follow(course, OK_MORE, "01", COLUMN, EOF, EOF_MORE, ERROR);
    assertThat(course.done()).isTrue();
  }

  @Test
  void cursor_hasNoRowsYet() {
    AnswerCourse old = new AnswerCourse(CommandType.COM_STMT_EXECUTE, OLD);
    follow(old, "01", COLUMN, "fe 0000 4200");
    assertThat(old.done()).isTrue();
    AnswerCourse renewed = new AnswerCourse(CommandType.COM_STMT_EXECUTE, NEW);
    follow(renewed, "01", COLUMN, "fe 00 00 4200 0000");
    assertThat(renewed.done()).isTrue();
    AnswerCourse fetched = new AnswerCourse(CommandType.COM_STMT_FETCH, OLD);
    assertThat(follow(fetched, "00 00 05", "fe 0000 8200"))
        .containsExactly(Part.ROW, Part.ROWS_END);
    assertThat(fetched.done()).isTrue();
  }

  /** MySQL 8.0.15 says after them that nothing follows, and an OK does. */
  @Test
  void parametersThatAProcedureGivesBack_areFollowedByAnOk() {
    AnswerCourse course = new AnswerCourse(CommandType.COM_STMT_EXECUTE, OLD);
    follow(course, "01", COLUMN, "fe 0000 0a10", "00 00 05", EOF);
    assertThat(course.done()).isFalse();
    follow(course, OK);
    assertThat(course.done()).isTrue();
  }

  @Test
  void preparedStatement_hasDefinitionsOfWhatItHas() {
    AnswerCourse both = new AnswerCourse(CommandType.COM_STMT_PREPARE, OLD);
    String two = "00 01000000 0100 0100 00 0000";
    assertThat(follow(both, two, COLUMN, EOF, COLUMN, EOF)).hasSize(5);
    assertThat(both.done()).isTrue();
    AnswerCourse renewed = new AnswerCourse(CommandType.COM_STMT_PREPARE, NEW);
    follow(renewed, two, COLUMN, COLUMN);
    assertThat(renewed.done()).isTrue();
    AnswerCourse none = new AnswerCourse(CommandType.COM_STMT_PREPARE, OLD);
    follow(none, "00 01000000 0000 0000 00 0000");
    assertThat(none.done()).isTrue();
  }

  @Test
  void file_isAskedForBeforeTheAnswer() {
    AnswerCourse course = new AnswerCourse(CommandType.COM_QUERY, OLD);
    assertThat(follow(course, "fb '/a'", OK)).containsExactly(Part.FILE_REQUEST, Part.OK);
    assertThat(course.done()).isTrue();
  }

  @Test
  void changeOfUser_isALogin() {
    AnswerCourse course = new AnswerCourse(CommandType.COM_CHANGE_USER, OLD);
    assertThat(follow(course, "fe 'x' 00", "01 03", OK))
        .containsExactly(Part.AUTHENTICATION, Part.AUTHENTICATION, Part.OK);
    assertThat(course.done()).isTrue();
  }

  @Test
  void answerToNothing_isRefused() {
    AnswerCourse course = new AnswerCourse(CommandType.COM_PING, OLD);
    assertThatThrownBy(() -> follow(course, EOF)).isInstanceOf(ProtocolException.class);
    follow(course, OK);
    assertThatThrownBy(() -> course.part(0, 7)).isInstanceOf(ProtocolException.class);
    for (CommandType type :
        List.of(
            CommandType.COM_QUIT,
            CommandType.COM_STMT_CLOSE,
            CommandType.COM_STMT_SEND_LONG_DATA)) {
      assertThat(new AnswerCourse(type, OLD).done()).isTrue();
    }
  }

  /** Whatever a server says: a part with a name, or a refusal. */
  @ParameterizedTest
  @EnumSource(CommandType.class)
  void anyPayloads_areFollowedOrRefused(CommandType type) {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    String[] telling = {EOF, EOF_MORE, OK, OK_MORE, LAST, ERROR, COLUMN, "01", "fb 'x'", "00 00"};
    for (int round = 0; round < 2_000; round++) {
      AnswerCourse course = new AnswerCourse(type, random.nextBoolean() ? OLD : NEW);
      try {
        for (int i = 0; i < 12 && !course.done(); i++) {
          byte[] payload = Wire.bytes(telling[random.nextInt(telling.length)]);
          if (random.nextInt(3) == 0) {
            payload[random.nextInt(payload.length)] = (byte) random.nextInt();
          }
          Part part = course.part(payload[0] & 0xFF, payload.length);
          course.take(part, Unpooled.wrappedBuffer(payload));
        }
      } catch (ProtocolException e) {
        assertThat(e.getMessage()).isNotEmpty();
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + seed + ", round " + round, e);
      }
    }
  }
}

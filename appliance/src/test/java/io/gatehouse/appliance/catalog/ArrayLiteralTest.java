package io.gatehouse.appliance.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArrayLiteralTest {

  @Test
  void elements_come_as_they_were() {
    assertThat(ArrayLiteral.parse("{}")).isEmpty();
    assertThat(ArrayLiteral.parse("{a,b c}")).containsExactly("a", "b c");
    assertThat(ArrayLiteral.parse("{\"a,b\",\"\\\"\\\\{}\",\"\"}"))
        .containsExactly("a,b", "\"\\{}", "");
    assertThat(ArrayLiteral.parse("{NULL,\"NULL\",null}")).containsExactly(null, "NULL", "null");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{", "a", "{a", "{a,}", "{,a}", "{\"a}", "{a}b", "{{a}}", "{\"a\"b}", "{a\\"})
  void anything_else_is_refused(String text) {
    assertThatThrownBy(() -> ArrayLiteral.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not an array");
  }
}

package io.gatehouse.appliance.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SearchPathTest {

  @Test
  void names_are_folded_unless_they_are_quoted() {
    assertThat(SearchPath.parse("\"$user\", public")).containsExactly("$user", "public");
    assertThat(SearchPath.parse(" HR ,\"HR\",\"a\"\",b\"")).containsExactly("hr", "HR", "a\",b");
    assertThat(SearchPath.parse("")).isEmpty();
    assertThat(SearchPath.parse("\"\"")).containsExactly("");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a,", ",a", "a b", "\"a", "ünion", "a,,b"})
  void what_the_server_would_refuse_or_fold_by_locale_is_refused(String setting) {
    assertThatThrownBy(() -> SearchPath.parse(setting))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_name_that_the_server_would_cut_is_refused() {
    assertThatThrownBy(() -> SearchPath.parse("a".repeat(64)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(SearchPath.parse("a".repeat(63))).hasSize(1);
  }
}

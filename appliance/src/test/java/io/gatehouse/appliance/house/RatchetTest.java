package io.gatehouse.appliance.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RatchetTest {
  private final Ratchet ratchet = Ratchet.parse(List.of("# old excess", "", "410 code lines in A"));

  @Test
  void an_entry_of_the_same_size_passes() {
    assertThat(ratchet.complaints(Map.of("code lines in A", 410))).isEmpty();
  }

  @Test
  void an_entry_that_grows_shrinks_or_ends_is_a_complaint() {
    assertThat(ratchet.complaints(Map.of("code lines in A", 411)))
        .containsExactly("code lines in A has grown from 410 to 411");
    assertThat(ratchet.complaints(Map.of("code lines in A", 409)))
        .containsExactly("code lines in A has shrunk to 409: lower its line in the ratchet");
    assertThat(ratchet.complaints(Map.of()))
        .containsExactly("code lines in A is within its limit: delete its line in the ratchet");
  }

  @Test
  void new_excess_is_a_complaint() {
    assertThat(ratchet.complaints(Map.of("code lines in A", 410, "lines of B.c in B", 61)))
        .containsExactly("lines of B.c in B has 61");
  }

  @Test
  void a_file_is_measured_without_blanks_and_comments(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("A.java");
    Files.writeString(
        file,
        """
        /**
         * A.
         */
        record A(int a, int b) {

          A {
            // why
            assert a > b;
          }

          int sum(int c) { /* one line */
            return a + b + c;
          }

          interface B { void none(); }
        }
        """);
    JavaSize size = JavaSize.of(List.of(file)).getFirst();
    assertThat(size.codeLines()).isEqualTo(9);
    assertThat(size.types()).containsExactly("A", "B");
    assertThat(size.methods())
        .containsExactly(
            new JavaSize.Method("A.<init>", 4, 0),
            new JavaSize.Method("A.sum", 3, 1),
            new JavaSize.Method("B.none", 0, 0));
  }
}

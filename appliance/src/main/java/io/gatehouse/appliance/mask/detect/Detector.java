package io.gatehouse.appliance.mask.detect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Looks for kinds of values in bytes. Findings of one kind do not overlap and each is the first
 * that is possible; those of two kinds may lie over each other. Thread-safe.
 */
public final class Detector {
  private static final Comparator<Finding> IN_ORDER =
      Comparator.comparingInt(Finding::start)
          .thenComparingInt(Finding::end)
          .thenComparing(Finding::kind);

  private static final Form[] NO_FORMS = {};

  /** For each byte the forms that it may be the sign of; most have none. */
  private final Form[][] signs = new Form[256][];

  private final List<OwnPattern> patterns;

  public Detector(Set<Kind> kinds, List<OwnPattern> patterns) {
    this.patterns = List.copyOf(patterns);
    Arrays.fill(signs, NO_FORMS);
    for (Form form : Forms.ALL) {
      if (kinds.contains(form.kind())) {
        form.triggers().chars().forEach(trigger -> add(trigger, form));
      }
    }
  }

  private void add(int trigger, Form form) {
    signs[trigger] = Arrays.copyOf(signs[trigger], signs[trigger].length + 1);
    signs[trigger][signs[trigger].length - 1] = form;
  }

  /**
   * What is found in a part of an array, in order. The rest of the array is not looked at, not even
   * at the edges.
   *
   * @throws IndexOutOfBoundsException if there is no such part
   */
  public List<Finding> find(byte[] bytes, int from, int to) {
    Objects.checkFromToIndex(from, to, bytes.length);
    List<Finding> found = new Found(new Window(bytes, from, to)).all();
    if (!patterns.isEmpty()) {
      byte[] text = WellFormed.copy(bytes, from, to);
      patterns.forEach(pattern -> pattern.find(text, from, found::add));
    }
    found.sort(IN_ORDER);
    return found;
  }

  /** One pass. */
  private final class Found {
    private final Window window;
    private final List<Finding> findings = new ArrayList<>(0);

    /** For each kind, behind its last finding. */
    private final int[] ends = new int[Kind.values().length];

    Found(Window window) {
      this.window = window;
      Arrays.fill(ends, window.from());
    }

    List<Finding> all() {
      byte[] bytes = window.bytes();
      for (int at = window.from(); at < window.to(); at++) {
        Form[] forms = signs[bytes[at] & 0xFF];
        // nothing begins in the middle of a word
        if (forms.length > 0 && !(window.word(at) && window.word(at - 1))) {
          ask(forms, at);
        }
      }
      return findings;
    }

    @SuppressWarnings("EnumOrdinal") // the array is gone when the pass is over
    private void ask(Form[] forms, int at) {
      for (Form form : forms) {
        int kind = form.kind().ordinal();
        if (at >= ends[kind]) {
          long span = form.find(window, at, ends[kind]);
          if (span != Form.NONE) {
            ends[kind] = Form.end(span);
            findings.add(new Finding(form.kind().label(), Form.start(span), Form.end(span)));
          }
        }
      }
    }
  }
}

package io.gatehouse.appliance.protection;

import io.gatehouse.appliance.protection.Proof.Treated;
import io.gatehouse.plugin.Value;
import io.gatehouse.spi.FieldMask;
import io.gatehouse.spi.Refusal;
import io.gatehouse.spi.ResultDescription;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The masks of a result's columns, made for the types that the server described. */
sealed interface FieldMasks {

  /**
   * @param masks one per column, null where it passes
   */
  record Made(List<@Nullable FieldMask> masks) implements FieldMasks {}

  /** One of them cannot be made. */
  record Undefined(Refusal refusal) implements FieldMasks {}

  FieldMask WITHHELD = _ -> Value.NULL;

  static FieldMasks of(
      MaskSource masks, ResultDescription described, List<Treated> columns, MaskTally tally) {
    List<@Nullable FieldMask> fields = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      switch (columns.get(i)) {
        case Treated.Untouched _ -> fields.add(null);
        case Treated.Withheld _ ->
            fields.add(tally.counted(i + 1, label(described, i), "withheld", WITHHELD));
        case Treated.ByMask(var masked) -> {
          switch (masks.find(masked.mask(), described.columns().get(i))) {
            case MaskSource.Found.Mask(FieldMask mask, String name) ->
                fields.add(tally.counted(i + 1, label(described, i), name, mask));
            case MaskSource.Found.None(String why) -> {
              return undefined(masked.mask(), i, why);
            }
          }
        }
      }
    }
    return new Made(fields);
  }

  private static String label(ResultDescription described, int index) {
    return described.columns().get(index).name();
  }

  private static Undefined undefined(String mask, int index, String why) {
    return new Undefined(
        Refusal.of(
                Refusal.Kind.POLICY,
                "the mask \"" + mask + "\" is not defined for column " + (index + 1))
            .withDetail(why)
            .withHint("Tell the owner of the policy."));
  }
}

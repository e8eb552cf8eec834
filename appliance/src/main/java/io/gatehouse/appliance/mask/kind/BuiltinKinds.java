package io.gatehouse.appliance.mask.kind;

import io.gatehouse.appliance.mask.key.MaskKeys;
import io.gatehouse.plugin.MaskKind;
import java.util.List;

/** All that the gate brings along. */
public final class BuiltinKinds {

  private BuiltinKinds() {}

  public static List<MaskKind> with(MaskKeys keys) {
    return List.of(
        new RedactKind(),
        new ConstantKind(),
        new NullKind(),
        KeepKind.last(),
        KeepKind.first(),
        new HashKind(keys),
        new TokenizeKind(keys),
        new CalendarKind(),
        StepKind.nearest(),
        StepKind.below(),
        new EmailKind(),
        DigitsKind.phone(),
        DigitsKind.pan(),
        new IbanKind());
  }
}

package io.gatehouse.appliance.content;

import io.gatehouse.spi.Refusal;

/** A message does not reach the client. Has no stack trace, and no value of the message. */
final class Withheld extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Refusal refusal;

  private Withheld(Refusal refusal) {
    super(refusal.message(), null, false, false);
    this.refusal = refusal;
  }

  Refusal refusal() {
    return refusal;
  }

  static Withheld by(String rule, String why, String hint) {
    return new Withheld(
        Refusal.of(Refusal.Kind.POLICY, "the result is withheld by rule \"" + rule + "\": " + why)
            .withHint(hint));
  }

  /** The mask has no value of this type. */
  static Withheld misfit(String rule, String mask, String path, String why) {
    return new Withheld(
        Refusal.of(
                Refusal.Kind.POLICY,
                "the result is withheld by rule \""
                    + rule
                    + "\": the mask \""
                    + mask
                    + "\" is not defined for what stands at "
                    + path)
            .withDetail(why)
            .withHint("Tell the owner of the policy: otherwise: redact would give a fixed value."));
  }
}

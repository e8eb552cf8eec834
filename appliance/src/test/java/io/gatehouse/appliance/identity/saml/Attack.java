package io.gatehouse.appliance.identity.saml;

import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * A response that must not be believed.
 *
 * @param reason what the log says of it
 */
record Attack(String name, SamlRefusal reason, Function<SamlScene, byte[]> form) {

  static Attack response(String name, SamlRefusal reason, Function<SamlScene, String> response) {
    return new Attack(name, reason, scene -> SamlScene.form(response.apply(scene)));
  }

  /** The provider says something else, and signs it. */
  static Attack said(String name, SamlRefusal reason, UnaryOperator<String> change) {
    return response(name, reason, scene -> scene.signed(change));
  }

  static Attack said(String name, SamlRefusal reason, String what, String instead) {
    return said(name, reason, draft -> draft.replace(what, instead));
  }

  /** Somebody changes what the provider signed. */
  static Attack changed(String name, SamlRefusal reason, String what, String instead) {
    return response(
        name,
        reason,
        scene -> {
          String signed = scene.signed();
          String changed = signed.replace(what, instead);
          if (changed.equals(signed)) {
            throw new IllegalStateException("nothing was changed");
          }
          return changed;
        });
  }

  static Attack signed(String name, SamlRefusal reason, Signing how) {
    return response(name, reason, scene -> SamlScene.signed(scene.draft(), how));
  }

  @Override
  public String toString() {
    return name;
  }
}

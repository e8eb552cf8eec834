package io.gatehouse.spi;

import io.gatehouse.spi.json.JsonEdit;

/** The engine's word on {@link Content}. */
public sealed interface ContentShape {

  Pass PASS = new Pass();

  /** It passes as it is. */
  record Pass() implements ContentShape {}

  /** It passes with these changes. */
  record Rewrite(JsonEdit edit) implements ContentShape {}

  /** It is withheld, and the call has failed for the client. */
  record Veto(Refusal refusal) implements ContentShape {}
}

package io.gatehouse.appliance.identity.refresh;

import java.util.Optional;

/** What a provider says to a refresh token (RFC 6749, sections 5 and 6). */
sealed interface ProviderAnswer {

  /**
   * @param access not checked yet
   * @param next by what it is asked next time; empty for the same again
   */
  record Granted(String access, Optional<String> next) implements ProviderAnswer {
    @Override
    public String toString() {
      return "Granted";
    }
  }

  /** Whoever logged in there is not logged in any more. */
  record Refused() implements ProviderAnswer {}

  /** It could not be asked, or its answer says nothing of the login. */
  record Silent(String why) implements ProviderAnswer {}
}

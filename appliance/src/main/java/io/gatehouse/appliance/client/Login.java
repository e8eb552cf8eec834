package io.gatehouse.appliance.client;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What is known after a login, until it expires.
 *
 * @param gate where the credential is from
 * @param authorities whom to trust for the gate; this Java's without it
 */
public record Login(
    String gate, Optional<Path> authorities, Credential credential, List<Offer> offers) {
  public Login {
    offers = List.copyOf(offers);
  }

  /** What is offered under that name, while the credential is good. */
  public Offer offer(String name, Instant now) throws LoginException {
    if (!credential.expires().isAfter(now)) {
      throw new LoginException("the credential has expired: run gatehouse login");
    }
    return offers.stream()
        .filter(offer -> offer.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new LoginException(
                    "the gate offers no "
                        + Shown.safely(name)
                        + "; it offers: "
                        + offers.stream().map(Offer::name).collect(Collectors.joining(", "))));
  }
}

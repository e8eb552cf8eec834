package io.gatehouse.appliance.identity;

import io.gatehouse.spi.Arrival;
import io.gatehouse.spi.LoginRequest;
import java.util.List;

/**
 * All the ways in, in their order: the first one that takes a login has it, and no other is asked.
 *
 * @param named for user names that say how they are proved
 * @param rest for every other name, known or not
 */
public record Entrance(List<Way> named, LocalWay rest) {
  public Entrance {
    named = List.copyOf(named);
  }

  public Attempt attempt(Arrival arrival, LoginRequest request) {
    return named.stream()
        .flatMap(way -> way.attempt(arrival, request).stream())
        .findFirst()
        .orElseGet(() -> rest.begin(request));
  }
}

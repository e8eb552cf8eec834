package io.gatehouse.appliance.control;

import java.time.Instant;
import java.util.Optional;

/**
 * What the store has of a definition.
 *
 * @param digests neither of them if it was forgotten
 * @param text the accepted one; empty if it is longer than {@link Pins#MOST_AT_HAND}, or there is
 *     none
 * @param acceptedAt when it was accepted
 * @param acceptedBy who did it; {@link Pins#FIRST_USE} if nobody was asked
 * @param pendingAt when the pending one came first
 */
public record Pin(
    DefinitionKey key,
    Pinned digests,
    Optional<String> text,
    Optional<Instant> acceptedAt,
    Optional<String> acceptedBy,
    Optional<Instant> pendingAt) {}

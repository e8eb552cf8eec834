package io.gatehouse.mcp.relay;

import io.gatehouse.mcp.upstream.Asking;
import io.gatehouse.spi.Gate;
import io.gatehouse.spi.net.CommandBudget;
import io.gatehouse.spi.net.Limits;
import io.gatehouse.spi.net.Meters;

/**
 * What conversations of a listener are in.
 *
 * @param answers what all together hold of answers that no client has taken yet
 */
public record Surroundings(
    String listener,
    Gate gate,
    Limits limits,
    Meters meters,
    Asking asking,
    CommandBudget answers) {}

/**
 * A session at work: what the client sends is submitted to the gate and forwarded ({@code
 * ClientFlow}); what the server answers is matched with what was asked and relayed ({@code
 * ServerFlow}). Both sides run on one event loop, which owns everything here.
 */
@NullMarked
package io.gatehouse.postgres.relay;

import org.jspecify.annotations.NullMarked;

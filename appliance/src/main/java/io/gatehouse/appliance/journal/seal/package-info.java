/**
 * The sealer: one thread of its own that takes records from the tail in their order and makes them
 * segments, a Merkle tree and signed checkpoints. {@link
 * io.gatehouse.appliance.journal.seal.Sealing} is the work, {@link
 * io.gatehouse.appliance.journal.seal.Sealer} the thread. What is on disk is described in {@code
 * docs/journal-format.md}; a reader that shares none of this code is {@code appliance/verifier}.
 */
@NullMarked
package io.gatehouse.appliance.journal.seal;

import org.jspecify.annotations.NullMarked;

/**
 * Where held credentials come from, if not from the gate's own machine. A plugin brings {@link
 * io.gatehouse.plugin.secret.SecretSourceFactory factories}; the configuration makes {@link
 * io.gatehouse.plugin.secret.SecretSource sources} of them, and targets refer to these by name.
 *
 * <p>No secret may be in an exception, in a {@code toString}, or on the heap for longer than a call
 * takes: the gate keeps what it gets outside of the heap.
 */
@NullMarked
package io.gatehouse.plugin.secret;

import org.jspecify.annotations.NullMarked;

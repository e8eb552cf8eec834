/**
 * How masking is evaded: the entries of the list of evasions in every way in which a statement can
 * be sent, and what only messages can do. What may become of each stands in {@code attacks.yaml}.
 */
@NullMarked
package io.gatehouse.appliance.masking.attacks;

import org.jspecify.annotations.NullMarked;

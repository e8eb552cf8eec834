/**
 * The kinds of masks that the gate brings along. Each says for which types it is defined; a value
 * that has not the form it expects is masked wholly.
 */
@NullMarked
package io.gatehouse.appliance.mask.kind;

import org.jspecify.annotations.NullMarked;

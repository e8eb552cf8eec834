/**
 * What a column's type asks of a value: which value tells nothing, and which can be carried at all.
 */
@NullMarked
package io.gatehouse.appliance.mask.type;

import org.jspecify.annotations.NullMarked;

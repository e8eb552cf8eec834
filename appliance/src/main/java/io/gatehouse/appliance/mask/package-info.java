/**
 * What a protected value is replaced by on its way out. {@link
 * io.gatehouse.appliance.mask.MaskCatalog} makes a mask for a column's type or says why there is
 * none; {@link io.gatehouse.appliance.mask.ColumnMask} is what a protocol applies to each field,
 * and the place where nothing unmasked or unfit gets past. Which columns are protected is not known
 * here. Masks are shared by the event loops of all sessions.
 */
@NullMarked
package io.gatehouse.appliance.mask;

import org.jspecify.annotations.NullMarked;

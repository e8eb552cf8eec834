/**
 * Finds values that give themselves away by their form: card numbers, keys, addresses. Reads UTF-8
 * in one pass, allocates nothing where nothing is found, takes time in proportion to the length
 * whatever the text, and never throws. A second line only: what has no such form is not found.
 */
@NullMarked
package io.gatehouse.appliance.mask.detect;

import org.jspecify.annotations.NullMarked;

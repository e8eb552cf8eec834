/**
 * What callers get through the gate, held against what is in the journal: byte for byte, after the
 * gate has ended, with nothing but the files and the keys.
 */
@NullMarked
package io.gatehouse.appliance.results;

import org.jspecify.annotations.NullMarked;

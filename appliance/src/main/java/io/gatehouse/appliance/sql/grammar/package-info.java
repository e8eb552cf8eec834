/**
 * What the readers of all dialects have in common: a place in tokens, the bounds of nesting, and
 * the few parts of a grammar that are the same to the letter. What a word means is the dialect's.
 */
@NullMarked
package io.gatehouse.appliance.sql.grammar;

import org.jspecify.annotations.NullMarked;

/**
 * What calls bring back, masked. A rule names fields of a result; the same values stand elsewhere
 * in it, in text that repeats the fields and in the names of members, and are found there too. What
 * cannot be looked through is withheld. Owned by the session's event loop.
 */
@NullMarked
package io.gatehouse.appliance.content;

import org.jspecify.annotations.NullMarked;

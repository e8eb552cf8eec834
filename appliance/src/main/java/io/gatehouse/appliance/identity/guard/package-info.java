/**
 * Limits on failed logins for each source and each name, which slow down whoever guesses and keep
 * nobody out who logs in from where they did before. Of fixed size, whatever anybody sends.
 */
@NullMarked
package io.gatehouse.appliance.identity.guard;

import org.jspecify.annotations.NullMarked;

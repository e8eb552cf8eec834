/**
 * Short-lived credentials that the gate issues: a random user name and a random password, shown
 * once and good for minutes to hours on every wire. What is kept of the password verifies it and
 * cannot be turned back into it.
 */
@NullMarked
package io.gatehouse.appliance.identity.issued;

import org.jspecify.annotations.NullMarked;

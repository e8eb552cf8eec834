/** Tests of the limits on failed logins. */
@NullMarked
package io.gatehouse.appliance.identity.guard;

import org.jspecify.annotations.NullMarked;

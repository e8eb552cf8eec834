/** Credentials that are issued into a real store, and used as the wires would. */
@NullMarked
package io.gatehouse.appliance.identity.issued;

import org.jspecify.annotations.NullMarked;

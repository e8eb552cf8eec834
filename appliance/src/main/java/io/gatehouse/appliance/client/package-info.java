/**
 * What the commands of people do: log in at the identity provider, fetch a credential at the gate's
 * desk, keep it, and hand it to programs. Runs on a person's machine, not in the gate.
 */
@NullMarked
package io.gatehouse.appliance.client;

import org.jspecify.annotations.NullMarked;

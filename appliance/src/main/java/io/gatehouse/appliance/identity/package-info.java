/** Who may log in: the users file with SCRAM verifiers, and what makes and reads it. */
@NullMarked
package io.gatehouse.appliance.identity;

import org.jspecify.annotations.NullMarked;

/** Tests of what ends sessions. */
@NullMarked
package io.gatehouse.appliance.session;

import org.jspecify.annotations.NullMarked;

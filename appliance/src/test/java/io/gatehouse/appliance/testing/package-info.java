/** What the tests of several packages start. */
@NullMarked
package io.gatehouse.appliance.testing;

import org.jspecify.annotations.NullMarked;

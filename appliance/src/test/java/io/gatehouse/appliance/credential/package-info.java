/** Tests of the package of the same name. */
@NullMarked
package io.gatehouse.appliance.credential;

import org.jspecify.annotations.NullMarked;

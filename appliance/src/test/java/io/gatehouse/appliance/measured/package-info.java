/** Where tests leave what they counted. */
@NullMarked
package io.gatehouse.appliance.measured;

import org.jspecify.annotations.NullMarked;

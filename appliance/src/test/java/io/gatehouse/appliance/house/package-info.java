/** The walls and the house rules, as tests over everything that is committed. */
@NullMarked
package io.gatehouse.appliance.house;

import org.jspecify.annotations.NullMarked;

/** JSON as it is written to the desk's clients and by them; it is read as tokens are. */
@NullMarked
package io.gatehouse.appliance.json;

import org.jspecify.annotations.NullMarked;

/** The whole gate with a journal: what it did, as an auditor reads it afterwards. */
@NullMarked
package io.gatehouse.appliance.recorded;

import org.jspecify.annotations.NullMarked;

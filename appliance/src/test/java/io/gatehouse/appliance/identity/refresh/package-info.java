/** Tests of questions to a provider about those whom it vouched for. */
@NullMarked
package io.gatehouse.appliance.identity.refresh;

import org.jspecify.annotations.NullMarked;

/**
 * Policy decides a command: rules in YAML, conditions in CEL, read once and compiled once into a
 * {@link io.gatehouse.appliance.policy.Policy}. What depends only on who asks what of whom is
 * decided when a {@link io.gatehouse.appliance.policy.Plan} is made, and kept; time, source address
 * and bind values are looked at whenever the plan decides. Nothing here knows where a command came
 * from.
 */
@NullMarked
package io.gatehouse.appliance.policy;

import org.jspecify.annotations.NullMarked;

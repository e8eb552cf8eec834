/**
 * Sessions whose caller is proven, and what ends them before they end by themselves: the end of
 * what proved the caller, and revocations, which a thread of its own asks the control store about.
 */
@NullMarked
package io.gatehouse.appliance.session;

import org.jspecify.annotations.NullMarked;

/**
 * Asks an identity provider again about callers to whom a credential was issued: by refresh tokens
 * that are sealed wherever they are kept. What it says goes into the control store, from where
 * every gate hears of it.
 */
@NullMarked
package io.gatehouse.appliance.identity.refresh;

import org.jspecify.annotations.NullMarked;

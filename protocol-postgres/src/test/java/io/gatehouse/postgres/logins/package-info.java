/**
 * Who proves what to whom: the gate with its held credential to real and to hostile servers, and
 * clients to the gate.
 */
@NullMarked
package io.gatehouse.postgres.logins;

import org.jspecify.annotations.NullMarked;

/**
 * Peers that mean harm or die: clients that never finish, servers that end in the middle of a row,
 * bytes that are no protocol. A gate that allows everything runs in this process, with scripted
 * peers on both sides.
 */
@NullMarked
package io.gatehouse.postgres.hostile;

import org.jspecify.annotations.NullMarked;

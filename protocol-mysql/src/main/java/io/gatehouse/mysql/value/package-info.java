/**
 * MySQL's and MariaDB's types on the wire, in text and binary rows, to and from neutral values: one
 * codec a type. What a codec cannot read stays opaque; what it cannot write ends the command. Here
 * too is the rewriting of rows. All of it is used on the session's event loop, copies nothing that
 * is not asked for, and owns no buffer.
 */
@NullMarked
package io.gatehouse.mysql.value;

import org.jspecify.annotations.NullMarked;

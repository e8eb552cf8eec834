/**
 * MySQL and MariaDB on the wire, in the rooms of the PostgreSQL module: {@code frame} cuts bytes
 * into packets, {@code message} gives them names, {@code password} is the maths of the passwords
 * ({@code scram} there), {@code login} and {@code upstream} are the two logins of a session, and
 * {@code relay} is the session at work.
 */
@NullMarked
package io.gatehouse.mysql;

import org.jspecify.annotations.NullMarked;

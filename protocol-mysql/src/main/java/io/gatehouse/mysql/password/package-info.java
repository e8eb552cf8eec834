/**
 * How a password is proved without being sent: the maths of MySQL's authentication plugins, of both
 * sides, without any dialogue. MariaDB's {@code ed25519} and {@code parsec} are not here: the first
 * takes a password of any length for Ed25519's expanded key, which the JDK has no way in for, and
 * no library is pulled in for it.
 */
@NullMarked
package io.gatehouse.mysql.password;

import org.jspecify.annotations.NullMarked;

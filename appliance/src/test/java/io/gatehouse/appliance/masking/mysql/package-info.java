/**
 * Masks in front of real servers of MySQL and MariaDB: evasions, twins and honest questions, by a
 * client that keeps every byte it is sent.
 */
@NullMarked
package io.gatehouse.appliance.masking.mysql;

import org.jspecify.annotations.NullMarked;

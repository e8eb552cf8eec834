/** What statements of MySQL and MariaDB mean, by examples over a catalog made by hand. */
@NullMarked
package io.gatehouse.appliance.sql.analysis.mysql;

import org.jspecify.annotations.NullMarked;

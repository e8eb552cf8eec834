/** Benchmarks that each answer a named question. Nothing depends on this module. */
@NullMarked
package io.gatehouse.benchmarks;

import org.jspecify.annotations.NullMarked;

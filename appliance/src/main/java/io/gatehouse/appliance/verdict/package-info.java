/**
 * Verdicts that were found once and hold again: by a digest of the text and of everything else they
 * depended on. Read on event loops, filled by the analysis threads.
 */
@NullMarked
package io.gatehouse.appliance.verdict;

import org.jspecify.annotations.NullMarked;

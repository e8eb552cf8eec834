/**
 * What sources of secrets that are asked over HTTP have in common: one question by one connection,
 * answers in JSON, and secrets in files, all in arrays that are wiped. Each plugin that asks over
 * HTTP has these classes in its jar. Sees the plugin API and the JDK only.
 */
@NullMarked
package io.gatehouse.plugins.http;

import org.jspecify.annotations.NullMarked;

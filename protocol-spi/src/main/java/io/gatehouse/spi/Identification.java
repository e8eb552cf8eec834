package io.gatehouse.spi;

/** Whether the proof was accepted. Who the caller is stays with the engine. */
public sealed interface Identification {

  Identified IDENTIFIED = new Identified();

  record Identified() implements Identification {}

  record Refused(Refusal refusal) implements Identification {}
}

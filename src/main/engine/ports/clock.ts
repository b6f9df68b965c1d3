/** The time, as a port, so that tests can move it. Milliseconds since 1970 in UTC. */
export interface Clock {
  now(): number;
}

/** Where something stands in the unpacked text: lines count from 1, bytes from 0. */
export interface TextPlace {
  readonly line: number;
  readonly offset: number;
}

/** A record that cannot be used, or a place where a file is damaged. */
export interface TextProblem {
  readonly why: string;
  readonly place: TextPlace;
}

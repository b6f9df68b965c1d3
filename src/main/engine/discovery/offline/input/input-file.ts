/** A file that is imported. */
export interface InputFile {
  readonly path: string;
  /** What the user calls it. */
  readonly name: string;
  readonly bytes: number;
  /** Milliseconds since 1970; null when nobody knows. */
  readonly modifiedAt: number | null;
}

export interface ReadOptions {
  readonly signal: AbortSignal;
  /** Told how many bytes of the packed file were read. */
  readonly onBytes: (bytes: number) => void;
}

/** One text to be read: a file, unpacked, or a member of an archive. */
export interface InputText {
  /** The file's name; of a member `archive.zip › folder/member.json`. */
  readonly name: string;
  /** The folders it lies in, where they are known: they may name a workspace. */
  readonly path: string;
  readonly modifiedAt: number | null;
  /** How many packed bytes reading it takes. */
  readonly bytes: number;
  /** The text in UTF-8 without a byte order mark, from its beginning each time it is called. */
  read(options: ReadOptions): AsyncIterable<Buffer>;
}

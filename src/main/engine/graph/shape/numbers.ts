type NumberArray =
  Uint8Array<ArrayBuffer> | Uint16Array<ArrayBuffer> | Uint32Array<ArrayBuffer> | Float64Array<ArrayBuffer>;

/** A typed array that grows. */
export interface Numbers<Column extends NumberArray> {
  readonly length: number;
  push(value: number): void;
  /** What was pushed, in a buffer of just that size. */
  finish(): Column;
}

const firstCapacity = 1024;

export function createNumbers<Column extends NumberArray>(
  Type: new (from: number | ArrayBuffer) => Column,
): Numbers<Column> {
  let column = new Type(firstCapacity);
  let length = 0;

  function resized(capacity: number): Column {
    // Moved, not copied: what is left behind would stay until the garbage collector comes.
    return new Type(column.buffer.transfer(capacity * column.BYTES_PER_ELEMENT));
  }

  return {
    get length() {
      return length;
    },
    push(value) {
      if (length === column.length) column = resized(length * 2);
      column[length] = value;
      length += 1;
    },
    finish: () => resized(length),
  };
}

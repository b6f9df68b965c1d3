type NumberArray = Uint8Array | Uint16Array | Uint32Array | Float64Array;

/** A typed array that grows. */
export interface Numbers<Column extends NumberArray> {
  readonly length: number;
  push(value: number): void;
  /** What was pushed, in a buffer of just that size. */
  finish(): Column;
}

const firstCapacity = 1024;

export function createNumbers<Column extends NumberArray>(Type: new (length: number) => Column): Numbers<Column> {
  let column = new Type(firstCapacity);
  let length = 0;

  function resized(capacity: number): Column {
    const next = new Type(capacity);
    next.set(capacity < length ? column.subarray(0, capacity) : column.subarray(0, length));
    return next;
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

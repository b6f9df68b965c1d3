/** Collects a child's text: complete lines as they come, and the beginning of it all up to a limit. */
export interface OutputCollector {
  readonly write: (chunk: string) => void;
  /** Hands over a last line that has no line break. */
  end(): void;
  text(): string;
}

interface OutputCollectorOptions {
  /** Characters kept in memory; lines past it are still handed over. */
  readonly limit: number;
  readonly onLine: (line: string) => void;
}

export function createOutputCollector(options: OutputCollectorOptions): OutputCollector {
  const kept: string[] = [];
  let length = 0;
  let rest = '';
  return {
    write(chunk) {
      if (length < options.limit) {
        const part = chunk.slice(0, options.limit - length);
        kept.push(part);
        length += part.length;
      }
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) options.onLine(line.endsWith('\r') ? line.slice(0, -1) : line);
    },
    end() {
      if (rest !== '') options.onLine(rest);
      rest = '';
    },
    text: () => kept.join(''),
  };
}

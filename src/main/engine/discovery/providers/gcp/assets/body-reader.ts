import type { Json, JsonObject } from '#shared/base/json.ts';

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Reads fields of a body that may be missing or of another form than documented. What is missing is undefined or
 * empty; what has another form is read as missing too, and named in `problems`, so that it is never lost silently.
 */
export class BodyReader {
  readonly #body: JsonObject;
  readonly #path: string;
  readonly problems: string[];

  constructor(body: JsonObject, problems: string[] = [], path = '') {
    this.#body = body;
    this.problems = problems;
    this.#path = path;
  }

  /** A text that is not empty. Numbers count: some services write ids as numbers. */
  text(name: string): string | undefined {
    const value = this.#body[name];
    if (typeof value === 'string') return value === '' ? undefined : value;
    if (typeof value === 'number') return String(value);
    return this.#unexpected(value, name, 'a text');
  }

  flag(name: string): boolean | undefined {
    const value = this.#body[name];
    return typeof value === 'boolean' ? value : this.#unexpected(value, name, 'true or false');
  }

  number(name: string): number | undefined {
    const value = this.#body[name];
    if (typeof value === 'number') return value;
    if (typeof value === 'string' && /^-?\d+$/.test(value)) return Number(value);
    return this.#unexpected(value, name, 'a number');
  }

  /** A moment in milliseconds since 1970. */
  moment(name: string): number | undefined {
    const value = this.text(name);
    const moment = value === undefined ? Number.NaN : Date.parse(value);
    return Number.isNaN(moment) ? undefined : moment;
  }

  object(name: string): BodyReader | undefined {
    const value = this.#body[name];
    if (isObject(value)) return new BodyReader(value, this.problems, this.#nameOf(name));
    return this.#unexpected(value, name, 'an object');
  }

  /** The objects of a list; an empty list when there is none. */
  objects(name: string): readonly BodyReader[] {
    return this.#list(name, 'an object', (value) =>
      isObject(value) ? new BodyReader(value, this.problems, this.#nameOf(name)) : undefined,
    );
  }

  /** The texts of a list that are not empty. */
  texts(name: string): readonly string[] {
    return this.#list(name, 'a text', (value) => (typeof value === 'string' && value !== '' ? value : undefined));
  }

  /** The texts of a map, by name. */
  textMap(name: string): Readonly<Record<string, string>> {
    const value = this.#body[name];
    if (!isObject(value)) {
      this.#unexpected(value, name, 'an object');
      return {};
    }
    const entries = Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
    return Object.fromEntries(entries);
  }

  #list<Item>(name: string, what: string, read: (value: Json) => Item | undefined): readonly Item[] {
    const value = this.#body[name];
    if (!Array.isArray(value)) {
      this.#unexpected(value, name, 'a list');
      return [];
    }
    const items: Item[] = [];
    for (const one of value) {
      const item = read(one);
      if (item === undefined) this.#unexpected(one, `${name}[]`, what);
      else items.push(item);
    }
    return items;
  }

  #nameOf(name: string): string {
    return this.#path === '' ? name : `${this.#path}.${name}`;
  }

  #unexpected(value: Json | undefined, name: string, what: string): undefined {
    // Absent, null and empty are how services write "nothing"; the rest is a form this program does not know.
    if (value !== undefined && value !== null && value !== '')
      this.problems.push(`${this.#nameOf(name)} is not ${what}`);
    return undefined;
  }
}

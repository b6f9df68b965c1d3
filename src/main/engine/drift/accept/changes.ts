import type { ValueEdit } from './value-edit.ts';
import type { Splice } from '../../files/index.ts';

/** One edit that takes a difference over. */
export type Change =
  /** In `environments/<name>.yaml`; `variable` is what the input decides in the step's module. */
  | {
      readonly kind: 'environment-input';
      readonly node: string;
      readonly input: string;
      readonly inputEdits: readonly ValueEdit[];
      readonly variable: string;
      readonly edits: readonly ValueEdit[];
    }
  /** In the blueprint: what a node sets. */
  | {
      readonly kind: 'node-input';
      readonly node: string;
      readonly variable: string;
      readonly edits: readonly ValueEdit[];
    }
  /** In a file of the artifact. */
  | {
      readonly kind: 'source';
      readonly node: string;
      readonly file: string;
      readonly splice: Splice;
      readonly what: string;
    };

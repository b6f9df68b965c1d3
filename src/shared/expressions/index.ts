export { limits } from './ast.ts';
export type { Expression, PlacedReference, Reference } from './ast.ts';
export { parseTemplate, soleExpression } from './parse.ts';
export { references, referenceText, syntaxProblems } from './references.ts';
export { evaluate } from './evaluate.ts';
export type { Binding, Evaluation, Scope } from './evaluate.ts';
export { inferSchema } from './infer.ts';

export { isCidr } from './cidr.ts';

import { describe, expect, it } from 'vitest';
import { scanHcl } from './hcl-scan.ts';

describe('scanHcl', () => {
  it('keeps its place over templates, heredocs, comments and nested blocks', () => {
    const text = `/* head */
resource "a_b" "c" { // tail
  name = "x-\${lookup({ a = "}" }, "a")}-%{ if true }y%{ endif }" # }
  policy = <<-EOT
    { "not": "a block" }
    EOT
  list = [
    <<X
}
X
    , "b",
  ]
  lifecycle {
    ignore_changes = [name]
  }
}
variable d {}
output "e" { value = 1 }
`;
    const { blocks } = scanHcl(text);
    expect(blocks.map(({ type, labels, line, endLine }) => [type, labels, line, endLine])).toEqual([
      ['resource', ['a_b', 'c'], 2, 16],
      ['variable', ['d'], 17, 17],
      ['output', ['e'], 18, 18],
    ]);
    expect(blocks[0]?.attributes.map(({ name, line }) => [name, line])).toEqual([
      ['name', 3],
      ['policy', 4],
      ['list', 7],
    ]);
    expect(blocks[0]?.blocks[0]).toMatchObject({ type: 'lifecycle', line: 13, endLine: 15 });
    const [value] = blocks[2]?.attributes ?? [];
    expect(text.slice(value?.start, value?.end)).toBe('1');
  });
});

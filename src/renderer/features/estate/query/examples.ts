/** Queries to begin with; each works on any estate. */
export const queryExamples: readonly { readonly title: string; readonly cypher: string }[] = [
  {
    title: 'Resources by kind',
    cypher:
      'MATCH (r:Resource)\nWHERE NOT r.is_stub\nRETURN r.kind AS kind, count(*) AS resources\nORDER BY resources DESC',
  },
  {
    title: 'Networks and their subnets',
    cypher:
      "MATCH (n:Resource)-[:CONTAINS]->(s:Resource)\nWHERE n.category = 'network'\nRETURN n.id AS network, n.name AS name, n.cidr AS cidr, count(s) AS subnets\nORDER BY subnets DESC",
  },
  {
    title: 'What is open to the internet',
    cypher: 'MATCH (r:Resource)\nWHERE r.public\nRETURN r.id AS id, r.kind AS kind, r.name AS name, r.region AS region',
  },
  {
    title: 'Most connected resources',
    cypher:
      'MATCH (r:Resource)-[e]-(:Resource)\nRETURN r.id AS id, r.kind AS kind, count(e) AS relationships\nORDER BY relationships DESC\nLIMIT 50',
  },
  {
    title: 'Security groups that nothing uses',
    cypher:
      "MATCH (g:Resource)\nWHERE g.kind = 'aws.ec2.security-group' AND NOT EXISTS { MATCH (:Resource)-[:PROTECTED_BY]->(g) }\nRETURN g.id AS id, g.name AS name, g.region AS region",
  },
];

import type { SavedQuery } from '#shared/model/index.ts';

/** Queries that answer on any estate; they come with Groundplan and are the place to begin. */
export const givenQueries: readonly SavedQuery[] = [
  {
    name: 'resources-by-kind',
    summary: 'Resources by kind',
    cypher: `MATCH (r:Resource)
WHERE NOT r.is_stub
RETURN r.kind AS kind, count(*) AS resources
ORDER BY resources DESC`,
  },
  {
    name: 'networks-and-subnets',
    summary: 'Networks and their subnets, as a graph',
    cypher: `MATCH (n:Resource)-[e:CONTAINS|IN_NETWORK]-(s:Resource)
WHERE n.category = 'network' AND s.category = 'subnetwork'
RETURN n, e, s`,
  },
  {
    name: 'open-to-the-internet',
    summary: 'What is open to the internet by its own settings',
    cypher: `MATCH (r:Resource)
WHERE r.public
RETURN r.id AS id, r.kind AS kind, r.name AS name, r.region AS region`,
  },
  {
    name: 'most-connected',
    summary: 'Most connected resources',
    cypher: `MATCH (r:Resource)-[e]-(:Resource)
RETURN r.id AS id, r.kind AS kind, count(e) AS relationships
ORDER BY relationships DESC
LIMIT 50`,
  },
  {
    name: 'unused-security-groups',
    summary: 'Security groups that nothing uses',
    cypher: `MATCH (g:Resource)
WHERE g.category = 'firewall' AND NOT g.is_stub AND NOT EXISTS { MATCH (:Resource)-[:PROTECTED_BY]->(g) }
RETURN g.id AS id, g.kind AS kind, g.name AS name, g.region AS region`,
  },
  {
    name: 'unattached-disks',
    summary: 'Disks that are attached to nothing',
    cypher: `MATCH (d:Resource)
WHERE d.category = 'disk' AND NOT d.is_stub AND NOT EXISTS { MATCH (d)-[:ATTACHED_TO]-(:Resource) }
RETURN d.id AS id, d.name AS name, d.state AS state, d.region AS region`,
  },
  {
    name: 'without-encryption-key',
    summary: 'Databases, disks and buckets without a key of their own',
    cypher: `MATCH (r:Resource)
WHERE r.category IN ['database', 'disk', 'bucket', 'file-system'] AND NOT r.is_stub
  AND NOT EXISTS { MATCH (r)-[:ENCRYPTED_BY]->(:Resource) }
RETURN r.kind AS kind, r.id AS id, r.name AS name, r.region AS region
ORDER BY kind`,
  },
  {
    name: 'referred-to-not-discovered',
    summary: 'What is referred to and was not discovered, and by how many',
    cypher: `MATCH (r:Resource)-[e]->(s:Resource)
WHERE s.is_stub
RETURN s.id AS id, s.kind AS kind, count(e) AS references
ORDER BY references DESC`,
  },
  {
    name: 'coverage-gaps',
    summary: 'Where the map could not look',
    cypher: `MATCH (c:Coverage)
WHERE c.status <> 'complete' AND c.status <> 'disabled'
RETURN c.scope AS scope, c.region AS region, c.kind AS kind, c.status AS status, c.error AS error`,
  },
].map((query) => ({ ...query, given: true }));
